import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  Conversation,
  copyWords,
  forUpdate,
  indexCopies,
  indexEntry,
  inCopyingTransaction,
  Post,
  PostSource,
  wordsAreKept,
} from '#db';
import { DataSource, type EntityManager, In, LessThan } from 'typeorm';
import { MasksRepository } from '../../guardrails/masking/masks.repository.js';
import { DomainError } from '../../platform/domain-error.js';
import { BranchIdsRepository } from '../../posts/branch-ids.repository.js';
import { insertConversation } from '../conversations.repository.js';
import { CARRIED } from './carried.rules.js';

/** Posts in one branch copied at most: some ten megabytes of ordinary ones. */
const MOST_POSTS = 5000;

/** Ids in one statement: engines bound what a statement may hold. */
const BATCH = 1000;

/** Posts whose words are made at once: a few milliseconds of the event loop. */
const WORDS_BATCH = 20;

const KEY_KEPT_MS = 24 * 3_600_000;

/** A post of a person's, and what its branch is to become. */
export interface BranchWish {
  /** With its conversation. */
  readonly post: Post;
  readonly key: string | null;
}

/** Conversations that begin with copies of another's posts. */
@Injectable()
export class BranchCopiesRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly branchIds: BranchIdsRepository,
    private readonly masks: MasksRepository,
  ) {}

  findByKey(userId: number, branchKey: string): Promise<Conversation | null> {
    return this.dataSource.getRepository(Conversation).findOneBy({ userId, branchKey });
  }

  /** Empties keys that have been kept for a day, so that a person may use them again. */
  async forgetOldKeys(userId: number, branchKey: string): Promise<void> {
    const before = LessThan(new Date(Date.now() - KEY_KEPT_MS));
    await this.dataSource
      .getRepository(Conversation)
      .update({ userId, branchKey, createdAt: before }, { branchKey: null });
  }

  /** The posts from the beginning of a branch to one of it, oldest first: their ids. */
  async pathTo({ id, conversationId }: Post): Promise<number[]> {
    const path = (await this.branchIds.from(conversationId, id)).reverse();
    if (path.length > MOST_POSTS) {
      throw new DomainError('POST.BRANCH_TOO_LONG', { maximum: MOST_POSTS });
    }
    return path;
  }

  /**
   * Makes the conversation with copies of those posts, all or nothing.
   * @param path ids, oldest first.
   * @throws {DomainError} POST.STILL_ANSWERING, or POST.NOT_FOUND for what was just deleted.
   */
  async create(wish: BranchWish, path: readonly number[]): Promise<number> {
    const { conversation } = wish.post;
    // Made before the transaction: on SQLite everybody waits for the end of one.
    const words = await this.wordsOf(conversation.userId, path);
    return inCopyingTransaction(this.dataSource, async (manager) => {
      const { userId, title, titleByPerson, model, instructions } = conversation;
      const { id } = await insertConversation(manager, userId, {
        ...{ titleByPerson, model, instructions, branchKey: wish.key, channel: 'web' },
        ...(title === null ? {} : { title }),
      });
      await this.masks.copy(manager, wish.post.conversationId, id);
      await copyPosts(manager, id, path);
      const copies = await copiesIn(manager, id, path);
      await copySources(manager, id);
      await indexCopies(manager, id, copies, words);
      if (title !== null) {
        const entry = { conversationId: id, postId: null, text: title };
        await indexEntry(manager, { ownerId: userId, ...entry });
      }
      await nameParents(manager, id);
      await manager.update(Conversation, { id }, { leafPostId: copies.at(-1)?.id ?? null });
      await nameOrigin(manager, id, wish.post);
      return id;
    });
  }

  /** The words of posts by their ids, where they are to be made again. */
  private async wordsOf(
    ownerId: number,
    ids: readonly number[],
  ): Promise<ReadonlyMap<number, string>> {
    const words = new Map<number, string>();
    if (wordsAreKept(this.dataSource)) {
      return words;
    }
    for (const some of batches(ids, WORDS_BATCH)) {
      const posts = await this.dataSource.getRepository(Post).find({
        select: { id: true, prompt: true, body: true },
        where: { id: In(some) },
      });
      for (const { id, prompt, body } of posts) words.set(id, copyWords(ownerId, prompt, body));
    }
    return words;
  }
}

/** Until `nameParents`, `parent_id` names the post that a copy is made of. */
async function copyPosts(
  manager: EntityManager,
  conversationId: number,
  path: readonly number[],
): Promise<void> {
  const columns = manager.dataSource
    .getMetadata(Post)
    .columns.filter(({ propertyName }) => CARRIED[propertyName as keyof typeof CARRIED])
    .map(({ databaseName }) => databaseName)
    .join(', ');
  for (const some of batches(path, BATCH)) {
    await manager.query(
      `INSERT INTO posts (conversation_id, parent_id, ${columns})
       SELECT ${String(conversationId)}, id, ${columns} FROM posts
         WHERE id IN (${some.join(', ')}) AND status <> 'answering' ORDER BY id`,
    );
  }
}

/** The copies, in the order of the path. */
async function copiesIn(
  manager: EntityManager,
  conversationId: number,
  path: readonly number[],
): Promise<{ id: number; originalId: number }[]> {
  const rows = await manager.find(Post, {
    select: { id: true, parentId: true },
    where: { conversationId },
    order: { id: 'ASC' },
  });
  if (rows.length < path.length) {
    const isGone = (await manager.countBy(Post, { id: In(path.slice(-1)) })) === 0;
    throw new DomainError(isGone ? 'POST.NOT_FOUND' : 'POST.STILL_ANSWERING');
  }
  return rows.map(({ id, parentId }, index) => {
    const originalId = path[index];
    // A child's id must be greater than its parent's.
    if (originalId === undefined || parentId !== originalId) {
      throw new Error('Copies were numbered in another order than their posts');
    }
    return { id, originalId };
  });
}

async function copySources(manager: EntityManager, conversationId: number): Promise<void> {
  const columns = manager.dataSource
    .getMetadata(PostSource)
    .columns.map(({ databaseName }) => databaseName)
    .filter((name) => name !== 'post_id');
  await manager.query(
    `INSERT INTO post_sources (post_id, ${columns.join(', ')})
     SELECT p.id, ${columns.map((column) => `s.${column}`).join(', ')}
       FROM posts p INNER JOIN post_sources s ON s.post_id = p.parent_id
       WHERE p.conversation_id = ${String(conversationId)}`,
  );
}

/** Copies are one branch: the parent of each is the one before it. */
async function nameParents(manager: EntityManager, conversationId: number): Promise<void> {
  const id = String(conversationId);
  await manager.query(
    `UPDATE posts SET parent_id =
       (SELECT MAX(q.id) FROM posts q WHERE q.conversation_id = ${id} AND q.id < posts.id)
       WHERE conversation_id = ${id}`,
  );
}

/** Last, because the origin is locked: it may be deleted for good in this moment. */
async function nameOrigin(
  manager: EntityManager,
  id: number,
  { id: branchedPostId, conversationId: branchedFromId }: Post,
): Promise<void> {
  const origin = forUpdate(
    manager
      .createQueryBuilder(Conversation, 'c')
      .select(['c.id'])
      .where('c.id = :id', { id: branchedFromId }),
  );
  if (await origin.getOne()) {
    await manager.update(Conversation, { id }, { branchedFromId, branchedPostId });
  }
}

function batches(ids: readonly number[], size: number): number[][] {
  const count = Math.ceil(ids.length / size);
  return Array.from({ length: count }, (_, n) => ids.slice(n * size, (n + 1) * size));
}
