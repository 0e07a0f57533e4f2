import type { Command } from '../api/commands-api';

/** The longest the server takes, in characters. */
export const LONGEST = { name: 32, title: 120, text: 8000 } as const;

/** The scopes in the order in which they are called and shown. */
export const SCOPES = ['own', 'team', 'builtIn'] as const satisfies readonly Command['scope'][];

/** Commands of one scope, under one heading. */
export interface CommandGroup {
  readonly scope: Command['scope'];
  readonly commands: readonly Command[];
}

/** A prompt that calls a command, in its two parts. */
export interface PromptParts {
  /** With the slash, as it was typed. */
  readonly call: string;
  readonly rest: string;
}

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}-]*$/u;
const BEGUN = /^\/([\p{L}\p{N}\p{M}-]*)$/u;
const CALL = /^(\/[\p{L}\p{N}][\p{L}\p{N}\p{M}-]*)(?:\s([\s\S]*))?$/u;
const VARIABLE = /\{\{([^{}\n]{1,60})\}\}/g;

/** Lower case without accents: `Código` is found by `codigo`. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();

/** What is looked for while the name of a command is being typed; null when none is. */
export const queryOf = (text: string): string | null => BEGUN.exec(text)?.[1] ?? null;

/** Whether a command may have that name: letters, digits and hyphens. */
export const isName = (name: string): boolean => name.length <= LONGEST.name && NAME.test(name);

/** A prompt as command and rest; null when it calls none. */
export function partsOf(prompt: string): PromptParts | null {
  const [, call, rest = ''] = CALL.exec(prompt) ?? [];
  return call === undefined ? null : { call, rest: rest.trim() };
}

const namesOf = ({ name, aliases }: Command): string[] => [name, ...aliases].map(fold);

/** Whether a typed name is one of the command's. */
export const isCalled = (command: Command, name: string): boolean =>
  namesOf(command).includes(fold(name));

/** The commands that can be called: of two with one name only the first. */
export function callable(commands: readonly Command[]): readonly Command[] {
  const taken = new Set<string>();
  return commands.filter((command) => {
    const name = fold(command.name);
    const isFirst = !taken.has(name);
    taken.add(name);
    return isFirst;
  });
}

/** How well a command fits what is typed: 0 its name begins so, 1 its title holds it; null not. */
function rankOf(command: Command, query: string): number | null {
  if (namesOf(command).some((name) => name.startsWith(query))) return 0;
  const inTitle = fold(command.title)
    .split(/[^\p{L}\p{N}]+/u)
    .some((word) => word.startsWith(query));
  return inTitle || namesOf(command).some((name) => name.includes(query)) ? 1 : null;
}

/** The commands that fit, by scope; those whose name begins so stand first in theirs. */
export function matching(commands: readonly Command[], query: string): readonly CommandGroup[] {
  const folded = fold(query.trim().replace(/^\//, ''));
  return SCOPES.map((scope) => ({
    scope,
    commands: commands
      .filter((command) => command.scope === scope)
      .map((command) => ({ command, rank: rankOf(command, folded) }))
      .filter(({ rank }) => rank !== null)
      .sort((one, other) => (one.rank ?? 0) - (other.rank ?? 0))
      .map(({ command }) => command),
  })).filter((group) => group.commands.length > 0);
}

/** A text of the language files with its ‹gaps› as variables: double braces are the files' own. */
export const withGaps = (text: string): string => text.replace(/‹([^‹›]+)›/g, '{{$1}}');

const variableName = (inside: string): string | null => {
  const name = inside.trim();
  return /[\p{L}\p{N}]/u.test(name) ? name : null;
};

/** The variables of a text, each once, as they are first written. */
export function variablesOf(text: string): readonly string[] {
  const names = new Map<string, string>();
  for (const [, inside = ''] of text.matchAll(VARIABLE)) {
    const name = variableName(inside);
    if (name !== null && !names.has(fold(name))) names.set(fold(name), name);
  }
  return [...names.values()];
}

/**
 * The text with values in the places of its variables. One that begins with a slash gets a second:
 * it is what one wants to ask, not another command.
 * @param values by the variables' names as `variablesOf` gives them
 */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  const folded = new Map(Object.entries(values).map(([name, value]) => [fold(name), value]));
  const whole = text.replace(VARIABLE, (variable, inside: string) => {
    const name = variableName(inside);
    return name === null ? variable : (folded.get(fold(name)) ?? '');
  });
  return partsOf(whole) ? `/${whole}` : whole;
}
