import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GuardrailEvent, type RailAction, type RailStage } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { aFirstAdministrator, aPerson, type TestPerson } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';

const EVENTS = '/api/guardrails/events';
const HOUR_MS = 3_600_000;
const TERM = 'seu filho da puta';

describe.each(TEST_ENGINES)('what administrators see of the guardrails on %s', (engine) => {
  let app: TestApp;
  let admin: TestPerson;
  let ana: TestPerson;

  beforeAll(async () => {
    app = await startTestApp(engine, { TIME_ZONE: 'America/Sao_Paulo' });
    admin = await aFirstAdministrator(app);
    ana = await aPerson(app, admin, 'ana');
  });
  afterAll(() => app.close());

  const get = async (query = '') => {
    const answer = await admin.client.get(`${EVENTS}${query}`);
    expect(answer.status).toBe(200);
    return answer;
  };
  const items = async (query = '') => (await get(query)).body['items'] as Record<string, unknown>[];

  /** An event of somebody, at a time. */
  const happened = (
    [rail, stage, action]: readonly [string, RailStage, RailAction],
    createdAt: Date,
    reportedAt: Date | null = null,
  ) =>
    app.dataSource.getRepository(GuardrailEvent).save({
      ...{ createdAt, reportedAt, policyId: 1, stage, rail, rule: 'any', action, outcome: 'hit' },
      ...{ hits: 1, userId: 999_999, conversationId: null, postId: null, runId: null },
      ...{ door: 'web', durationMs: null },
    });

  it('should tell who, where and by which rule, and no word of what was written', async () => {
    const asked = await ana.client.post('/api/posts', { prompt: `Que bom, ${TERM}!` });
    expect(asked.body).toMatchObject({ status: 'blocked' });
    const report = `/api/posts/${String(asked.body['id'])}/guardrail-report`;
    expect((await ana.client.put(report, { wrong: true })).status).toBe(204);
    const { text } = await get();
    expect(text).not.toMatch(/puta|filho|bom/i);
    const [event, ...others] = await items();
    expect(others).toEqual([]);
    expect(event).toEqual({
      ...{ id: expect.any(Number), createdAt: expect.any(String), policyId: 1 },
      ...{ stage: 'input', rail: 'blocked-terms', rule: expect.any(String), action: 'block' },
      ...{ outcome: 'hit', hits: 1, username: 'ana', door: 'web' },
      reportedAt: expect.any(String),
    });
  });

  it('should let nobody else see them', async () => {
    expect((await ana.client.get(EVENTS)).status).toBe(403);
    expect((await ana.client.get(`${EVENTS}/summary`)).status).toBe(403);
  });

  it('should filter, and give every event once, page by page, newest first', async () => {
    // Three at one moment: the page ends among them.
    const then = new Date(Date.now() - HOUR_MS);
    for (const rail of ['links', 'secrets', 'links'])
      await happened([rail, 'output', 'mask'], then);
    await happened(['links', 'output', 'replace'], then, then);
    expect(await items('?rail=links')).toHaveLength(3);
    expect(await items('?rail=links&action=replace')).toMatchObject([{ username: null }]);
    expect(await items('?stage=input')).toMatchObject([{ rail: 'blocked-terms' }]);
    expect(await items('?reported=true')).toHaveLength(2);
    expect(await items('?reported=false&rail=links')).toHaveLength(2);
    expect(await items('?rail=unheard')).toEqual([]);

    const seen: Record<string, unknown>[] = [];
    let cursor: unknown = '';
    do {
      const { body } = await get(`?limit=2${cursor === '' ? '' : `&cursor=${String(cursor)}`}`);
      seen.push(...(body['items'] as Record<string, unknown>[]));
      cursor = body['nextCursor'];
    } while (cursor !== null);
    expect(seen).toHaveLength(5);
    const places = seen.map(({ createdAt, id }) => `${String(createdAt)} ${String(id)}`);
    expect(places).toEqual([...new Set(places)].sort().reverse());
    expect((await admin.client.get(`${EVENTS}?cursor=xyz`)).status).toBe(400);
    expect((await admin.client.get(`${EVENTS}?stage=somewhere`)).status).toBe(400);
  });

  it('should count by the days of the time zone, with what was reported', async () => {
    // 01:30 of UTC is the day before in São Paulo.
    const today = new Date(`${dayOf(new Date())}T12:00:00-03:00`);
    const late = new Date(today.getTime() - 4 * 24 * HOUR_MS + 10.5 * HOUR_MS);
    for (const reported of [null, late]) {
      await happened(['system-prompt', 'output', 'block'], late, reported);
    }
    const old = new Date(today.getTime() - 40 * 24 * HOUR_MS);
    await happened(['system-prompt', 'output', 'block'], old);
    const counts = (await get('/summary?days=7')).body['items'] as Record<string, unknown>[];
    expect(counts.filter(({ rail }) => rail === 'system-prompt')).toEqual([
      { day: dayOf(late), rail: 'system-prompt', action: 'block', events: 2, reported: 1 },
    ]);
    expect(counts.map(({ day }) => day)).toEqual(counts.map(({ day }) => day).sort());
    const few = (await get('/summary?days=2')).body['items'] as Record<string, unknown>[];
    expect(few.filter(({ rail }) => rail === 'system-prompt')).toEqual([]);
    expect((await admin.client.get(`${EVENTS}/summary?days=32`)).status).toBe(400);
  });
});

/** The day in São Paulo. */
const dayOf = (at: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Sao_Paulo' }).format(at);
