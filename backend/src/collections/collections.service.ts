import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access.js';
import type { Caller } from '../platform/caller.js';
import { decodeCursor, encodeCursor } from '../platform/cursor.rules.js';
import { DomainError } from '../platform/domain-error.js';
import { type Page, toPage } from '../platform/page.schema.js';
import { type CollectionItem, CollectionsRepository } from './collections.repository.js';
import type { ChangeCollection, ListCollections, NewCollection } from './collections.schema.js';
import { Removal } from './trash/removal.js';

/** The collections that a person has or may read, and what changes in them. */
@Injectable()
export class CollectionsService {
  constructor(
    private readonly access: Access,
    private readonly collections: CollectionsRepository,
    private readonly removal: Removal,
  ) {}

  async list(
    caller: Caller,
    { status, cursor, limit }: ListCollections,
  ): Promise<Page<CollectionItem>> {
    const part = status === 'online' ? 'u' : 'd';
    const after = cursor === undefined ? undefined : decodeCursor(cursor, [part]);
    const rows = await this.collections.findPage(caller.id, status, after, limit + 1);
    return toPage(rows, limit, ({ collection: { id, updatedAt, deletedAt } }) =>
      encodeCursor({ part, time: deletedAt ?? updatedAt, id }),
    );
  }

  /** @throws {DomainError} COLLECTION.TOO_MANY */
  async create(caller: Caller, wish: NewCollection): Promise<CollectionItem> {
    const { name, description = '', visibility = 'private' } = wish;
    const { id } = await this.collections.create(caller.id, { name, description, visibility });
    return this.item(caller, id);
  }

  /** The caller's oldest collection of that name; undefined where there is none. */
  findOwn(caller: Caller, name: string): Promise<number | undefined> {
    return this.collections.findOwn(caller.id, name);
  }

  /** @throws {DomainError} COLLECTION.NOT_FOUND */
  async get(caller: Caller, id: number): Promise<CollectionItem> {
    await this.access.collection(caller, id);
    return this.item(caller, id);
  }

  /** @throws {DomainError} COLLECTION.NOT_FOUND, COLLECTION.READ_ONLY or COLLECTION.DELETED. */
  async change(caller: Caller, id: number, wish: ChangeCollection): Promise<CollectionItem> {
    await this.access.editableCollection(caller, id);
    if (wish.visibility !== undefined) await this.access.ownCollection(caller, id);
    if (Object.keys(wish).length > 0) await this.collections.change(id, wish);
    return this.get(caller, id);
  }

  /** Moves it to the trash. Doing so again changes nothing. */
  async moveToTrash(caller: Caller, id: number): Promise<void> {
    const { deletedAt } = await this.access.ownCollection(caller, id);
    if (!deletedAt) await this.collections.mark(id, new Date());
  }

  /** Takes it out of the trash. Doing so again changes nothing. */
  async restore(caller: Caller, id: number): Promise<CollectionItem> {
    await this.access.ownCollection(caller, id);
    await this.collections.mark(id, null);
    return this.item(caller, id);
  }

  async deleteForGood(caller: Caller, id: number): Promise<void> {
    await this.access.ownCollection(caller, id);
    await this.removal.removeCollection(id);
  }

  private async item(caller: Caller, id: number): Promise<CollectionItem> {
    const item = await this.collections.findItem(caller.id, id);
    // It was deleted for good since the check.
    if (!item) throw new DomainError('COLLECTION.NOT_FOUND');
    return item;
  }
}
