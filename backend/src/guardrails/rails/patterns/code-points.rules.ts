/** Code points from `from` to `to`, both among them. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Ranges in order, none of which touch. */
export type PointSet = readonly Range[];

export const LAST_POINT = 0x10ffff;
/** Halves of characters: no character of their own. */
const HALVES: Range = { from: 0xd800, to: 0xdfff };

export const one = (point: number): PointSet => [{ from: point, to: point }];

export function union(...sets: readonly PointSet[]): PointSet {
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of sets.flat().sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.to + 1) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

export function negated(set: PointSet): PointSet {
  const rest: Range[] = [];
  let from = 0;
  for (const range of set) {
    if (range.from > from) rest.push({ from, to: range.from - 1 });
    from = range.to + 1;
  }
  if (from <= LAST_POINT) rest.push({ from, to: LAST_POINT });
  return rest;
}

export const holds = (set: PointSet, point: number): boolean =>
  set.some(({ from, to }) => point >= from && point <= to);

const known = new Map<string, PointSet>();

/** The characters that a property of Unicode names (`L`, `Script=Greek`); undefined: there is none. */
export function property(name: string): PointSet | undefined {
  const found = known.get(name);
  if (found) return found;
  let test: RegExp;
  try {
    test = new RegExp(`^\\p{${name}}$`, 'u');
  } catch {
    return undefined;
  }
  const ranges: { from: number; to: number }[] = [];
  for (let point = 0; point <= LAST_POINT; point += 1) {
    // Planes that nothing is written in.
    if (point === 0x32_000) point = 0xe0_000;
    if (point === 0xe1_000) break;
    if (!test.test(String.fromCodePoint(point))) continue;
    const last = ranges.at(-1);
    if (last?.to === point - 1) last.to = point;
    else ranges.push({ from: point, to: point });
  }
  known.set(name, ranges);
  return ranges;
}

let pairs: readonly (readonly [number, number])[] | undefined;

/** Letters and what they are in the other case. */
function casePairs(): readonly (readonly [number, number])[] {
  if (pairs) return pairs;
  const found: [number, number][] = [];
  for (let point = 0x41; point < 0x1_e944; point += 1) {
    if (point >= HALVES.from && point <= HALVES.to) continue;
    const letter = String.fromCodePoint(point);
    for (const other of [letter.toLowerCase(), letter.toUpperCase()]) {
      const turned = other.codePointAt(0) ?? point;
      if (turned !== point && String.fromCodePoint(turned) === other) found.push([point, turned]);
    }
  }
  pairs = found;
  return found;
}

/** A set with the other case of each of its letters. */
export function inEitherCase(set: PointSet): PointSet {
  const others = casePairs()
    .filter(([point, other]) => holds(set, point) && !holds(set, other))
    .map(([, other]) => ({ from: other, to: other }));
  return others.length === 0 ? set : union(set, others);
}

/** Units of UTF-16: the ranges of the first of a character, and of its second where it has two. */
export interface Units {
  readonly first: PointSet;
  readonly second?: PointSet;
}

/** What a set of characters is in UTF-16. */
export function unitsOf(set: PointSet): Units[] {
  const single = set
    .filter(({ from }) => from <= LAST_UNIT)
    .map(({ from, to }) => ({ from, to: Math.min(to, LAST_UNIT) }));
  return [...(single.length > 0 ? [{ first: single }] : []), ...pairsOf(set)];
}

const LAST_UNIT = 0xffff;
const high = (point: number): number => 0xd800 + ((point - 0x1_0000) >> 10);
const low = (point: number): number => 0xdc00 + ((point - 0x1_0000) & 0x3ff);

/** Characters of two units: first units that have the same second ones are taken together. */
function pairsOf(set: PointSet): Units[] {
  const seconds = new Map<number, Range[]>();
  for (const { from, to } of set) {
    if (to <= LAST_UNIT) continue;
    const [start, end] = [Math.max(from, LAST_UNIT + 1), to];
    for (let first = high(start); first <= high(end); first += 1) {
      const second = {
        from: first === high(start) ? low(start) : 0xdc00,
        to: first === high(end) ? low(end) : 0xdfff,
      };
      seconds.set(first, [...(seconds.get(first) ?? []), second]);
    }
  }
  const groups = new Map<string, { first: Range[]; second: PointSet }>();
  for (const [first, second] of seconds) {
    const key = second.map(({ from, to }) => `${from}-${to}`).join();
    const group = groups.get(key) ?? { first: [], second };
    group.first.push({ from: first, to: first });
    groups.set(key, group);
  }
  return [...groups.values()].map(({ first, second }) => ({ first: union(first), second }));
}
