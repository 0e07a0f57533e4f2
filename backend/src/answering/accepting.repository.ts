import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  Conversation,
  forUpdate,
  inTransaction,
  Post,
  Run,
  type RunKind,
  shareCounting,
  Usage,
} from '#db';
import { DataSource, type EntityManager } from 'typeorm';
import {
  insertConversation,
  type NewConversation,
} from '../conversations/conversations.repository.js';
import { insertHits } from '../guardrails/events/hits.repository.js';
import type { GuardedPrompt, ReleasedText } from '../guardrails/guarded.js';
import { Guardrails } from '../guardrails/guardrails.js';
import { MasksRepository } from '../guardrails/masking/masks.repository.js';
import { DomainError } from '../platform/domain-error.js';
import { leaveLeaf } from '../posts/posts.repository.js';
import { toWishColumns, type Wishes } from '../posts/wishes.rules.js';
import { ProcessId } from './process-id.js';
import { finishConversation } from './runs.repository.js';
import { type GuardedAsk, hiddenValuesOf, named } from './guarded-ask.js';
import type { Instructions } from './system-prompt.js';

/** What every new run has. */
export interface NewRun {
  readonly id: string;
  readonly userId: number;
  readonly door: string;
  readonly kind: RunKind;
  readonly idempotencyKey: string | null;
  readonly requestHash: string;
  /** Stored with the post at once, so that an answer cut short by a crash still names it. */
  readonly modelId: string;
  /** Null while nothing is traced. */
  readonly traceId: string | null;
  /** Kept with a new post, so that asking it again looks in the same places. */
  readonly wishes: Wishes;
  /** What is asked, as the rails let it pass; or how they have ended it. */
  readonly guarded: GuardedAsk;
  /** Done last in the transaction that stores it: what it throws undoes all. */
  readonly take?: ((manager: EntityManager, runId: string) => Promise<void>) | undefined;
  /** Done after that where the rails have ended it: it takes nothing any more. */
  readonly giveBack: (
    manager: EntityManager,
    runId: string,
    status: Post['status'],
  ) => Promise<void>;
}

/** A run that was stored, and what its model may be sent. */
export interface Stored {
  readonly post: Post;
  /** What the model is asked. */
  readonly prompt: GuardedPrompt;
  /** What the person typed. */
  readonly typed: GuardedPrompt;
  readonly instructions: Instructions;
  /** What the body held already. */
  readonly earlierText: ReleasedText;
}

type Place = Pick<Post, 'conversationId' | 'parentId'>;

