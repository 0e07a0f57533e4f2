import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase, Post, Run } from '#db';
import type { DataSource } from 'typeorm';
import {
  createTestDatabase,
  TEST_ENGINES,
  type TestDatabase,
} from '../../../../db/test/test-databases.js';
import { Library } from '../../../test/knowledge/library.js';
import { NO_WISHES } from '../../posts/wishes.rules.js';
import { ProcessId } from '../process-id.js';
import { type NewRun, RunsRepository } from '../runs.repository.js';
import { SpoolRepository } from './spool.repository.js';

describe.each(TEST_ENGINES)(`${SpoolRepository.name} on %s`, (engine) => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let userId: number;
  let conversationId: number;

  beforeAll(async () => {
    database = await createTestDatabase(engine);
    dataSource = await openDatabase(database.target);
    const library = new Library(dataSource);
    userId = await library.aPerson('ana');
    conversationId = await library.aConversation(userId);
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const aRun = (id: string, change: Partial<NewRun> = {}): NewRun => ({
    ...{ id: id.repeat(32), userId, kind: 'ask', idempotencyKey: null, requestHash: '' },
    ...{ modelId: 'quotes', traceId: null, wishes: NO_WISHES },
    ...change,
  });

  /** An answer whose process was lost after its readers had seen more than was stored. */
  async function givenAnInterrupted(id: string) {
    const gone = new ProcessId();
    const runs = new RunsRepository(dataSource, gone);
    const wording = { prompt: 'diga', asked: null };
    const { id: postId } = await runs.acceptNewPost(aRun(id), conversationId, wording, undefined);
    const ended = { status: 'interrupted', body: 'um ', errorCode: 'RUN.INTERRUPTED' } as const;
    await dataSource.getRepository(Post).update({ id: postId }, ended);
    await dataSource.getRepository(Run).update({ postId }, { status: 'interrupted' });
    return { postId, of: { runId: id.repeat(32), postId, owner: gone.value } };
  }
  const bodyOf = async (id: number) =>
    (await dataSource.getRepository(Post).findOneByOrFail({ id })).body;
  const SEEN = { start: 0, text: 'um dois' };

  it('should give an answer that nobody touched the rest of what its readers saw', async () => {
    const { postId, of } = await givenAnInterrupted('a');
    expect(await new SpoolRepository(dataSource).appendShown(of, SEEN)).toBe(true);
    expect(await bodyOf(postId)).toBe('um dois');
  });

  it('should leave one alone that somebody goes on with in the same moment', async () => {
    const { postId, of } = await givenAnInterrupted('b');
    let appended: Promise<boolean> | undefined;
    const take = async (): Promise<void> => {
      appended = new SpoolRepository(dataSource).appendShown(of, SEEN);
      // Time enough to read what this transaction is about to change, for one that does not wait.
      await sleep(300);
    };
    const goesOn = aRun('c', { kind: 'continue', take });
    const runs = new RunsRepository(dataSource, new ProcessId());
    const { body } = await runs.acceptContinuation(goesOn, conversationId, postId);
    expect(await appended).toBe(false);
    expect(await bodyOf(postId)).toBe(body);
  });
});
