// Compares a day of the ledger with LangSmith: `npm run reconcile -- --day 2026-11-20`. Ends with 0
// where they agree, 1 where they do not, 2 where they could not be compared.
import '../config/node-version.js';
import { parseArgs } from 'node:util';
import { loadEnv } from '../config/load-env.js';
import { processEnv } from '../config/process-env.js';
import { reconcileDay, TOLD, UsageError, type Wish } from './reconcile-day.js';

const USAGE = 'Usage: npm run reconcile -- --day 2026-11-20 [--project prosa]';

/** @throws {UsageError} for what is no option of this command. */
function wishIn(args: readonly string[]): Wish {
  try {
    const options = { day: { type: 'string' }, project: { type: 'string' } } as const;
    const { day, project } = parseArgs({ args: [...args], options }).values;
    return { day, project };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

try {
  const agrees = await reconcileDay(
    loadEnv(processEnv()),
    wishIn(process.argv.slice(2)),
    (line) => {
      console.log(line);
    },
  );
  process.exitCode = agrees ? 0 : 1;
} catch (error) {
  const isTold = TOLD.some((kind) => error instanceof kind);
  console.error(isTold ? (error as Error).message : error);
  if (error instanceof UsageError) console.error(USAGE);
  process.exitCode = 2;
}
