// The order in which jest runs the files of a project: those that take longest first. Without a
// cache, as on CI, jest begins with the largest files; the longest campaign is one of the smallest,
// and ran alone at the end, while the other workers had nothing left to do.
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');
const ROOT = join(import.meta.dirname, '..');

/** Those that took longer than half a minute on two cores, longest first. */
const SLOW = [
  'backend/test/chaos/chaos.e2e-spec.ts',
  'backend/test/upgrade/interrupted.e2e-spec.ts',
  'backend/test/users/users.e2e-spec.ts',
  'backend/test/local-models/parameters.e2e-spec.ts',
  'backend/test/answering/two-processes.e2e-spec.ts',
  'backend/test/start/unfit-databases.e2e-spec.ts',
  'backend/test/limits/parallel-budget.e2e-spec.ts',
  'backend/test/answering/through-redis.e2e-spec.ts',
  'backend/test/local-models/bad-input.e2e-spec.ts',
  'backend/test/operating/readiness.e2e-spec.ts',
  'backend/test/limits/killed-between.e2e-spec.ts',
  'backend/test/auth/sign-in.e2e-spec.ts',
  'backend/test/local-models/queue-and-stop.e2e-spec.ts',
  'backend/test/reconcile/reconcile.e2e-spec.ts',
  'backend/test/auth/setup.e2e-spec.ts',
  'backend/test/answering/crash.e2e-spec.ts',
  'backend/test/answering/rolling.e2e-spec.ts',
  'backend/test/tracing/outages.e2e-spec.ts',
  'backend/test/limits/two-processes.e2e-spec.ts',
  'backend/test/usage/roll-up-crash.e2e-spec.ts',
  'backend/test/models/models-command.e2e-spec.ts',
  'backend/test/local-models/server-killed.e2e-spec.ts',
  'deploy/test/images.e2e-spec.ts',
].map((file) => join(ROOT, file));

const gone = SLOW.filter((file) => !existsSync(file));
if (gone.length > 0) throw new Error(`tools/slow-first.mjs names what is gone: ${gone.join(', ')}`);

const rankOf = ({ path }) => {
  const at = SLOW.indexOf(path);
  return at === -1 ? SLOW.length : at;
};

export default class SlowFirst extends Sequencer {
  /** Jest's own order, but for the slow files. */
  async sort(tests) {
    const sorted = await super.sort(tests);
    return sorted.toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}
