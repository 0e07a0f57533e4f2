// Checks a folder of guardrails, and compares it with those in force: `npm run guardrails -- check
// <folder> | compare <folder> <prompts.jsonl>`. Ends with 0 when it is done, 1 when the folder or the
// prompts cannot be used, 2 when told something else.
import '../../config/node-version.js';
import { DatabaseUnfitError, databaseTarget, openForReading } from '#db';
import { EnvError, loadEnv } from '../../config/load-env.js';
import { processEnv } from '../../config/process-env.js';
import { terminalLanguage } from '../../platform/language.rules.js';
import type { PolicyFiles } from '../policy/files/policy-files.rules.js';
import { BuiltInRails } from '../policy/versions/built-in-rails.js';
import { PoliciesRepository } from '../policy/versions/policies.repository.js';
import { EXIT, GuardrailsCommand } from './guardrails-command.js';

/** The version in force in the database that the environment names. */
async function inForce(): Promise<{ id: number; files: PolicyFiles } | undefined> {
  const env = loadEnv(processEnv());
  const target = databaseTarget(env.DATABASE_URL, env.DATA_DIR);
  let dataSource;
  try {
    dataSource = await openForReading(target);
  } catch (error) {
    if (error instanceof DatabaseUnfitError && target.engine === 'sqlite') return undefined;
    throw error;
  }
  try {
    const policies = new PoliciesRepository(dataSource);
    const publication = await policies.findInForce();
    const files = publication && (await policies.findFiles(publication.policyId));
    return files && { id: publication.policyId, files };
  } finally {
    await dataSource.destroy();
  }
}

try {
  const builtIn = new BuiltInRails();
  process.exitCode = await new GuardrailsCommand({
    language: terminalLanguage(processEnv()),
    out: (line) => {
      console.log(line);
    },
    err: (line) => {
      console.error(line);
    },
    builtIn: () => builtIn.files(),
    inForce,
    needs: (rail) =>
      rail === 'topic-embeddings' && loadEnv(processEnv()).EMBEDDING_MODEL === undefined
        ? 'embedding-model'
        : undefined,
  }).run(process.argv.slice(2));
} catch (error) {
  const known = error instanceof EnvError || error instanceof DatabaseUnfitError;
  console.error(known ? error.message : error);
  process.exitCode = EXIT.failed;
}
