import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LangSmithServer, startLangSmithServer } from '../fakes/langsmith-server.js';
import { aFirstAdministrator } from '../harness/api-client.js';
import { aConversation, asked } from '../harness/asking.js';
import { startChildServer } from '../harness/child-server.js';
import { aPlace } from '../harness/place.js';
import { tracedTo } from './traced-app.js';

/** Writes down every module that is loaded, by whichever way. */
const WITNESS = `
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
registerHooks({
  load(url, context, next) {
    appendFileSync(process.env.LOADED_MODULES, url + '\\n');
    return next(url, context);
  },
});
`;

describe('the SDK of LangSmith', () => {
  let folder: string;
  let langSmith: LangSmithServer;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'prosa-loading-'));
    writeFileSync(join(folder, 'witness.mjs'), WITNESS);
    langSmith = await startLangSmithServer();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await langSmith.close();
  });

  /** What a server loads until it has answered and ended. */
  async function loadedWith(settings: Readonly<Record<string, string>>): Promise<string> {
    const place = await aPlace('sqlite', { LLM_MODELS: 'quotes' });
    const server = await startChildServer({
      ...place.settings,
      ...settings,
      NODE_OPTIONS: `--import=${join(folder, 'witness.mjs')}`,
      LOADED_MODULES: join(folder, 'loaded'),
    });
    const { client } = await aFirstAdministrator(server);
    await asked(client, await aConversation(client), 'backup');
    await server.end('SIGTERM');
    await place.drop();
    const loaded = readFileSync(join(folder, 'loaded'), 'utf8');
    rmSync(join(folder, 'loaded'));
    return loaded;
  }

  it('should not be loaded while tracing is off, nor the list of prices for quotes', async () => {
    const loaded = await loadedWith({});
    expect(loaded).toContain('/tracing/tracing.js');
    expect(loaded).not.toMatch(/node_modules\/(langsmith|@langchain|@pydantic)\//);
  }, 60_000);

  it('should be loaded while it is on', async () => {
    expect(await loadedWith(tracedTo(langSmith))).toContain('node_modules/langsmith/');
  }, 60_000);
});
