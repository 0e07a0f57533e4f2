import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Engine, openDatabase } from '#db';
import { createTestDatabase, TEST_SERVERS } from '../../../db/test/test-databases.js';
import { startChildServer } from '../harness/child-server.js';
import { AskedDocuments, type AskedServer } from './asked-server.js';
import { readQuestionSet } from './question-set.js';
import { documentsIn, type ReadDocument, storeIn } from './read-once.js';
import { type RetrievalScores, scoresOf } from './scores.js';

const SERVICE_TOKEN = 'service-token-of-the-tests-0123456789';

/** Every engine ranks by the same rule, so each finds the same. Raised when more is reached. */
const FOUND = { recall: 0.93, mrr: 0.89, evidence: 0.93 };
const CITED = { citationPrecision: 0.9, answered: 0.8, declined: 0.92 };

/** Sixty documents are read and two hundred questions asked. */
const LONG_MS = 240_000;

const set = readQuestionSet(import.meta.dirname);

/** What a server on a database of its own is good for, from its start to its end. */
async function onServer<Result>(
  engine: Engine,
  use: (server: AskedServer, database: Awaited<ReturnType<typeof openDatabase>>) => Promise<Result>,
): Promise<Result> {
  const database = await createTestDatabase(engine);
  const folder = mkdtempSync(join(tmpdir(), 'prosa-retrieval-'));
  const settings = { SERVICE_TOKEN, ASKS_PER_MINUTE: '100000', RUNS_PER_PERSON: '100' };
  const place = { DATA_DIR: folder, DATABASE_URL: database.url, LLM_MODELS: 'quotes' };
  const child = await startChildServer({ ...settings, ...place, INGEST_AT_ONCE: '4' });
  const dataSource = await openDatabase(database.target);
  try {
    return await use({ url: child.url, token: SERVICE_TOKEN }, dataSource);
  } finally {
    await dataSource.destroy();
    await child.end('SIGKILL');
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  }
}

let read: readonly ReadDocument[];
let names: ReadonlyMap<number, string>;
let asked: RetrievalScores;

// Reading is the same for every engine, and what is cited of what was found is decided above any.
beforeAll(
  () =>
    onServer('sqlite', async (server, dataSource) => {
      const documents = await AskedDocuments.add(server, set);
      read = await documentsIn(dataSource);
      names = documents.names;
      asked = scoresOf(await documents.askAll(set.questions));
    }),
  LONG_MS,
);

const reachesFloors = (
  floors: Readonly<Partial<RetrievalScores>>,
  scores: () => RetrievalScores,
) => {
  it.each(Object.entries(floors))('should reach its floor of %s, %d', (name, floor) => {
    expect(scores()[name as keyof RetrievalScores]).toBeGreaterThanOrEqual(floor);
  });
};

describe('finding and citing on sqlite', () => {
  reachesFloors({ ...FOUND, ...CITED }, () => asked);
});

describe.each(TEST_SERVERS)('finding on %s', (engine) => {
  let scores: RetrievalScores;

  beforeAll(async () => {
    scores = await onServer(engine, async (server, dataSource) => {
      const collection = await AskedDocuments.newCollection(server);
      const here = await storeIn(dataSource, collection, read, names);
      return scoresOf(await new AskedDocuments(server, here).findAll(set.questions));
    });
  }, LONG_MS);

  reachesFloors(FOUND, () => scores);
});
