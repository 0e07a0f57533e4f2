import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Conversation, ConversationMask, forUpdate, inTransaction, Post } from '#db';
import { DataSource, type EntityManager, In } from 'typeorm';
import type { HiddenValue, NameOf } from './masked-text.js';
import { UNNAMED } from './masked-text.js';
import { MaskingKey } from './masking-key.js';
import { comparable, placeholder } from './placeholder.rules.js';

/** What placeholders of a conversation stand for, by what they look like. */
export type ValuesByPlaceholder = ReadonlyMap<string, string>;

/** Values of one conversation that are told apart: far more than people write. */
const MOST_OF_CONVERSATION = 10_000;

/** Values in one statement; engines bound what a statement may hold. */
const AT_ONCE = 500;

/** What stands for people's data in conversations, and, sealed, what it stands for. */
@Injectable()
export class MasksRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly key: MaskingKey,
  ) {}

  /**
   * Gives values their placeholders; the same value has the same one in all of a conversation.
   * @param manager of a transaction that holds the conversation's row locked, or has just made it.
   */
  async name(
    manager: EntityManager,
    conversationId: number,
    values: readonly HiddenValue[],
  ): Promise<NameOf> {
    if (values.length === 0) return UNNAMED;
    const wanted = new Map(values.map((value) => [this.digestOf(conversationId, value), value]));
    const names = await this.known(manager, conversationId, [...wanted.keys()]);
    const fresh = [...wanted].filter(([digest]) => !names.has(digest));
    if (fresh.length > 0) {
      const rows = await this.numbered(manager, conversationId, fresh);
      for (const some of batches(rows)) await manager.insert(ConversationMask, some);
      for (const { digest, kind, n } of rows) names.set(digest, placeholder(kind, n));
    }
    return (value) => names.get(this.digestOf(conversationId, value)) ?? UNNAMED(value);
  }

  /** The same in a transaction of its own. A conversation that is gone names nothing. */
  nameNow(conversationId: number, values: readonly HiddenValue[]): Promise<NameOf> {
    if (values.length === 0) return Promise.resolve(UNNAMED);
    return inTransaction(this.dataSource, async (manager) => {
      const locked = await forUpdate(
        manager
          .createQueryBuilder(Conversation, 'c')
          .select(['c.id'])
          .where('c.id = :id', { id: conversationId }),
      ).getOne();
      return locked ? this.name(manager, conversationId, values) : UNNAMED;
    });
  }

  /** What the placeholders of conversations stand for. What another key has sealed is missing. */
  async valuesOf(conversationIds: readonly number[]): Promise<Map<number, ValuesByPlaceholder>> {
    const rows = await this.dataSource
      .getRepository(ConversationMask)
      .findBy({ conversationId: In([...conversationIds]) });
    const values = new Map<number, Map<string, string>>();
    for (const { conversationId, kind, n, sealed } of rows) {
      const value = this.key.open(sealed, placeOf(conversationId, kind));
      if (value === undefined) continue;
      const own = values.get(conversationId) ?? new Map<string, string>();
      values.set(conversationId, own.set(placeholder(kind, n), value));
    }
    return values;
  }

  /** The same of the conversation that a post belongs to. */
  async valuesOfPost(postId: number): Promise<ValuesByPlaceholder> {
    const post = await this.dataSource
      .getRepository(Post)
      .findOne({ select: { id: true, conversationId: true }, where: { id: postId } });
    const values = post && (await this.valuesOf([post.conversationId])).get(post.conversationId);
    return values ?? new Map();
  }

  /** Lets the placeholders of a conversation stand for the same in a copy of it. */
  async copy(manager: EntityManager, fromId: number, toId: number): Promise<void> {
    const rows = await manager.findBy(ConversationMask, { conversationId: fromId });
    const copies = rows.flatMap(({ kind, n, sealed, createdAt }) => {
      const value = this.key.open(sealed, placeOf(fromId, kind));
      if (value === undefined) return [];
      const digest = this.digestOf(toId, { kind, value });
      const again = this.key.seal(value, placeOf(toId, kind));
      return [{ conversationId: toId, kind, n, digest, sealed: again, createdAt }];
    });
    for (const some of batches(copies)) await manager.insert(ConversationMask, some);
  }

  private async known(
    manager: EntityManager,
    conversationId: number,
    digests: readonly string[],
  ): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    for (const some of batches(digests)) {
      const rows = await manager.find(ConversationMask, {
        select: { id: true, digest: true, kind: true, n: true },
        where: { conversationId, digest: In(some) },
      });
      for (const { digest, kind, n } of rows) names.set(digest, placeholder(kind, n));
    }
    return names;
  }

  private async numbered(
    manager: EntityManager,
    conversationId: number,
    fresh: readonly (readonly [string, HiddenValue])[],
  ): Promise<Omit<ConversationMask, 'id' | 'conversation'>[]> {
    const highest = await this.highest(manager, conversationId);
    const total = [...highest.values()].reduce((sum, n) => sum + n, 0);
    const createdAt = new Date();
    return fresh.slice(0, Math.max(0, MOST_OF_CONVERSATION - total)).map(([digest, found]) => {
      const { kind, value } = found;
      const n = (highest.get(kind) ?? 0) + 1;
      highest.set(kind, n);
      const sealed = this.key.seal(value, placeOf(conversationId, kind));
      return { conversationId, kind, n, digest, sealed, createdAt };
    });
  }

  private async highest(
    manager: EntityManager,
    conversationId: number,
  ): Promise<Map<string, number>> {
    const rows = await manager
      .createQueryBuilder(ConversationMask, 'm')
      .select('m.kind', 'kind')
      .addSelect('MAX(m.n)', 'highest')
      .where('m.conversationId = :conversationId', { conversationId })
      .groupBy('m.kind')
      .getRawMany<{ kind: string; highest: number }>();
    return new Map(rows.map(({ kind, highest }) => [kind, Number(highest)]));
  }

  private digestOf(conversationId: number, { kind, value }: HiddenValue): string {
    return this.key.digest('mask', `${String(conversationId)} ${kind} ${comparable(kind, value)}`);
  }
}

/** What is sealed for one conversation opens nothing in another. */
const placeOf = (conversationId: number, kind: string): string =>
  `mask:${String(conversationId)}:${kind}`;

function batches<One>(all: readonly One[]): One[][] {
  const count = Math.ceil(all.length / AT_ONCE);
  return Array.from({ length: count }, (_, n) => all.slice(n * AT_ONCE, (n + 1) * AT_ONCE));
}
