import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Run } from '#db';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import { aPerson, type ApiClient } from '../harness/api-client.js';
import { aConversation, ask, asked, askStream, branchOf } from '../harness/asking.js';

describe('admission', () => {
  let app: AnsweringApp;

  beforeAll(async () => {
    app = await startAnsweringApp('sqlite', { RUNS_PER_PERSON: '2', ASKS_PER_MINUTE: '4' });
  });
  afterAll(() => app.close());
  beforeEach(() => {
    app.provider.script({});
  });

  const openRuns = (client: ApiClient, conversation: number, count: number) =>
    Promise.all(
      Array.from({ length: count }, async () => {
        const stream = await askStream(client, conversation, {
          prompt: 'conta algo',
          parentId: null,
        });
        await stream.untilType('context');
        return stream;
      }),
    );

  it('should refuse more answers at once than a person may have', async () => {
    const { client } = await aPerson(app, app.admin, 'ana');
    const conversation = await aConversation(client);
    app.provider.script({ silent: true });
    const streams = await openRuns(client, conversation, 2);
    const refused = await ask(
      client,
      conversation,
      { prompt: 'mais uma' },
      { 'accept-language': 'en' },
    );
    expect(refused).toMatchObject({
      status: 429,
      body: { error: { code: 'RUN.TOO_MANY', details: { maximum: 2 } } },
    });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await branchOf(client, conversation, 'branch=all')).toHaveLength(2);

    const other = await aPerson(app, app.admin, 'bia');
    app.provider.script({});
    expect((await asked(other.client, await aConversation(other.client), 'say: eu sim')).body).toBe(
      'eu sim',
    );

    for (const { frames } of streams) {
      await client.post(`/api/posts/${String(frames[0]?.data['postId'])}/stop`);
    }
    expect((await asked(client, conversation, 'say: agora sim')).body).toBe('agora sim');
  });

  it('should refuse more asks than a minute allows, and store nothing of them', async () => {
    const { client } = await aPerson(app, app.admin, 'caio');
    const conversation = await aConversation(client);
    for (let n = 0; n < 4; n += 1) await asked(client, conversation, 'say: sim');
    const before = app.provider.requests.length;
    const headers = { 'idempotency-key': 'too-soon' };
    const refused = await ask(client, conversation, { prompt: 'a quinta' }, headers);
    expect(refused).toMatchObject({
      status: 429,
      body: { error: { code: 'REQUEST.RATE_LIMITED' } },
    });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(15);
    expect(app.provider.requests.length).toBe(before);
    expect(await branchOf(client, conversation)).toHaveLength(4);
    const runs = app.dataSource.getRepository(Run);
    expect(await runs.countBy({ idempotencyKey: 'too-soon' })).toBe(0);
  });

  it('should give the place back when an ask is refused after admission', async () => {
    const { client } = await aPerson(app, app.admin, 'davi');
    const conversation = await aConversation(client);
    for (let n = 0; n < 3; n += 1) {
      const refused = await ask(client, conversation, { prompt: 'conta algo', parentId: 999_999 });
      expect(refused).toMatchObject({ status: 404, body: { error: { code: 'POST.NOT_FOUND' } } });
    }
    expect((await asked(client, conversation, 'say: cabe')).body).toBe('cabe');
  });
});
