import type { Engine } from '#db';
import { type OpenAiServer, startOpenAiServer } from '../fakes/openai-server.js';
import { aFirstAdministrator, type ApiClient, type TestPerson } from './api-client.js';
import { startTestApp, type TestApp } from './test-app.js';

/** The model that the fake provider offers. */
export const MODEL = 'openai/fake-chat';

/** The whole server with a provider that a test can script, and a person signed in. */
export interface AnsweringApp extends TestApp {
  readonly provider: OpenAiServer;
  readonly admin: TestPerson;
  readonly client: ApiClient;
}

/** Environment that connects the fake provider and lets a suite ask as fast as it can. */
export const settingsFor = (provider: Pick<OpenAiServer, 'url'>): Record<string, string> => ({
  LLM_MODELS: `${MODEL},quotes`,
  OPENAI_BASE_URL: provider.url,
  OPENAI_API_KEY: 'test-key',
  // A title would be one request more than a test has scripted.
  TITLE_MODEL: 'off',
  ASKS_PER_MINUTE: '100000',
  RUNS_PER_PERSON: '100',
});

/**
 * Starts the real application on a database, asking a fake provider.
 * @param log takes the log's lines (with `LOG_LEVEL` set).
 */
export async function startAnsweringApp(
  engine: Engine = 'sqlite',
  settings: Record<string, string> = {},
  log?: string[],
): Promise<AnsweringApp> {
  const provider = await startOpenAiServer();
  const app = await startTestApp(engine, { ...settingsFor(provider), ...settings }, log);
  const admin = await aFirstAdministrator(app);
  return {
    ...app,
    provider,
    admin,
    client: admin.client,
    async close() {
      await app.close();
      await provider.close();
    },
  };
}
