import type { FoldedText } from './folded-text.js';
import { CODE, isDivider } from './folding.rules.js';
import type { TermNode, TermTrie } from './term-trie.js';

/** Fewer letters are the beginning of many ordinary words. */
const SHORTEST = 4;

/** The list of a term that a text begins, as it is written, of which two thirds are there at least. */
export function nearestTerm({ root }: TermTrie, { codes, length }: FoldedText): string | undefined {
  let node = root;
  let letters = 0;
  for (let at = 0; at < length; at += 1) {
    const code = codes[at] ?? 0;
    if (isDivider(code) && node.code === CODE.blank) continue;
    const next = node.next.get(isDivider(code) ? CODE.blank : code);
    if (!next) return undefined;
    if (!isDivider(code)) letters += 1;
    node = next;
  }
  return letters < SHORTEST || node.code === CODE.blank ? undefined : below(node, letters / 2);
}

/** The nearest ending below a place, no further away than so many codes. */
function below(node: TermNode, most: number): string | undefined {
  let level = [node];
  for (let missing = 0; missing <= most && level.length > 0; missing += 1) {
    for (const { endings } of level) {
      const [ending] = endings.filter(({ rule }) => rule !== undefined);
      if (ending) return ending.rule;
    }
    level = level.flatMap(({ next }) => [...next.values()]);
  }
  return undefined;
}

/** Where the last word begins: a code. */
export function lastWord({ codes, length }: FoldedText): number {
  let at = length;
  while (at > 0 && !isDivider(codes[at - 1] ?? 0)) at -= 1;
  return at;
}
