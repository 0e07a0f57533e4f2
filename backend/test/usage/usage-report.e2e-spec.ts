import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { UsageRollUp } from '../../src/usage/usage-roll-up.js';
import type { UsageRowView } from '../../src/usage/usage.schema.js';
import { aFirstAdministrator, aPerson, type TestPerson } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';
import { aCall, enter } from './ledger-rows.js';

const MARCH = 'from=2026-03-01&to=2026-03-31';

describe.each(TEST_ENGINES)('usage on %s', (engine) => {
  let app: TestApp;
  let admin: TestPerson;
  let ana: TestPerson;

  const report = async (query: string) => {
    const { status, body } = await admin.client.get(`/api/usage?${query}`);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };

  beforeAll(async () => {
    app = await startTestApp(engine);
    admin = await aFirstAdministrator(app);
    ana = await aPerson(app, admin, 'ana');
    const userId = ana.user.id;
    const at = (time: string) => new Date(time);
    const gone = { userId: 999_999, username: 'quem já saiu' };
    await enter(app.dataSource, [
      // 23:59:59.999 on the 9th and midnight of the 10th in São Paulo.
      aCall({ userId, openedAt: at('2026-03-10T02:59:59.999Z'), cachedTokens: 40 }),
      aCall({ userId, openedAt: at('2026-03-10T03:00:00.000Z'), costNanoUsd: 234_567 }),
      aCall({ userId, openedAt: at('2026-03-10T12:00:00Z'), purpose: 'title', estimated: true }),
      aCall({ userId, openedAt: at('2026-03-10T12:00:00Z'), costNanoUsd: null, model: 'x/novo' }),
      aCall({ userId, openedAt: at('2026-04-01T02:59:59Z'), promptTokens: null, door: 'simple' }),
      aCall({ ...gone, openedAt: at('2026-03-31T12:00:00Z'), costNanoUsd: 0, provider: 'llama' }),
      aCall({ userId, openedAt: at('2026-04-01T03:00:00Z'), completionTokens: 1_000_000 }),
    ]);
  });

  afterAll(() => app.close());

  const byDay = [
    { day: '2026-03-09', calls: 1, promptTokens: 100, cachedTokens: 40, costUsd: 0.000001 },
    {
      ...{ day: '2026-03-10', calls: 3, promptTokens: 300, cachedTokens: 0, completionTokens: 30 },
      ...{ estimatedCalls: 1, costUsd: 0.000235567, unpricedCalls: 1 },
    },
    { day: '2026-03-31', calls: 2, promptTokens: 100, costUsd: 0.000001, unpricedCalls: 0 },
  ];

  it.each(['as it is', 'summed up by the hour'])(
    'should tell days of the zone, %s',
    async (how) => {
      if (how !== 'as it is') await app.app.get(UsageRollUp).fold(new Date('2026-06-01T00:00:00Z'));
      const body = await report(MARCH);
      expect(body).toMatchObject({ from: '2026-03-01', to: '2026-03-31', rows: byDay });
      expect(body['timeZone']).toBe('America/Sao_Paulo');
      expect((body['rows'] as unknown[]).length).toBe(byDay.length);
      expect(body['total']).toEqual({
        ...{ calls: 6, promptTokens: 500, cachedTokens: 40, completionTokens: 60 },
        ...{ estimatedCalls: 1, costUsd: 0.000237567, unpricedCalls: 1 },
      });
    },
  );

  it('should tell people by the name that they had, whether they are still here or not', async () => {
    const { rows } = await report(`${MARCH}&by=person`);
    expect(rows).toEqual([
      expect.objectContaining({ userId: ana.user.id, username: 'ana', calls: 5 }),
      expect.objectContaining({ userId: 999_999, username: 'quem já saiu', calls: 1, costUsd: 0 }),
    ]);
  });

  it('should say that a cost is unknown, never that it is nothing', async () => {
    const { rows } = await report(`${MARCH}&by=model`);
    expect(rows).toEqual([
      expect.objectContaining({ model: 'openai/gpt-4o-mini', costUsd: 0.000237567 }),
      expect.objectContaining({ model: 'x/novo', calls: 1, costUsd: null, unpricedCalls: 1 }),
    ]);
  });

  it('should tell by two things at once', async () => {
    const { rows } = await report(`${MARCH}&by=purpose,day`);
    expect(
      (rows as UsageRowView[]).map(({ day, purpose, calls }) => [day, purpose, calls]),
    ).toEqual([
      ['2026-03-09', 'answer', 1],
      ['2026-03-10', 'answer', 2],
      ['2026-03-10', 'title', 1],
      ['2026-03-31', 'answer', 2],
    ]);
  });

  it.each([
    ['model=x/novo', 1],
    ['door=simple', 1],
    ['provider=llama', 1],
    ['purpose=title', 1],
    ['userId=999999', 1],
    ['door=simple&provider=llama', 0],
    ['model=%27%20OR%20%271%27=%271', 0],
  ])('should count only what %s names', async (filter, calls) => {
    const { rows, total } = await report(`${MARCH}&${filter}`);
    expect(total).toMatchObject({ calls });
    expect(rows).toHaveLength(calls);
  });

  it('should show a person a month of their own, and nobody else’s', async () => {
    const { status, body } = await ana.client.get('/api/usage/mine?month=2026-03');
    expect(status).toBe(200);
    expect(body).toMatchObject({ month: '2026-03', timeZone: 'America/Sao_Paulo' });
    expect(body['total']).toMatchObject({ calls: 5, unpricedCalls: 1 });
    expect(body['rows']).toContainEqual(
      expect.objectContaining({ day: '2026-03-10', model: 'x/novo', costUsd: null }),
    );
    const april = await ana.client.get('/api/usage/mine?month=2026-04');
    expect(april.body['total']).toMatchObject({ calls: 1, completionTokens: 1_000_000 });
    const none = await admin.client.get('/api/usage/mine?month=2026-03');
    expect(none.body).toMatchObject({ rows: [], total: { calls: 0, costUsd: 0 } });
  });

  it('should show this month where none is named', async () => {
    const { body } = await ana.client.get('/api/usage/mine');
    expect(body['month']).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/);
  });

  it('should keep other people’s usage from members', async () => {
    for (const path of [`/api/usage?${MARCH}`, `/api/usage/csv?${MARCH}`]) {
      const { status, body } = await ana.client.get(path);
      expect({ status, body }).toMatchObject({ status: 403, body: { error: {} } });
    }
    const peek = await ana.client.get('/api/usage/mine?month=2026-03&userId=999999');
    expect(peek.status).toBe(400);
  });
});
