import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Usage } from '#db';
import type { DataSource } from 'typeorm';
import { estimateTokens, MESSAGE_OVERHEAD } from '../../src/llm/tokens.rules.js';
import {
  type OpenAiRequest,
  type OpenAiServer,
  startOpenAiServer,
} from '../fakes/openai-server.js';
import { settingsFor } from '../harness/answering-app.js';
import { aFirstAdministrator, ApiClient } from '../harness/api-client.js';
import { aConversation, asked, askStream } from '../harness/asking.js';
import { aPlace, type Place } from '../harness/place.js';
import type { TestApp } from '../harness/test-app.js';

/** This provider makes more of a prompt than is estimated, by so much. */
const FACTOR = 1.4;

const estimateOf = ({ messages }: OpenAiRequest) =>
  messages.reduce((sum, { content }) => sum + estimateTokens(content) + MESSAGE_OVERHEAD, 0);

const lastRow = async (dataSource: DataSource) => {
  const [row] = await dataSource.getRepository(Usage).find({ order: { id: 'DESC' }, take: 1 });
  if (!row) throw new Error('the ledger is empty');
  return row;
};

describe('counting tokens', () => {
  let provider: OpenAiServer;
  let place: Place;
  let app: TestApp;
  let client: ApiClient;

  beforeAll(async () => {
    provider = await startOpenAiServer();
    place = await aPlace('sqlite', { ...settingsFor(provider), TITLE_MODEL: 'off' });
    app = await place.start();
    ({ client } = await aFirstAdministrator(app));
  });
  afterAll(async () => {
    await app.close();
    await place.drop();
    await provider.close();
  });

  /** What is estimated where the provider tells nothing, over what the rule alone says. */
  async function estimated() {
    provider.script({ usage: false });
    const stream = await askStream(client, await aConversation(client), {
      prompt: 'say: nada de números',
    });
    const { data } = await stream.untilType('context');
    await stream.all();
    const row = await lastRow(app.dataSource);
    const estimate = Number(row.promptEstimate);
    expect(row).toMatchObject({ estimated: true, outcome: 'done' });
    return { share: Number(row.promptTokens) / estimate, used: Number(data['used']) / estimate };
  }

  it('should learn from what the provider counts, and fill the window by it', async () => {
    const before = await estimated();
    expect(before.share).toBeLessThan(1);
    provider.script((request) => ({ promptTokens: Math.round(estimateOf(request) * FACTOR) }));
    const conversation = await aConversation(client);
    for (let n = 0; n < 10; n += 1) await asked(client, conversation, `say: resposta ${String(n)}`);
    const { promptTokens, promptEstimate, estimated: isEstimate } = await lastRow(app.dataSource);
    expect(isEstimate).toBe(false);
    expect(Number(promptTokens)).toBe(Math.round(Number(promptEstimate) * FACTOR));
    const after = await estimated();
    expect(Math.abs(after.share / FACTOR - 1)).toBeLessThan(0.05);
    expect(after.used).toBeGreaterThan(FACTOR * 0.95);
  });

  it('should know it still after a restart', async () => {
    await app.close();
    app = await place.start();
    const { token } = client;
    client = new ApiClient(app.url);
    client.token = token;
    const { share, used } = await estimated();
    expect(Math.abs(share / FACTOR - 1)).toBeLessThan(0.05);
    expect(used).toBeGreaterThan(FACTOR * 0.95);
  });

  it('should count nothing of a prompt that was refused', async () => {
    provider.script({ status: 400 });
    await asked(client, await aConversation(client), 'isto não');
    expect(await lastRow(app.dataSource)).toMatchObject({
      outcome: 'MODEL.BAD_ANSWER',
      promptTokens: 0,
      completionTokens: 0,
      estimated: true,
    });
  });

  it('should count the text that came before the provider broke off', async () => {
    provider.script({ dieAfter: 3, words: ['uma ', 'duas ', 'três ', 'quatro'] });
    await asked(client, await aConversation(client), 'conta');
    const cut = await lastRow(app.dataSource);
    expect(cut).toMatchObject({ outcome: 'MODEL.CUT_SHORT', estimated: true });
    const received = estimateTokens('uma duas três ');
    expect(cut.completionTokens).toBeGreaterThanOrEqual(received);
    expect(cut.completionTokens).toBeLessThanOrEqual(Math.ceil(received * FACTOR * 1.05));
    expect(Number(cut.promptTokens)).toBeGreaterThan(Number(cut.promptEstimate) * 1.3);
  });

  it('should close what a crash left open of a conversation that was deleted for good', async () => {
    const model = 'openai/fake-chat';
    const { identifiers } = await app.dataSource.getRepository(Usage).insert({
      runId: 'a run that went with its conversation'.slice(0, 32),
      userId: 1,
      username: 'admin',
      conversationId: 999_999,
      postId: 999_999,
      purpose: 'answer',
      door: 'web',
      provider: 'openai',
      model,
      promptEstimate: 100,
      estimated: false,
      openedAt: new Date(Date.now() - 2 * 3_600_000),
    });
    await app.close();
    app = await place.start();
    const find = () =>
      app.dataSource.getRepository(Usage).findOneByOrFail({ id: Number(identifiers[0]?.['id']) });
    let row = await find();
    while (row.closedAt === null) {
      await wait(100);
      row = await find();
    }
    expect(row).toMatchObject({ outcome: 'interrupted', estimated: true, completionTokens: 0 });
    expect(row.promptTokens).toBeGreaterThan(100);
  }, 30_000);
});
