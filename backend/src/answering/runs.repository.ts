import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  Conversation,
  forUpdate,
  indexEntry,
  inTransaction,
  Post,
  PostPart,
  Run,
  type RunKind,
  shareCounting,
  storeParts,
  type UnstoredPart,
} from '#db';
import { DataSource, type EntityManager, IsNull, LessThan, Not } from 'typeorm';
import { DomainError } from '../platform/domain-error.js';
import { toWishColumns, type Wishes } from '../posts/wishes.rules.js';
import { leaveLeaf } from '../posts/posts.repository.js';
import type { AnswerSource } from './answer-event.js';
import {
  insertConversation,
  type NewConversation,
} from '../conversations/conversations.repository.js';
import type { Standing } from './live-run.js';
import { replaceSources } from './post-sources.repository.js';
import { ProcessId } from './process-id.js';
import { nameConversation } from './titles.repository.js';

/** What every new run has. */
export interface NewRun {
  readonly id: string;
  readonly userId: number;
  readonly kind: RunKind;
  readonly idempotencyKey: string | null;
  readonly requestHash: string;
  /** Stored with the post at once, so that an answer cut short by a crash still names it. */
  readonly modelId: string;
  /** Null while nothing is traced. */
  readonly traceId: string | null;
  /** Kept with a new post, so that asking it again looks in the same places. */
  readonly wishes: Wishes;
  /** Done last in the transaction that stores it: what it throws undoes all. */
  readonly take?: ((manager: EntityManager, runId: string) => Promise<void>) | undefined;
}

/** What is asked: as a person typed it, and where a command makes more of that, what the model gets. */
export type Wording = Pick<Post, 'prompt' | 'asked'>;

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
   * Stores a new post and its run, and moves the conversation's leaf to it, all or nothing.
   * @param parentId undefined for the leaf, null for a new beginning.
   * @throws {DomainError} CONVERSATION.DELETED, or POST.NOT_FOUND for a parent elsewhere.
   */
  acceptNewPost(
    run: NewRun,
    conversationId: number,
    { prompt, asked }: Wording,
    parentId: number | null | undefined,
  ): Promise<Post> {
    return inTransaction(this.dataSource, async (manager) => {
      const conversation = await lockOnline(manager, conversationId);
      const parent = parentId === undefined ? conversation.leafPostId : parentId;
      if (parent !== null && parent !== conversation.leafPostId) {
        await requireIn(manager, conversationId, parent);
      }
      if (conversation.leafPostId !== null && parent !== conversation.leafPostId) {
        await leaveLeaf(manager, conversation.leafPostId);
      }
      return this.insertPost(manager, run, { prompt, asked, conversationId, parentId: parent });
    });
  }

  /** Stores a new conversation with its first post and run, all or nothing. */
  acceptNewConversation(
    run: NewRun,
    wish: NewConversation,
    { prompt, asked }: Wording,
  ): Promise<Post> {
    return inTransaction(this.dataSource, async (manager) => {
      const { id } = await insertConversation(manager, run.userId, wish);
      return this.insertPost(manager, run, { prompt, asked, conversationId: id, parentId: null });
    });
  }

  /**
   * Opens an ended answer again for a run that goes on in it.
   * @throws {DomainError} POST.STILL_ANSWERING, or POST.NOTHING_TO_CONTINUE for a complete answer.
   */
  acceptContinuation(run: NewRun, conversationId: number, postId: number): Promise<Post> {
    return inTransaction(this.dataSource, async (manager) => {
      await lockOnline(manager, conversationId);
      const post = await manager.findOneByOrFail(Post, { id: postId, conversationId });
      if (post.status === 'answering') {
        throw new DomainError('POST.STILL_ANSWERING');
      }
      if (post.status === 'done' || post.status === 'blocked') {
        throw new DomainError('POST.NOTHING_TO_CONTINUE');
      }
      const now = new Date();
      await this.insertRun(manager, run, postId, now);
      const reopened = { status: 'answering', errorCode: null, model: run.modelId } as const;
      await manager.update(Post, { id: postId }, reopened);
      await manager.update(Conversation, { id: conversationId }, { updatedAt: now });
      await run.take?.(manager, run.id);
      return post;
    });
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

  private async insertPost(
    manager: EntityManager,
    run: NewRun,
    place: Pick<Post, 'prompt' | 'asked' | 'conversationId' | 'parentId'>,
  ): Promise<Post> {
    const now = new Date();
    const post = manager.create(Post, {
      ...place,
      body: '',
      createdAt: now,
      status: 'answering',
      ...{ errorCode: null, model: run.modelId, route: null, routeReason: null },
      ...toWishColumns(run.wishes),
      pinnedAt: null,
      ...{ promptTokens: null, bodyTokens: null, finishedAt: null },
    });
    await manager.insert(Post, post);
    await this.insertRun(manager, run, post.id, now);
    const leaf = { leafPostId: post.id, updatedAt: now };
    await manager.update(Conversation, { id: place.conversationId }, leaf);
    await run.take?.(manager, run.id);
    return post;
  }

  private async insertRun(
    manager: EntityManager,
    { modelId: _, take: __, wishes: ___, ...run }: NewRun,
    postId: number,
    startedAt: Date,
  ) {
    await manager.insert(Run, {
      ...run,
      postId,
      owner: this.process.value,
      status: 'answering',
      startedAt,
      endedAt: null,
    });
  }
}

async function lockOnline(manager: EntityManager, id: number): Promise<Conversation> {
  const conversation = await forUpdate(
    manager.createQueryBuilder(Conversation, 'c').where('c.id = :id', { id }),
  ).getOne();
  if (!conversation) {
    throw new DomainError('CONVERSATION.NOT_FOUND'); // Deleted for good since the check.
  }
  if (conversation.status === 'deleted') {
    throw new DomainError('CONVERSATION.DELETED');
  }
  return conversation;
}

async function requireIn(manager: EntityManager, conversationId: number, id: number) {
  if (!(await manager.existsBy(Post, { id, conversationId }))) {
    throw new DomainError('POST.NOT_FOUND');
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
