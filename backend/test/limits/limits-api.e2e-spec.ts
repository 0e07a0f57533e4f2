import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Limit } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { aFirstAdministrator, aPerson, type TestPerson } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';

const EVERYONE = { scope: 'everyone', measure: 'usd', period: 'day', amount: 2.5 };

describe.each(TEST_ENGINES)('limits on %s', (engine) => {
  let app: TestApp;
  let admin: TestPerson;
  let ana: TestPerson;

  beforeAll(async () => {
    app = await startTestApp(engine, { TIME_ZONE: 'Asia/Kolkata' });
    admin = await aFirstAdministrator(app);
    ana = await aPerson(app, admin, 'ana');
  });
  afterAll(() => app.close());
  beforeEach(() => app.dataSource.getRepository(Limit).clear());

  const put = (body: unknown) => admin.client.put('/api/limits', body);

  it('should make a limit of each kind and list them', async () => {
    const wishes = [
      EVERYONE,
      { scope: 'team', measure: 'tokens', period: 'month', amount: 1_000_000 },
      { scope: 'role', role: 'member', measure: 'requests', period: 'minute', amount: 0 },
      { scope: 'role', role: 'administrator', measure: 'openRuns', period: null, amount: 9 },
      { scope: 'person', userId: ana.user.id, measure: 'requests', period: 'day', amount: 40 },
    ];
    const made = [];
    for (const wish of wishes) {
      const { status, body } = await put(wish);
      expect({ status, body }).toMatchObject({ status: 200, body: wish });
      made.push(body);
    }
    expect(made.at(-1)).toMatchObject({ username: 'ana' });
    const { body } = await admin.client.get('/api/limits');
    expect(body).toEqual({ timeZone: 'Asia/Kolkata', limits: made });
  });

  it('should change the amount where the limit is there, also twenty times at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => put({ ...EVERYONE, amount: n + 1 })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
    expect((await put({ ...EVERYONE, amount: 0.000_000_001 })).body).toMatchObject({
      amount: 0.000_000_001,
    });
    expect(await app.dataSource.getRepository(Limit).count()).toBe(1);
  });

  it.each([
    ['amount', { amount: -1 }],
    ['amount', { amount: 1e20 }],
    ['amount', { amount: 1e-10 }],
    ['amount', { amount: '5' }],
    ['amount', { measure: 'tokens', amount: 1.5 }],
    ['scope', { scope: 'house' }],
    ['role', { scope: 'role', role: 'king' }],
    ['role', { scope: 'role' }],
    ['role', { role: 'member' }],
    ['userId', { scope: 'person' }],
    ['userId', { userId: 1 }],
    ['userId', { scope: 'person', userId: 1e12 }],
    ['measure', { measure: 'euros' }],
    ['period', { period: 'week' }],
    ['period', { period: 'minute' }],
    ['period', { period: null }],
    ['period', { measure: 'openRuns', amount: 3 }],
    ['body', { price: 5 }],
  ])('should refuse a %s that does not fit: %j', async (field, change) => {
    const { status, body } = await admin.client.put(
      '/api/limits',
      { ...EVERYONE, ...change },
      { headers: { 'accept-language': 'pt-BR' } },
    );
    expect({ status, body }).toMatchObject({
      status: 400,
      body: { error: { code: 'REQUEST.INVALID', details: { fields: [field] } } },
    });
    expect(JSON.stringify(body)).toContain(`Confira: ${field}.`);
    expect(await app.dataSource.getRepository(Limit).count()).toBe(0);
  });

  it('should name the field of a person who does not exist', async () => {
    const answer = await put({ ...EVERYONE, scope: 'person', userId: 2_000_000_000 });
    expect(answer).toMatchObject({
      status: 404,
      body: { error: { code: 'USER.NOT_FOUND', details: { fields: ['userId'] } } },
    });
  });

  it('should delete a limit once', async () => {
    const path = `/api/limits/${String((await put(EVERYONE)).body['id'])}`;
    expect((await admin.client.delete(path)).status).toBe(204);
    expect(await admin.client.delete(path)).toMatchObject({
      status: 404,
      body: { error: { code: 'LIMIT.NOT_FOUND' } },
    });
  });

  it('should delete the limits of a person with the person', async () => {
    const bia = await aPerson(app, admin, 'bia');
    await put({ ...EVERYONE, scope: 'person', userId: bia.user.id });
    await put(EVERYONE);
    expect((await admin.client.delete(`/api/users/${String(bia.user.id)}`)).status).toBe(204);
    expect((await admin.client.get('/api/limits')).body['limits']).toMatchObject([EVERYONE]);
  });

  it('should tell each person what is left of the limits that hold for them', async () => {
    await put(EVERYONE);
    await put({ ...EVERYONE, scope: 'person', userId: ana.user.id, amount: 1 });
    await put({ scope: 'team', measure: 'requests', period: 'month', amount: 0 });
    const mine = async ({ client }: TestPerson) => (await client.get('/api/limits/mine')).body;
    const own = { scope: 'own', measure: 'usd', period: 'day', used: 0, reserved: 0, near: false };
    const team = { scope: 'team', measure: 'requests', period: 'month', left: 0, near: true };
    const answer = await mine(ana);
    expect(answer).toMatchObject({
      timeZone: 'Asia/Kolkata',
      limits: [{ ...own, amount: 1, left: 1 }, team],
    });
    expect(await mine(admin)).toMatchObject({ limits: [{ ...own, amount: 2.5, left: 2.5 }, team] });
    const [{ resetsAt }] = answer['limits'] as [{ resetsAt: string }];
    expect(resetsAt).toMatch(/T18:30:00.000Z$/); // Midnight in Kolkata.
    expect(Date.parse(resetsAt)).toBeGreaterThan(Date.now());
  });
});
