import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';
import { AskedDocuments } from './asked-server.js';
import { readQuestionSet } from './question-set.js';
import { type RetrievalScores, scoresOf } from './scores.js';

const SERVICE_TOKEN = 'service-token-of-the-tests-0123456789';

/** Every engine ranks by the same rule, so each finds the same. Raised when more is reached. */
const FOUND = { recall: 0.93, mrr: 0.89, evidence: 0.93 };
const CITED = { citationPrecision: 0.9, answered: 0.8, declined: 0.92 };

/** Sixty documents are read and two hundred questions asked. */
const LONG_MS = 240_000;

const set = readQuestionSet(import.meta.dirname);

describe.each(TEST_ENGINES)('finding and citing on %s', (engine) => {
  // What is cited of what was found is decided above any engine.
  const floors = Object.entries(engine === 'sqlite' ? { ...FOUND, ...CITED } : FOUND);
  let app: TestApp;
  let scores: RetrievalScores;

  beforeAll(async () => {
    const settings = { SERVICE_TOKEN, ASKS_PER_MINUTE: '100000', RUNS_PER_PERSON: '100' };
    app = await startTestApp(engine, { ...settings, WEB_SEARCH: 'off' });
    const documents = await AskedDocuments.add({ url: app.url, token: SERVICE_TOKEN }, set);
    const outcomes =
      engine === 'sqlite'
        ? await documents.askAll(set.questions)
        : await Promise.all(set.questions.map((question) => documents.find(question)));
    scores = scoresOf(outcomes);
  }, LONG_MS);
  afterAll(() => app.close());

  it.each(floors)('should reach its floor of %s, %d', (name, floor) => {
    expect(scores[name as keyof RetrievalScores]).toBeGreaterThanOrEqual(floor);
  });
});
