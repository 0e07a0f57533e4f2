// The command `npm run models`: see `model-files/command`.
import './config/node-version.js';
import { EnvError, loadEnv } from './config/load-env.js';
import { processEnv } from './config/process-env.js';
import { EXIT, ModelsCommand } from './model-files/command/models-command.js';
import { downloadTools } from './model-files/download-tools.js';
import { terminalLanguage } from './platform/language.rules.js';

const stop = new AbortController();
process.once('SIGINT', () => {
  stop.abort();
});
process.once('SIGTERM', () => {
  stop.abort();
});
try {
  const env = loadEnv(processEnv());
  process.exitCode = await new ModelsCommand({
    env,
    tools: downloadTools(env),
    language: terminalLanguage(processEnv()),
    out: process.stdout,
    err: process.stderr,
    signal: stop.signal,
  }).run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof EnvError)) throw error;
  console.error(error.message);
  process.exitCode = EXIT.failed;
}
