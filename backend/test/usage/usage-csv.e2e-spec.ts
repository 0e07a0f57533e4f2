import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UsageRollUp } from '../../src/usage/usage-roll-up.js';
import type { UsageRowView } from '../../src/usage/usage.schema.js';
import { aFirstAdministrator, type TestPerson } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';
import { aCall, enter } from './ledger-rows.js';

const DAY_MS = 86_400_000;
const START = Date.parse('2026-02-01T15:00:00Z');
const QUERY = 'from=2026-02-01&to=2026-03-31&by=person,day';

describe('usage as a file', () => {
  let app: TestApp;
  let admin: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
    admin = await aFirstAdministrator(app);
    const names = ['ana', '=cmd|calc', 'a, "b"'];
    const calls = Array.from({ length: 59 * 4 }, (_, n) =>
      aCall({
        openedAt: new Date(START + Math.floor(n / 4) * DAY_MS),
        userId: n % 3,
        username: names[n % 3] ?? '',
        costNanoUsd: n,
      }),
    );
    await enter(app.dataSource, calls);
    await app.app.get(UsageRollUp).fold(new Date('2026-03-01T00:00:00Z'));
  });

  afterAll(() => app.close());

  it('should hold the rows of the report, all of them and in its order', async () => {
    const answer = await admin.client.get(`/api/usage/csv?${QUERY}`);
    expect(answer.status).toBe(200);
    const report = await admin.client.get(`/api/usage?${QUERY}`);
    const rows = report.body['rows'] as UsageRowView[];
    expect(rows.length).toBe(59 * 3);
    const names = new Map([
      ['ana', 'ana'],
      ['=cmd|calc', "'=cmd|calc"],
      ['a, "b"', '"a, ""b"""'],
    ]);
    const lines = rows.map(({ day, userId, username = '', ...sums }) =>
      [
        ...[day, userId, names.get(username), sums.calls, sums.promptTokens, sums.cachedTokens],
        ...[sums.completionTokens, sums.estimatedCalls],
        sums.costUsd?.toFixed(9).replace(/\.?0+$/, ''),
        sums.unpricedCalls,
      ].join(','),
    );
    const [head, ...body] = answer.text.split('\r\n');
    expect(head).toMatch(/^day,userId,username,calls,/); // `fetch` takes the byte order mark away.
    expect(body).toEqual([...lines, '']);
  });

  it('should be a download with a name, in UTF-8 that spreadsheets know for it', async () => {
    const response = await fetch(`${app.url}/api/usage/csv?${QUERY}`, {
      headers: { authorization: `Bearer ${admin.token}` },
    });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="prosa-usage-2026-02-01-2026-03-31.csv"',
    );
    expect(response.headers.get('cache-control')).toBe('no-store');
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  it('should be one line of names where there is nothing', async () => {
    const { text } = await admin.client.get(
      '/api/usage/csv?from=2020-01-01&to=2020-12-31&by=model',
    );
    expect(text.split('\r\n')).toEqual([expect.stringMatching(/^model,calls,/), '']);
  });

  it('should sum days up where it is not told by day', async () => {
    const { text } = await admin.client.get('/api/usage/csv?from=2026-02-01&to=2026-03-31&by=door');
    expect(text.split('\r\n')[1]).toMatch(/^web,236,23600,0,2360,0,0\.00002773,0$/);
  });

  it('should be refused like the report, as JSON', async () => {
    const { status, body } = await admin.client.get(
      '/api/usage/csv?from=2026-02-02&to=2026-02-01',
      {
        headers: { 'accept-language': 'en' },
      },
    );
    expect({ status, body }).toMatchObject({
      status: 400,
      body: {
        error: {
          code: 'USAGE.DAYS_REVERSED',
          message: 'The first day (from: 2026-02-02) is after the last (to: 2026-02-01).',
        },
      },
    });
  });
});
