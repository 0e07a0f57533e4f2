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
import { Guardrails } from '../../guardrails/guardrails.js';
import { MaskedText } from '../../guardrails/masking/masked-text.js';
import { MaskingKey } from '../../guardrails/masking/masking-key.js';
import { MasksRepository } from '../../guardrails/masking/masks.repository.js';
import { inForce } from '../../../test/harness/plain-rails.js';
import { AcceptingRepository, type NewRun } from '../accepting.repository.js';
import { ProcessId } from '../process-id.js';
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
    ...{ modelId: 'quotes', traceId: null, wishes: NO_WISHES, door: 'web' },
    guarded: {
      ...{ policyId: 1, hits: [], asked: null, ending: undefined },
      typed: new MaskedText('diga'),
      instructions: { person: null, conversation: null },
    },
    giveBack: () => Promise.resolve(),
    ...change,
  });

  const accepting = (process: ProcessId) => {
    const key = new MaskingKey({
      MASKING_KEY: 'a key of a test, thirty-two bytes long',
      DATA_DIR: '',
    });
    const masks = new MasksRepository(dataSource, key);
    return new AcceptingRepository(dataSource, process, masks, new Guardrails(inForce()));
  };

  /** An answer whose process was lost after its readers had seen more than was stored. */
  async function givenAnInterrupted(id: string) {
    const gone = new ProcessId();
    const { post } = await accepting(gone).newPost(aRun(id), conversationId, undefined);
    const { id: postId } = post;
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
    const { post } = await accepting(new ProcessId()).continuation(goesOn, conversationId, postId);
    const { body } = post;
    expect(await appended).toBe(false);
    expect(await bodyOf(postId)).toBe(body);
  });
});
