import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Limit, LimitCounter, Post, Reservation, Run, SERVICE_ROLE, Usage, User } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { ApiClient, type ApiAnswer, aPerson, type TestPerson } from '../harness/api-client.js';
import { aConversation, ask, asked, askStream, branchOf, expectPost } from '../harness/asking.js';
import {
  aLimitedPlace,
  DEARER,
  LONGEST,
  type LimitedPlace,
  limitsOf,
  PRICED,
  UNPRICED,
} from './limited-place.js';

const SERVICE_TOKEN = 'service-token-of-the-tests-0123456789';
const A_DAY_S = 25 * 3600;

/** What a question sets aside at `PRICED`’s price, in dollars: far less than this. */
const ENOUGH = 0.01;

describe.each(TEST_ENGINES)('a limit that is reached, on %s', (engine) => {
  let scene: LimitedPlace;
  let ana: TestPerson;
  let people = 0;

  beforeAll(async () => {
    scene = await aLimitedPlace(engine, 1, { SERVICE_TOKEN });
  });
  afterAll(() => scene.close());
  beforeEach(async () => {
    scene.provider.script({});
    people += 1;
    ana = await aPerson(scene.app, scene.admin, `ana${String(people)}`);
  });
  afterEach(() => liftAll());

  async function liftAll(): Promise<void> {
    const { body } = await scene.admin.client.get('/api/limits');
    for (const { id } of body['limits'] as { id: number }[]) await scene.lift(id);
  }
  const own = (measure: string, period: string | null, amount: number) =>
    put({ scope: 'person', userId: ana.user.id, measure, period, amount });
  async function put(body: unknown): Promise<void> {
    const { status } = await scene.admin.client.put('/api/limits', body);
    expect(status).toBe(200);
  }
  const count = (entity: typeof Post | typeof Run | typeof Usage) =>
    scene.app.dataSource.getRepository(entity).count();

  /** That it was refused with a code, and that nothing of it is left. */
  async function expectRefused(
    code: string,
    request: () => Promise<ApiAnswer>,
    scope = 'own',
  ): Promise<ApiAnswer> {
    const before = await Promise.all([count(Post), count(Run), count(Usage)]);
    const sent = scene.provider.requests.length;
    const answer = await request();
    const { status, body, headers } = answer;
    expect({ status, body }).toMatchObject({ status: 429, body: { error: { code } } });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    const { details } = body['error'] as { details: Record<string, unknown> };
    expect(details['scope']).toBe(scope);
    expect(await Promise.all([count(Post), count(Run), count(Usage)])).toEqual(before);
    expect(scene.provider.requests.length).toBe(sent);
    return answer;
  }

  it('should refuse what no budget is left for, say until when, and leave the key unused', async () => {
    const conversation = await aConversation(ana.client);
    await own('usd', 'day', ENOUGH);
    await asked(ana.client, conversation, 'say: sim');
    const [spent] = await limitsOf(ana.client);
    expect(spent).toMatchObject({ scope: 'own', reserved: 0, near: false });
    await own('usd', 'day', spent?.used ?? NaN);
    const key = { 'idempotency-key': 'kept' };
    const refused = await expectRefused('LIMIT.BUDGET', () =>
      ask(ana.client, conversation, { prompt: 'say: não' }, key),
    );
    const { details } = refused.body['error'] as { details: Record<string, unknown> };
    const [left] = await limitsOf(ana.client);
    expect(left).toMatchObject({ left: 0, near: true, resetsAt: details['resetsAt'] });
    const untilReset = (Date.parse(String(details['resetsAt'])) - Date.now()) / 1000;
    const retryAfter = Number(refused.headers.get('retry-after'));
    expect(Math.abs(retryAfter - untilReset)).toBeLessThan(30);
    expect(untilReset).toBeLessThanOrEqual(A_DAY_S);

    await own('usd', 'day', ENOUGH);
    const retried = await ask(ana.client, conversation, { prompt: 'say: agora' }, key);
    expect(retried).toMatchObject({ status: 201, body: { status: 'done', body: 'agora' } });
  });

  it('should keep the prompt where only the whole conversation is too dear', async () => {
    const conversation = await aConversation(ana.client);
    const long = 'palavra '.repeat(2000);
    await asked(ana.client, conversation, `say: lido\n${long}`);
    await own('tokens', 'month', 1_000_000);
    const [{ used = 0 } = {}] = await limitsOf(ana.client);
    expect(used).toBeGreaterThan(500);
    // Room for the question and its answer, not for what was said before.
    await own('tokens', 'month', used + LONGEST + 1000);
    const stream = await askStream(ana.client, conversation, { prompt: 'E então?' });
    const frames = await stream.all();
    const error = frames.find(({ type }) => type === 'error');
    expect(error?.data).toMatchObject({ code: 'LIMIT.TOKENS', retryable: true, scope: 'own' });
    expect(Date.parse(String(error?.data['resetsAt']))).toBeGreaterThan(Date.now());
    expect(frames.at(-1)?.data).toEqual({ status: 'failed' });
    const [post] = await branchOf(ana.client, conversation);
    expect(post).toMatchObject({
      prompt: 'E então?',
      status: 'failed',
      error: { code: 'LIMIT.TOKENS' },
    });
    expect(await limitsOf(ana.client)).toMatchObject([{ used, reserved: 0 }]);

    await own('tokens', 'month', 1_000_000);
    const path = `/api/posts/${String(post?.id)}/regenerate`;
    expect((await ana.client.post(path)).body).toMatchObject({ status: 'done' });
  });

  it('should not ask a model whose price nobody knows, while a budget must be kept', async () => {
    const conversation = await aConversation(ana.client);
    const wish = { prompt: 'say: quanto?', model: UNPRICED };
    await own('tokens', 'day', 1_000_000);
    expect((await ask(ana.client, conversation, wish)).body).toMatchObject({ status: 'done' });
    await own('usd', 'day', 1000);
    const before = await count(Post);
    expect(await ask(ana.client, conversation, wish)).toMatchObject({
      status: 403,
      body: { error: { code: 'LIMIT.UNPRICED' } },
    });
    expect(await count(Post)).toBe(before);
    expect((await ask(ana.client, conversation, { ...wish, model: PRICED })).status).toBe(201);
  });

  it('should set aside by the price of the model that is asked', async () => {
    const conversation = await aConversation(ana.client);
    const ofModel = async (model: string) => {
      scene.provider.script({ words: ['um ', 'dois'], hangAfter: 1 });
      const stream = await askStream(ana.client, conversation, {
        prompt: 'a',
        parentId: null,
        model,
      });
      await stream.untilType('delta');
      const [{ reserved = 0 } = {}] = await limitsOf(ana.client);
      await ana.client.post(`/api/posts/${String(stream.frames[0]?.data['postId'])}/stop`);
      await stream.all();
      return reserved;
    };
    await own('usd', 'day', 1);
    const cheap = await ofModel(PRICED);
    expect(cheap).toBeGreaterThan((LONGEST * 4) / 1e6);
    expect(await ofModel(DEARER)).toBeCloseTo(10 * cheap, 9);
    expect(await limitsOf(ana.client)).toMatchObject([{ reserved: 0 }]);
  });

  it('should not ask again once an attempt that failed has used up what was left', async () => {
    const conversation = await aConversation(ana.client);
    const wish = { prompt: 'a', parentId: null, model: PRICED };
    await own('tokens', 'day', 1_000_000);
    scene.provider.script({ words: ['um ', 'dois'], hangAfter: 1 });
    const stream = await askStream(ana.client, conversation, wish);
    await stream.untilType('delta');
    const [{ reserved = 0 } = {}] = await limitsOf(ana.client);
    await ana.client.post(`/api/posts/${String(stream.frames[0]?.data['postId'])}/stop`);
    await stream.all();
    const [{ used = 0 } = {}] = await limitsOf(ana.client);

    // Room for what one call sets aside, and not for what its first attempt takes beside that.
    const paid = 30;
    await own('tokens', 'day', used + reserved + paid - 1);
    scene.provider.script({ words: [], promptTokens: paid });
    const sent = scene.provider.requests.length;
    const { status, error } = expectPost(await ask(ana.client, conversation, wish));
    expect([status, error?.code]).toEqual(['failed', 'LIMIT.TOKENS']);
    expect(scene.provider.requests.length).toBe(sent + 1);
    expect(await limitsOf(ana.client)).toMatchObject([{ used: used + paid, reserved: 0 }]);
  });

  it('should count questions by the day, and give those back that failed', async () => {
    const conversation = await aConversation(ana.client);
    await own('requests', 'day', 2);
    await asked(ana.client, conversation, 'say: um');
    scene.provider.script({ status: 400, body: '{"error":{"message":"no"}}' });
    expect(await asked(ana.client, conversation, 'falha')).toMatchObject({ status: 'failed' });
    expect(await limitsOf(ana.client)).toMatchObject([{ used: 1, reserved: 0, left: 1 }]);
    scene.provider.script({});
    await asked(ana.client, conversation, 'say: dois');
    await expectRefused('LIMIT.REQUESTS', () => ask(ana.client, conversation, { prompt: 'três' }));
    expect(await limitsOf(ana.client)).toMatchObject([{ used: 2, left: 0, near: true }]);
    const bia = await aPerson(scene.app, scene.admin, `bia${String(people)}`);
    await asked(bia.client, await aConversation(bia.client), 'say: eu sim');
  });

  it('should count what was asked while a limit was lifted, once it is set again', async () => {
    const conversation = await aConversation(ana.client);
    await own('requests', 'day', 9);
    await asked(ana.client, conversation, 'say: um');
    await liftAll();
    await asked(ana.client, conversation, 'say: dois');
    await asked(ana.client, conversation, 'say: três');
    await own('requests', 'day', 9);
    expect(await limitsOf(ana.client)).toMatchObject([{ used: 3, reserved: 0 }]);
  });

  it('should count what was asked before the limit was set', async () => {
    const conversation = await aConversation(ana.client);
    for (const n of [1, 2, 3]) await asked(ana.client, conversation, `say: ${String(n)}`);
    await own('requests', 'month', 4);
    await own('tokens', 'day', 1_000_000);
    const calls = await scene.app.dataSource.getRepository(Usage).findBy({ userId: ana.user.id });
    const tokens = calls.reduce(
      (sum, c) => sum + (c.promptTokens ?? 0) + (c.completionTokens ?? 0),
      0,
    );
    expect(await limitsOf(ana.client)).toMatchObject([{ used: 3 }, { used: tokens }]);
    await asked(ana.client, conversation, 'say: quatro');
    await expectRefused('LIMIT.REQUESTS', () => ask(ana.client, conversation, { prompt: 'cinco' }));
  });

  it('should let nobody ask once the team has used what it may', async () => {
    await put({ scope: 'team', measure: 'requests', period: 'month', amount: 0 });
    const conversation = await aConversation(ana.client);
    await expectRefused(
      'LIMIT.REQUESTS',
      () => ask(ana.client, conversation, { prompt: 'a' }),
      'team',
    );
    expect(await limitsOf(ana.client)).toMatchObject([{ scope: 'team', left: 0, near: true }]);
  });

  it('should hold a limit of open answers and of a minute in place of the environment', async () => {
    const conversation = await aConversation(ana.client);
    await own('openRuns', null, 1);
    scene.provider.script({ words: ['um ', 'dois'], hangAfter: 1 });
    const stream = await askStream(ana.client, conversation, { prompt: 'a' });
    await stream.untilType('delta');
    await expectRefused('RUN.TOO_MANY', () => ask(ana.client, conversation, { prompt: 'b' }));
    await ana.client.post(`/api/posts/${String(stream.frames[0]?.data['postId'])}/stop`);
    await stream.all();
    scene.provider.script({});
    await asked(ana.client, conversation, 'say: b');

    await own('requests', 'minute', 2);
    for (const n of [1, 2]) await asked(ana.client, conversation, `say: ${String(n)}`);
    const refused = await expectRefused('REQUEST.RATE_LIMITED', () =>
      ask(ana.client, conversation, { prompt: 'c' }),
    );
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(30);
  });

  it('should hold programs at the simple door to the same', async () => {
    const service = await scene.app.dataSource
      .getRepository(User)
      .findOneByOrFail({ role: SERVICE_ROLE });
    await put({ scope: 'person', userId: service.id, measure: 'usd', period: 'day', amount: 0 });
    const program = new ApiClient(scene.app.url);
    program.token = SERVICE_TOKEN;
    await expectRefused('LIMIT.BUDGET', () => program.post('/chat/', { question: 'a' }));
    await put({ scope: 'person', userId: service.id, measure: 'usd', period: 'day', amount: 1 });
    expect((await program.post('/chat/', { question: 'say: oi' })).body).toMatchObject({
      answer: 'oi',
    });
    expect((await limitsOf(program))[0]?.used).toBeGreaterThan(0);
  });

  it('should cost a budget nothing to be quoted the documentation', async () => {
    await own('usd', 'day', 0);
    const conversation = await aConversation(ana.client);
    const wish = { prompt: 'Como conecto o Bedrock?', model: 'quotes' };
    expect((await ask(ana.client, conversation, wish)).body).toMatchObject({ status: 'done' });
    await expectRefused('LIMIT.BUDGET', () => ask(ana.client, conversation, { prompt: 'a' }));
  });

  it('should leave nothing set aside by a conversation that is deleted meanwhile', async () => {
    await own('usd', 'day', 1);
    await own('openRuns', null, 5);
    const conversation = await aConversation(ana.client);
    scene.provider.script({ words: ['um ', 'dois'], hangAfter: 1 });
    const stream = await askStream(ana.client, conversation, { prompt: 'a' });
    await stream.untilType('delta');
    const path = `/api/conversations/${String(conversation)}`;
    expect((await ana.client.delete(path)).status).toBe(204);
    expect((await ana.client.delete(`${path}/permanently`)).status).toBe(204);
    await stream.closed;
    const { dataSource } = scene.app;
    while ((await dataSource.getRepository(Reservation).count()) > 0) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const counters = await dataSource
      .getRepository(LimitCounter)
      .findBy({ subject: `person:${String(ana.user.id)}` });
    expect(counters.map(({ reserved }) => reserved)).toEqual([0, 0]);
    const calls = await dataSource.getRepository(Usage).findBy({ userId: ana.user.id });
    expect(counters.find(({ measure }) => measure === 'usd')?.used).toBe(calls[0]?.costNanoUsd);
    expect(await dataSource.getRepository(Limit).count()).toBe(2);
  });
});
