import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  Conversation,
  indexEntry,
  inTransaction,
  Post,
  PostPart,
  Run,
  shareCounting,
  storeParts,
  type UnstoredPart,
} from '#db';
import { DataSource, type EntityManager, IsNull, LessThan, Not } from 'typeorm';
import { insertHits } from '../guardrails/events/hits.repository.js';
import type { RailHit } from '../guardrails/judged-text.rules.js';
import type { AnswerSource } from './answer-event.js';
import type { Standing } from './live-run.js';
import { replaceSources } from './post-sources.repository.js';
import { ProcessId } from './process-id.js';
import { nameConversation } from './titles.repository.js';

/** What a run has released since its last checkpoint. */
export interface Checkpoint {
  readonly part: UnstoredPart;
  /** Absent once it is stored. */
  readonly standing: Standing | undefined;
}

/** The end of a run, as it is written. */
export interface Settlement {
  readonly runId: string;
  readonly userId: number;
  readonly conversationId: number;
  readonly post: Pick<Post, 'id' | 'prompt' | 'body' | 'status' | 'errorCode' | 'model'> &
    Pick<Post, 'route' | 'routeReason' | 'promptTokens' | 'bodyTokens' | 'keptIds'>;
  readonly sources: readonly AnswerSource[];
  /** The title that a model wrote; null: none did. */
  readonly written: string | null;
  /** What rails found while it was answered; absent in what an older version has kept on disk. */
  readonly hits?: readonly RailHit[];
  readonly door?: string;
}

/** Runs and the posts they answer. Every write names the owner: a lost run changes nothing. */
@Injectable()
export class RunsRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly process: ProcessId,
  ) {}

  findByKey(userId: number, idempotencyKey: string): Promise<Run | null> {
    return this.dataSource.getRepository(Run).findOneBy({ userId, idempotencyKey });
  }

  /** The run that answers a post now, or answered it last. */
  findLatestOfPost(postId: number): Promise<Run | null> {
    // By its status first: a clock that was set back makes an older run look newer.
    return this.dataSource
      .getRepository(Run)
      .createQueryBuilder('r')
      .where('r.postId = :postId', { postId })
      .orderBy("CASE WHEN r.status = 'answering' THEN 0 ELSE 1 END")
      .addOrderBy('r.startedAt', 'DESC')
      .limit(1)
      .getOne();
  }

  /**
   * Appends released text for many runs at once, and writes what it stands on.
   * @returns the ids of the runs that are still this owner's; nothing was written for the others.
   */
  checkpoint(checkpoints: readonly Checkpoint[]): Promise<Set<string>> {
    return inTransaction(this.dataSource, async (manager) => {
      const parts = checkpoints.map(({ part }) => part);
      const held = await storeParts(manager, this.process.value, parts);
      for (const { part, standing } of checkpoints) {
        if (standing && held.has(part.runId)) {
          const { route, reason: routeReason } = standing;
          await manager.update(Post, { id: part.postId }, { route, routeReason });
          await replaceSources(manager, part.postId, standing.sources);
        }
      }
      return held;
    });
  }

  /**
   * Writes the end of a run: the post, its sources, the search index, the conversation's title
   * where it needs one, and whatever `also` adds, in one transaction.
   * @param also is told whether the run was this owner's to end.
   * @param owner absent: this process.
   * @returns the title if one was made, or false when the run is no longer this owner's.
   */
  settle(
    settlement: Settlement,
    also: (manager: EntityManager, isOurs: boolean) => Promise<void>,
    owner = this.process.value,
  ): Promise<{ title: string | null } | false> {
    return inTransaction(this.dataSource, async (manager) => {
      await shareCounting(manager);
      const { runId, post, sources } = settlement;
      const now = new Date();
      const { affected } = await manager.update(
        Run,
        { id: runId, owner, status: 'answering' },
        { status: post.status, endedAt: now },
      );
      if (affected === 0) {
        // Deleted for good, or ended by another process: its calls are in the ledger all the same.
        await also(manager, false);
        return false;
      }
      const { id: postId, prompt: _, ...columns } = post;
      await manager.update(Post, { id: postId }, { ...columns, finishedAt: now });
      await manager.delete(PostPart, { postId });
      await replaceSources(manager, postId, sources);
      const title = await finishConversation(manager, settlement, now);
      const { userId, conversationId, hits = [], door = 'web' } = settlement;
      await insertHits(manager, hits, { userId, conversationId, postId, runId, door });
      await also(manager, true);
      return { title };
    });
  }

  /** Empties keys older than the time, so that callers may use them again. */
  async forgetKeysBefore(time: Date): Promise<void> {
    await this.dataSource
      .getRepository(Run)
      .update(
        { startedAt: LessThan(time), idempotencyKey: Not(IsNull()), status: Not('answering') },
        { idempotencyKey: null },
      );
  }
}

/** Shows the conversation as just touched, makes it findable, and titles it if nothing did. */
export async function finishConversation(
  manager: EntityManager,
  {
    conversationId,
    userId,
    post,
    written,
  }: Pick<Settlement, 'conversationId' | 'userId' | 'post' | 'written'>,
  now: Date,
): Promise<string | null> {
  await indexEntry(manager, {
    ownerId: userId,
    conversationId,
    postId: post.id,
    text: `${post.prompt}\n${post.body}`,
  });
  await manager.update(Conversation, { id: conversationId }, { updatedAt: now });
  return nameConversation(manager, { conversationId, userId, prompt: post.prompt, written });
}
