import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aFirstAdministrator, type TestPerson } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';

const DAYS = 'from=2026-01-01&to=2026-01-31';

/** Queries that cannot be answered, and the field that is to be named. */
const UNCLEAR: readonly (readonly [query: string, field: string])[] = [
  ['to=2026-01-31', 'from'],
  ['from=2026-01-01', 'to'],
  ['from=&to=2026-01-31', 'from'],
  ['from=2026-02-30&to=2026-03-31', 'from'],
  ['from=2026-01-01&to=2026-13-01', 'to'],
  ['from=01/02/2026&to=2026-03-31', 'from'],
  ['from=2026-01-01T00:00:00Z&to=2026-03-31', 'from'],
  ['from=1969-12-31&to=1970-01-01', 'from'],
  ['from=8999-12-31&to=9000-01-01', 'to'],
  ['from=2026-01-01&from=2026-01-02&to=2026-03-31', 'from'],
  [`${DAYS}&by=week`, 'by'],
  [`${DAYS}&by=`, 'by'],
  [`${DAYS}&by=day,day`, 'by'],
  [`${DAYS}&by=day,model,person`, 'by'],
  [`${DAYS}&by=day,`, 'by'],
  [`${DAYS}&by=constructor`, 'by'],
  [`${DAYS}&userId=0`, 'userId'],
  [`${DAYS}&userId=ana`, 'userId'],
  [`${DAYS}&userId=2147483648`, 'userId'],
  [`${DAYS}&model=`, 'model'],
  [`${DAYS}&model=a%00b`, 'model'],
  [`${DAYS}&purpose=${'x'.repeat(17)}`, 'purpose'],
  [`${DAYS}&provider=${'x'.repeat(33)}`, 'provider'],
  [`${DAYS}&door=web&door=simple`, 'door'],
];

describe('what cannot be told of usage', () => {
  let app: TestApp;
  let admin: TestPerson;

  const errorOf = async (path: string, language = 'en') => {
    const headers = { 'accept-language': language };
    const { status, body } = await admin.client.get(path, { headers });
    return { status, error: body['error'] as Record<string, unknown> };
  };

  beforeAll(async () => {
    app = await startTestApp();
    admin = await aFirstAdministrator(app);
  });

  afterAll(() => app.close());

  it.each(UNCLEAR)(
    'should be refused for ?%s by the name of %s, in both languages',
    async (query, field) => {
      for (const path of [`/api/usage?${query}`, `/api/usage/csv?${query}`]) {
        const { status, error } = await errorOf(path);
        expect({ status, ...error }).toMatchObject({
          status: 400,
          code: 'REQUEST.INVALID',
          message: `The request cannot be understood. Check: ${field}.`,
        });
        const inPortuguese = await errorOf(path, 'pt-BR');
        expect(inPortuguese.error['message']).toContain(`Confira: ${field}.`);
      }
    },
  );

  it.each(['2026-13', '2026-1', '2026', '', '2026-01-01', '1969-12', 'novembro'])(
    'should be refused for the month %j',
    async (month) => {
      const { status, error } = await errorOf(`/api/usage/mine?month=${month}`, 'pt-BR');
      expect({ status, message: error['message'] }).toEqual({
        status: 400,
        message: 'Não foi possível entender o pedido. Confira: month.',
      });
    },
  );

  it('should be refused for days in the wrong order', async () => {
    expect(await errorOf('/api/usage?from=2026-02-01&to=2026-01-31', 'pt-BR')).toEqual({
      status: 400,
      error: {
        code: 'USAGE.DAYS_REVERSED',
        message: 'O primeiro dia (from: 2026-02-01) vem depois do último (to: 2026-01-31).',
        details: { from: '2026-02-01', to: '2026-01-31' },
      },
    });
  });

  it('should be told of 366 days, and refused for one more', async () => {
    const year = await admin.client.get('/api/usage?from=2024-01-01&to=2024-12-31');
    expect(year.status).toBe(200);
    const { status, error } = await errorOf('/api/usage?from=2024-01-01&to=2025-01-01');
    expect({ status, ...error }).toEqual({
      status: 400,
      code: 'USAGE.TOO_MANY_DAYS',
      message:
        'From 2024-01-01 to 2025-01-01 there are 367 days; the limit is 366. Check: from, to.',
      details: { from: '2024-01-01', to: '2025-01-01', days: 367, maximum: 366 },
    });
  });

  it('should be refused for more rows than a screen can show, but not as a file', async () => {
    await app.dataSource.query(
      `INSERT INTO usage_hours WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= 50000)
       SELECT 'person', ${String(Date.parse('2025-11-24T16:00:00Z') / 3_600_000)}, i, 'p', '', '', '', '', 1, 1, 0, 1, 0, 1, 0 FROM n`,
    );
    const query = 'from=2025-11-24&to=2025-11-24&by=person';
    expect(await errorOf(`/api/usage?${query}`)).toMatchObject({
      status: 422,
      error: {
        code: 'USAGE.TOO_MANY_ROWS',
        message:
          'There are more than 50000 rows. Ask for fewer days or by less, or download the file.',
      },
    });
    const { status, text } = await admin.client.get(`/api/usage/csv?${query}`);
    expect({ status, lines: text.split('\r\n').length }).toEqual({ status: 200, lines: 50_003 });
  });
});
