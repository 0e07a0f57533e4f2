import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource, QueryRunner } from 'typeorm';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import { aConversation, askStream } from '../harness/asking.js';

/** Statements that only limits need; the one that reads the limits themselves is a timer's. */
const OF_LIMITS = /limit_counters|reservations|advisory/;

describe.each(TEST_ENGINES)('a question while nothing is limited, on %s', (engine) => {
  let app: AnsweringApp;
  const statements: string[] = [];

  beforeAll(async () => {
    app = await startAnsweringApp(engine, { TITLE_MODEL: 'off' });
    listen(app.dataSource, statements);
  });
  afterAll(() => app.close());

  it('should ask the database nothing more before the first text', async () => {
    const conversation = await aConversation(app.client);
    const gate = Promise.withResolvers<undefined>();
    app.provider.script({ words: ['um ', 'dois'], endsAfter: gate.promise });
    statements.length = 0;
    const stream = await askStream(app.client, conversation, { prompt: 'a' });
    await stream.untilType('delta');
    expect(statements.some((statement) => statement.includes('usage'))).toBe(true);
    const swept = (statement: string) => statement.includes('DISTINCT');
    expect(statements.filter((one) => OF_LIMITS.test(one) && !swept(one))).toEqual([]);
    statements.length = 0;
    gate.resolve(undefined);
    await stream.all();
    const atEnd = statements.filter((one) => OF_LIMITS.test(one) && !swept(one));
    expect(atEnd).toHaveLength(engine === 'sqlite' ? 3 : 4);
  });
});

/** Hears every statement from now on. */
function listen(dataSource: DataSource, statements: string[]): void {
  const create = dataSource.createQueryRunner.bind(dataSource);
  const heard = new WeakSet<QueryRunner>();
  dataSource.createQueryRunner = (mode) => {
    const runner = create(mode);
    if (heard.has(runner)) return runner;
    heard.add(runner);
    const query = runner.query.bind(runner) as (...words: unknown[]) => Promise<unknown>;
    runner.query = ((statement: string, ...rest: unknown[]) => {
      statements.push(statement);
      return query(statement, ...rest);
    }) as QueryRunner['query'];
    return runner;
  };
}
