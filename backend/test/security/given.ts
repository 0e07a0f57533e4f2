import { expect } from '@jest/globals';
import { type Engine, Summary } from '#db';
import { type OpenAiServer, startOpenAiServer } from '../fakes/openai-server.js';
import { aFirstAdministrator, aPerson, type TestPerson } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';
import { jsonOf, send } from './wire.js';

/** Two members who do not know each other, on a server whose model is a fake on the network. */
export interface Scene {
  readonly app: TestApp;
  readonly provider: OpenAiServer;
  readonly admin: TestPerson;
  readonly ana: TestPerson;
  readonly bruno: TestPerson;
  close(): Promise<void>;
}

/** The key that the provider is asked with. */
export const PROVIDER_KEY = 'sk-canary-0d2f9a7c51b84e63';

/**
 * Sets a scene.
 * @param settings environment variables beside those of the fake model.
 * @param log takes the lines that the server logs (with `LOG_LEVEL` set).
 */
export async function aScene(
  engine: Engine,
  settings: Record<string, string> = {},
  log?: string[],
): Promise<Scene> {
  const provider = await startOpenAiServer();
  const environment = {
    ASKS_PER_MINUTE: '100000',
    LLM_MODELS: 'openai/fake-chat,quotes',
    OPENAI_BASE_URL: provider.url,
    OPENAI_API_KEY: PROVIDER_KEY,
    ...settings,
  };
  const app = await startTestApp(engine, environment, log);
  const admin = await aFirstAdministrator(app);
  return {
    app,
    provider,
    admin,
    ana: await aPerson(app, admin, 'ana'),
    bruno: await aPerson(app, admin, 'bruno'),
    async close() {
      await app.close();
      await provider.close();
    },
  };
}

/** A new conversation's id. */
export async function aConversation(
  app: TestApp,
  { token }: TestPerson,
  wish: Readonly<Record<string, unknown>> = {},
): Promise<number> {
  const path = '/api/conversations';
  const answer = await send(app, { method: 'POST', path, token, body: JSON.stringify(wish) });
  expect(answer.status).toBe(201);
  return Number(jsonOf(answer)['id']);
}

/** The request that asks in a conversation. */
export const asking = (
  conversationId: number,
  { token }: TestPerson,
  body: Readonly<Record<string, unknown>>,
) => ({
  method: 'POST',
  path: `/api/conversations/${String(conversationId)}/posts`,
  token,
  body: JSON.stringify(body),
});

/** A prompt and its answer, as the post that holds them. */
export async function aPost(
  app: TestApp,
  person: TestPerson,
  conversationId: number,
  prompt: string,
): Promise<Record<string, unknown> & { readonly id: number }> {
  const answer = await send(app, asking(conversationId, person, { prompt }));
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 201 });
  return jsonOf(answer);
}

/** A summary of a conversation up to a post. */
export async function aSummaryOf(
  app: TestApp,
  { conversation, post }: Readonly<Record<'conversation' | 'post', number | string>>,
): Promise<number> {
  const { identifiers } = await app.dataSource.getRepository(Summary).insert({
    ...{ runId: '0'.repeat(32), owner: null, posts: 1, text: 'Um resumo.', tokens: 4 },
    ...{ conversationId: Number(conversation), afterPostId: null, postId: Number(post) },
    ...{ model: 'quotes', costNanoUsd: null, createdAt: new Date(), undoneAt: null },
  });
  return Number(identifiers[0]?.['id']);
}
