import type { OldPerson } from '#db';
import { isUsername, LONGEST_USERNAME, normalUsername } from './username.rules.js';

/** Letters that no decomposition turns into ASCII. */
const SPELT_OUT: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l' };

/**
 * Usernames for people who had theirs when anything was one: not unique, with spaces and accents.
 * Whoever has an allowed name, exactly or but for case, keeps it; of several the one who has it
 * exactly, then the oldest. Others get theirs spelt in ASCII (`João Silva`: `joao.silva`), and
 * whoever comes late a number (`ana-2`).
 * @returns by id, for every person, each name once.
 */
export function assignUsernames(people: readonly OldPerson[]): ReadonlyMap<number, string> {
  const assigned = new Map<number, string>();
  const taken = new Set<string>();
  const give = ({ id }: OldPerson, name: string) => {
    assigned.set(id, name);
    taken.add(name);
  };
  const oldestFirst = [...people].sort((a, b) => a.id - b.id);
  for (const keeps of [hasItExactly, hasItButForCase]) {
    for (const person of oldestFirst) {
      const name = normalUsername(person.username ?? '');
      if (keeps(person, name) && !assigned.has(person.id) && !taken.has(name)) {
        give(person, name);
      }
    }
  }
  for (const person of oldestFirst) {
    if (!assigned.has(person.id)) {
      give(person, firstFree(spelling(person), taken));
    }
  }
  return assigned;
}

/** Whether what a person types at sign-in still leads to them. */
export function isSameName(old: string | null, assigned: string): boolean {
  return normalUsername(old ?? '') === assigned;
}

const hasItExactly = ({ username }: OldPerson, normal: string) =>
  username === normal && isUsername(normal);

const hasItButForCase = (_: OldPerson, normal: string) => isUsername(normal);

/** The name in the characters that a username may have. */
function spelling({ id, username }: OldPerson): string {
  const ascii = normalUsername(username ?? '')
    .replace(/[ßæœøł]/g, (letter) => SPELT_OUT[letter] ?? '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9._@-]+/g, '.')
    .replace(/^\.+|\.+$/g, '')
    .slice(0, LONGEST_USERNAME);
  return isUsername(ascii) && /[a-z0-9]/.test(ascii) ? ascii : `user-${String(id)}`;
}

function firstFree(name: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n += 1) {
    const suffix = n === 1 ? '' : `-${String(n)}`;
    const candidate = name.slice(0, LONGEST_USERNAME - suffix.length) + suffix;
    if (!taken.has(candidate)) {
      return candidate;
    }
  }
}
