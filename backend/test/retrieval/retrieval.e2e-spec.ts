import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';
import { AskedDocuments } from './asked-server.js';
import { readQuestionSet } from './question-set.js';
import { type RetrievalOutcome, scoresOf } from './scores.js';

const SERVICE_TOKEN = 'service-token-of-the-tests-0123456789';

/** What every engine reaches on the set beside this file; raised when it reaches more. */
const FLOORS = {
  recall: 0.8,
  mrr: 0.75,
  evidence: 0.8,
  citationPrecision: 0.48,
  answered: 0.6,
  declined: 0.7,
};

const set = readQuestionSet(import.meta.dirname);

describe.each(TEST_ENGINES)('finding and citing on %s', (engine) => {
  let app: TestApp;
  const outcomes: RetrievalOutcome[] = [];

  beforeAll(async () => {
    const settings = { SERVICE_TOKEN, ASKS_PER_MINUTE: '100000', RUNS_PER_PERSON: '100' };
    app = await startTestApp(engine, { ...settings, WEB_SEARCH: 'off' });
    const documents = await AskedDocuments.add({ url: app.url, token: SERVICE_TOKEN }, set);
    for (const question of set.questions) outcomes.push(await documents.ask(question));
  });
  afterAll(() => app.close());

  it.each(Object.entries(FLOORS))('should reach its floor of %s, %d', (name, floor) => {
    expect(scoresOf(outcomes)[name as keyof typeof FLOORS]).toBeGreaterThanOrEqual(floor);
  });
});
