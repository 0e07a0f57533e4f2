// The order in which jest runs the files of a project: those that take longest first. Without a
// cache, as on CI, jest begins with the largest files; the longest campaign is one of the smallest,
// and ran alone at the end, while the other workers had nothing left to do.
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { SLOW } from './slow-files.mjs';

const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');
const ROOT = join(import.meta.dirname, '..');

const rankOf = ({ path }) => {
  const file = relative(ROOT, path);
  const at = SLOW.indexOf(file);
  if (at >= 0) return at;
  // Of the others those that start servers, which fill the end less well than the short ones.
  return SLOW.length + (/\/src\/|\/grouped\/src-/.test(file) ? 1 : 0);
};

export default class SlowFirst extends Sequencer {
  /** Jest's own order, but for the slow files. */
  async sort(tests) {
    const sorted = await super.sort(tests);
    return sorted.toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}
