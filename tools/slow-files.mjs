// The test files that take longest: they run first, and alone.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** Those that took longer than half a minute on two cores, longest first. */
export const SLOW = [
  'backend/test/chaos/chaos.e2e-spec.ts',
  'backend/test/ingest/two-processes.e2e-spec.ts',
  'backend/test/retrieval/retrieval.e2e-spec.ts',
  'backend/test/upgrade/interrupted.e2e-spec.ts',
  'backend/test/users/users.e2e-spec.ts',
  'backend/test/local-models/parameters.e2e-spec.ts',
  'backend/test/answering/two-processes.e2e-spec.ts',
  'backend/test/start/unfit-databases.e2e-spec.ts',
  'backend/test/security/injection.e2e-spec.ts',
  'backend/test/security/bad-input.e2e-spec.ts',
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
];

const gone = SLOW.filter((file) => !existsSync(join(ROOT, file)));
if (gone.length > 0) throw new Error(`tools/slow-files.mjs names what is gone: ${gone.join(', ')}`);
