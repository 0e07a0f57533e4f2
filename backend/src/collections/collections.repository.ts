import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  Collection,
  CollectionShare,
  forUpdate,
  inTransaction,
  isOrphan,
  mayReadCollection,
  User,
} from '#db';
import { DataSource, In, IsNull } from 'typeorm';
import { type CollectionRole, roleIn } from '../platform/collection-role.rules.js';
import type { Cursor } from '../platform/cursor.rules.js';
import { DomainError } from '../platform/domain-error.js';

/** Collections that one person may have, the trash included: more than a list is good for. */
const MOST_COLLECTIONS = 500;

/** A collection, with what a list says of it. */
export interface CollectionItem {
  readonly collection: Collection;
  readonly role: CollectionRole;
  readonly owner: Pick<User, 'id' | 'username' | 'displayName'>;
  readonly documents: number;
}

interface ItemRow {
  readonly share_role: CollectionShare['role'] | null;
  /** A string on PostgreSQL and MariaDB. */
  readonly document_count: number | string;
}

/** What of a collection its people choose. */
export type CollectionWish = Pick<Collection, 'name' | 'description' | 'visibility'>;

/** Collections; no conversation's attachments. */
@Injectable()
export class CollectionsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * What a person may read, or their own in the trash: last changed, or deleted, first.
   * @param limit rows at most.
   */
  async findPage(
    userId: number,
    status: 'online' | 'deleted',
    after: Cursor | undefined,
    limit: number,
  ): Promise<CollectionItem[]> {
    const column = status === 'online' ? 'c.updatedAt' : 'c.deletedAt';
    const query = this.items(userId)
      .where('c.conversation_id IS NULL')
      .andWhere(
        status === 'online'
          ? mayReadCollection('c', ':userId')
          : 'c.user_id = :userId AND c.deleted_at IS NOT NULL',
      )
      .orderBy(column, 'DESC')
      .addOrderBy('c.id', 'DESC')
      .limit(limit);
    if (after) {
      query.andWhere(`(${column} < :time OR (${column} = :time AND c.id < :id))`, {
        time: after.time,
        id: after.id,
      });
    }
    const { entities, raw } = await query.getRawAndEntities<ItemRow>();
    return entities.map((collection, row) => itemOf(collection, raw[row], userId));
  }

  /** One, with what a list says of it; undefined when it is gone. Ask for access first. */
  async findItem(userId: number, id: number): Promise<CollectionItem | undefined> {
    const query = this.items(userId).where('c.id = :id', { id });
    const { entities, raw } = await query.getRawAndEntities<ItemRow>();
    return entities[0] && itemOf(entities[0], raw[0], userId);
  }

  /** The id of a person's oldest collection of that name, the trash left out. */
  async findOwn(userId: number, name: string): Promise<number | undefined> {
    const found = await this.dataSource.getRepository(Collection).findOne({
      where: { userId, name, conversationId: IsNull(), deletedAt: IsNull() },
      order: { id: 'ASC' },
      select: { id: true },
    });
    return found?.id;
  }

  /** @throws {DomainError} COLLECTION.TOO_MANY, or AUTH.SESSION_ENDED for somebody just deleted. */
  create(userId: number, wish: CollectionWish): Promise<Collection> {
    const now = new Date();
    return inTransaction(this.dataSource, async (manager) => {
      const own = manager.createQueryBuilder(User, 'user').select('user.id').where({ id: userId });
      if (!(await forUpdate(own).getOne())) throw new DomainError('AUTH.SESSION_ENDED');
      const count = await manager
        .createQueryBuilder(Collection, 'c')
        .where('c.user_id = :userId AND c.conversation_id IS NULL', { userId })
        .getCount();
      if (count >= MOST_COLLECTIONS) {
        throw new DomainError('COLLECTION.TOO_MANY', { maximum: MOST_COLLECTIONS });
      }
      const collection = manager.create(Collection, {
        ...wish,
        ...{ userId, conversationId: null, createdAt: now, updatedAt: now, deletedAt: null },
      });
      await manager.insert(Collection, collection);
      return collection;
    });
  }

  /** The attachments of a conversation; undefined before the first. */
  async findAttachments(conversationId: number): Promise<Collection | undefined> {
    const collections = this.dataSource.getRepository(Collection);
    return (await collections.findOneBy({ conversationId })) ?? undefined;
  }

  /**
   * Makes the collection of a conversation's attachments where there is none; of several that do so
   * at once one is kept.
   * @throws {DomainError} CONVERSATION.NOT_FOUND when the conversation was just deleted for good.
   */
  async makeAttachments(userId: number, conversationId: number): Promise<Collection> {
    const now = new Date();
    try {
      await this.dataSource
        .createQueryBuilder()
        .insert()
        .into(Collection)
        .values({
          ...{ userId, conversationId, name: '', description: '', visibility: 'private' },
          ...{ createdAt: now, updatedAt: now, deletedAt: null },
        })
        .orIgnore()
        .execute();
    } catch (error) {
      throw isOrphan(error) ? new DomainError('CONVERSATION.NOT_FOUND') : error;
    }
    const made = await this.findAttachments(conversationId);
    if (!made) throw new DomainError('CONVERSATION.NOT_FOUND');
    return made;
  }

  async change(id: number, columns: Partial<CollectionWish>): Promise<void> {
    await this.dataSource
      .getRepository(Collection)
      .update({ id }, { ...columns, updatedAt: new Date() });
  }

  /** @param time null takes it out of the trash. */
  async mark(id: number, time: Date | null): Promise<void> {
    await inTransaction(this.dataSource, (manager) =>
      manager.update(Collection, { id }, { deletedAt: time }),
    );
  }

  /** In the trash since before the time, whoever's; attachments go with their conversation. */
  async findIdsDeletedBefore(time: Date, limit: number): Promise<number[]> {
    const rows = await this.dataSource
      .getRepository(Collection)
      .createQueryBuilder('c')
      .select('c.id')
      .where('c.deleted_at < :time AND c.conversation_id IS NULL', { time })
      .limit(limit)
      .getMany();
    return rows.map(({ id }) => id);
  }

  /** Deletes collections that hold no documents any more. */
  async deleteEmpty(ids: readonly number[]): Promise<void> {
    await this.dataSource
      .getRepository(Collection)
      .createQueryBuilder()
      .delete()
      .where({ id: In([...ids]) })
      .andWhere('NOT EXISTS (SELECT 1 FROM documents d WHERE d.collection_id = collections.id)')
      .execute();
  }

  private items(userId: number) {
    return this.dataSource
      .getRepository(Collection)
      .createQueryBuilder('c')
      .innerJoinAndSelect('c.user', 'u')
      .leftJoin(CollectionShare, 's', 's.collection_id = c.id AND s.user_id = :userId', { userId })
      .addSelect('s.role', 'share_role')
      .addSelect(
        `(SELECT COUNT(*) FROM documents d WHERE d.collection_id = c.id AND d.deleted_at IS NULL
          AND EXISTS (SELECT 1 FROM document_versions v
            WHERE v.document_id = d.id AND v.status <> 'receiving'))`,
        'document_count',
      );
  }
}

function itemOf(collection: Collection, row: ItemRow | undefined, userId: number): CollectionItem {
  return {
    collection,
    role: roleIn(collection, userId, row?.share_role ?? null),
    owner: collection.user,
    documents: Number(row?.document_count ?? 0),
  };
}
