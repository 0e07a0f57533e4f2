import type { Term } from '#db';
import { holdersOf, type WordStatistics } from './chunk-ranking.rules.js';

/**
 * Passages that an engine may have to look at for one search: a few milliseconds of its time. The
 * commonest word of a team stands in one passage of six, and says little about what is asked.
 */
const MOST_LOOKED_AT = 4000;

/**
 * By which words an engine is to look for passages, rarest first, so that it need not look at too
 * many: a word by itself, or only together with another where it is too common. All words count
 * when the passages that were found are ranked.
 * @param passages in which is looked.
 * @returns groups of words, of any of which a passage must hold all.
 */
export function chooseWords(
  terms: readonly Term[],
  passages: number,
  statistics: WordStatistics,
): Term[][] {
  // At least one: a word that the sample did not see may still be there.
  const expected = (term: Term) =>
    Math.max(1, (passages * holdersOf(term, statistics)) / Math.max(1, statistics.counted));
  const byRarity = [...terms].sort((a, b) => expected(a) - expected(b));
  const chosen: Term[][] = [];
  const common: Term[] = [];
  let looked = 0;
  const take = (group: Term[], cost: number): boolean => {
    if (looked + cost > MOST_LOOKED_AT) return false;
    looked += cost;
    chosen.push(group);
    return true;
  };
  for (const term of byRarity) {
    if (take([term], expected(term))) continue;
    for (const other of common) {
      take([other, term], (expected(other) * expected(term)) / Math.max(1, passages));
    }
    common.push(term);
  }
  if (chosen.length > 0 || byRarity.length === 0) return chosen;
  return [byRarity.slice(0, 3)];
}