/** Stores what is asked, and only as the rails let it pass: all of it or nothing. */
@Injectable()
export class AcceptingRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly process: ProcessId,
    private readonly masks: MasksRepository,
    private readonly guardrails: Guardrails,
  ) {}

  findByKey(userId: number, idempotencyKey: string): Promise<Run | null> {
    return this.dataSource.getRepository(Run).findOneBy({ userId, idempotencyKey });
  }

  /**
   * Stores a new post and its run, and moves the conversation's leaf to it, all or nothing.
   * @param parentId undefined for the leaf, null for a new beginning.
   * @throws {DomainError} CONVERSATION.DELETED, or POST.NOT_FOUND for a parent elsewhere.
   */
  newPost(
    run: NewRun,
    conversationId: number,
    parentId: number | null | undefined,
  ): Promise<Stored> {
    return inTransaction(this.dataSource, async (manager) => {
      if (run.guarded.ending) await shareCounting(manager);
      const conversation = await lockOnline(manager, conversationId);
      const parent = parentId === undefined ? conversation.leafPostId : parentId;
      if (parent !== null && parent !== conversation.leafPostId) {
        await requireIn(manager, conversationId, parent);
      }
      if (conversation.leafPostId !== null && parent !== conversation.leafPostId) {
        await leaveLeaf(manager, conversation.leafPostId);
      }
      return this.insertPost(manager, run, { conversationId, parentId: parent });
    });
  }

  /** Stores a new conversation with its first post and run, all or nothing. */
  newConversation(run: NewRun, wish: NewConversation): Promise<Stored> {
    return inTransaction(this.dataSource, async (manager) => {
      if (run.guarded.ending) await shareCounting(manager);
      const { id } = await insertConversation(manager, run.userId, wish);
      return this.insertPost(manager, run, { conversationId: id, parentId: null });
    });
  }

  /**
   * Opens an ended answer again for a run that goes on in it. Its prompt is stored as the rails let
   * it pass now.
   * @throws {DomainError} POST.STILL_ANSWERING, or POST.NOTHING_TO_CONTINUE for a complete answer.
   */
  continuation(run: NewRun, conversationId: number, postId: number): Promise<Stored> {
    return inTransaction(this.dataSource, async (manager) => {
      await lockOnline(manager, conversationId);
      const post = await manager.findOneByOrFail(Post, { id: postId, conversationId });
      if (post.status === 'answering') {
        throw new DomainError('POST.STILL_ANSWERING');
      }
      if (post.status === 'done' || post.status === 'blocked') {
        throw new DomainError('POST.NOTHING_TO_CONTINUE');
      }
      const texts = await this.textsOf(manager, run.guarded, conversationId);
      const { prompt, asked } = texts;
      const now = new Date();
      await this.insertRun(manager, run, post, now);
      const reopened = { status: 'answering', errorCode: null, model: run.modelId } as const;
      await manager.update(Post, { id: postId }, { ...reopened, prompt, asked });
      await manager.update(Conversation, { id: conversationId }, { updatedAt: now });
      await run.take?.(manager, run.id);
      return this.storedOf({ ...post, prompt, asked }, texts);
    });
  }

  private async insertPost(manager: EntityManager, run: NewRun, place: Place): Promise<Stored> {
    const { guarded, modelId } = run;
    const { ending } = guarded;
    const texts = await this.textsOf(manager, guarded, place.conversationId);
    const now = new Date();
    const post = manager.create(Post, {
      ...place,
      ...{ prompt: texts.prompt, asked: texts.asked, body: ending?.body ?? '' },
      createdAt: now,
      status: ending?.status ?? 'answering',
      errorCode: ending?.errorCode ?? null,
      ...{ model: ending ? null : modelId, route: null, routeReason: null },
      ...toWishColumns(run.wishes),
      pinnedAt: null,
      ...{ promptTokens: null, bodyTokens: null, finishedAt: ending ? now : null },
      policyId: guarded.policyId,
    });
    await manager.insert(Post, post);
    await this.insertRun(manager, run, post, now);
    const leaf = { leafPostId: post.id, updatedAt: now };
    await manager.update(Conversation, { id: place.conversationId }, leaf);
    await run.take?.(manager, run.id);
    if (ending) await this.end(manager, run, post, now);
    return this.storedOf(post, texts);
  }

  /** What the rails have ended, or answered: nothing of it is left to be done. */
  private async end(manager: EntityManager, run: NewRun, post: Post, now: Date): Promise<void> {
    await run.giveBack(manager, run.id, post.status);
    if (post.status !== 'done') return; // A notice is no title, and nobody looks for it.
    const { userId } = run;
    const { conversationId } = post;
    await finishConversation(manager, { conversationId, userId, post, written: null }, now);
  }

  private async textsOf(manager: EntityManager, guarded: GuardedAsk, conversationId: number) {
    const values = hiddenValuesOf(guarded);
    return named(guarded, await this.masks.name(manager, conversationId, values));
  }

  private storedOf(post: Post, { prompt, asked, instructions }: ReturnType<typeof named>): Stored {
    const earlierText = this.guardrails.stored(post.body);
    return { post, instructions, earlierText, typed: prompt, prompt: asked ?? prompt };
  }

  private async insertRun(
    manager: EntityManager,
    { id, userId, kind, idempotencyKey, requestHash, traceId, door, guarded }: NewRun,
    { id: postId, conversationId }: Pick<Post, 'id' | 'conversationId'>,
    startedAt: Date,
  ) {
    const { hits, ending } = guarded;
    await manager.insert(Run, {
      ...{ id, userId, kind, idempotencyKey, requestHash, traceId, postId, startedAt },
      owner: this.process.value,
      status: ending?.status ?? 'answering',
      endedAt: ending ? startedAt : null,
    });
    await insertHits(manager, hits, { userId, conversationId, postId, runId: id, door });
    // It was judged, and paid for, before it had a place.
    if (guarded.wasJudged) await manager.update(Usage, { runId: id }, { conversationId, postId });
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
