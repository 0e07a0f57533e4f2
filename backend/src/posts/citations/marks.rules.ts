import { codeSpans, within } from './code-spans.rules.js';

/** Numbers in brackets that stand side by side: `[1][2]`, `[1, 2]`. They cite for one claim. */
export interface Marks {
  readonly at: number;
  readonly end: number;
  /** Each bracket, with the numbers in it. */
  readonly brackets: readonly {
    readonly at: number;
    readonly length: number;
    readonly numbers: readonly number[];
  }[];
}

/** Brackets that are looked at in one answer; what comes after them is not checked. */
const MOST_BRACKETS = 1000;

const BRACKET = /\[(\d{1,3}(?:\s{0,2}[,;]\s{0,2}\d{1,3}){0,19})\](?!\(|\[\D)/g;

/**
 * Where a Markdown text cites, in its order. Not in code; not the text of a link, nor its
 * definition (`[1]: https://…`), nor what is escaped.
 */
export function findMarks(text: string): Marks[] {
  const isCode = within(codeSpans(text));
  const groups: { at: number; end: number; brackets: Marks['brackets'][number][] }[] = [];
  let count = 0;
  for (const match of text.matchAll(BRACKET)) {
    const { index: at, 0: whole, 1: list = '' } = match;
    const end = at + whole.length;
    if (isCode(at) || text[at - 1] === '\\' || isDefinition(text, at, end)) continue;
    count += 1;
    if (count > MOST_BRACKETS) break;
    const numbers = [...new Set(list.split(/[,;]/).map(Number))];
    const bracket = { at, length: whole.length, numbers };
    const last = groups.at(-1);
    if (last && /^[ ,;]{0,2}$/.test(text.slice(last.end, Math.min(at, last.end + 3)))) {
      if (at - last.end <= 2) {
        last.brackets.push(bracket);
        last.end = end;
        continue;
      }
    }
    groups.push({ at, end, brackets: [bracket] });
  }
  return groups;
}

const isDefinition = (text: string, at: number, end: number): boolean =>
  text[end] === ':' &&
  /^\s+\S+[:/]/.test(text.slice(end + 1, end + 40)) &&
  (at === 0 || /\n {0,3}$/.test(text.slice(Math.max(0, at - 4), at)));
