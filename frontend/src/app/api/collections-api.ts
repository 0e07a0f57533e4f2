import { inject, Service } from '@angular/core';
import { ApiCalls, pageQuery } from './api-calls';
import type { Page } from './contract';
import { changeCollection } from './generated/fn/collections/change-collection';
import { createCollection } from './generated/fn/collections/create-collection';
import { deleteCollection } from './generated/fn/collections/delete-collection';
import { deleteCollectionPermanently } from './generated/fn/collections/delete-collection-permanently';
import { findPeople } from './generated/fn/collections/find-people';
import { getCollection } from './generated/fn/collections/get-collection';
import { getCollectionPeople } from './generated/fn/collections/get-collection-people';
import { getKnowledgeStorage } from './generated/fn/collections/get-knowledge-storage';
import { listCollections } from './generated/fn/collections/list-collections';
import { putCollectionPeople } from './generated/fn/collections/put-collection-people';
import { restoreCollection } from './generated/fn/collections/restore-collection';
import { searchKnowledge } from './generated/fn/knowledge/search-knowledge';
import type { ChangeCollection } from './generated/models/change-collection';
import type {
  Collection,
  CollectionPerson,
  FoundPassage,
  KnowledgeStorage,
  PersonName,
} from './knowledge-contract';

/** So many names are offered at once. */
const OFFERED = 8;

/** What one says of a collection. */
export interface CollectionWish {
  readonly name: string;
  readonly description: string;
}

/** `/api/collections`, who they are shared with, and what is found in them. Rejects with ApiFailure. */
@Service()
export class CollectionsApi {
  private readonly api = inject(ApiCalls);

  /** All that the person may read. */
  list(cursor: string | null, limit: number): Promise<Page<Collection>> {
    return this.api.call(listCollections, pageQuery(cursor, limit));
  }

  /** The person's own that were deleted. */
  listTrash(cursor: string | null, limit: number): Promise<Page<Collection>> {
    return this.api.call(listCollections, { ...pageQuery(cursor, limit), status: 'deleted' });
  }

  /** How much room the person's own documents take. */
  storage(): Promise<KnowledgeStorage> {
    return this.api.call(getKnowledgeStorage, {});
  }

  read(id: number): Promise<Collection> {
    return this.api.call(getCollection, { id });
  }

  create(body: CollectionWish): Promise<Collection> {
    return this.api.call(createCollection, { body });
  }

  change(id: number, body: ChangeCollection): Promise<Collection> {
    return this.api.call(changeCollection, { id, body });
  }

  /** To the trash. */
  remove(id: number): Promise<void> {
    return this.api.call(deleteCollection, { id });
  }

  restore(id: number): Promise<Collection> {
    return this.api.call(restoreCollection, { id });
  }

  removeForGood(id: number): Promise<void> {
    return this.api.call(deleteCollectionPermanently, { id });
  }

  /** With whom it is shared by name. */
  async people(id: number): Promise<readonly CollectionPerson[]> {
    return (await this.api.call(getCollectionPeople, { id })).people;
  }

  async share(
    id: number,
    people: readonly Pick<CollectionPerson, 'userId' | 'role'>[],
  ): Promise<void> {
    const body = { people: people.map(({ userId, role }) => ({ userId, role })) };
    await this.api.call(putCollectionPeople, { id, body });
  }

  /** Whom one can share with, by a part of their names. */
  async findPeople(q: string): Promise<readonly PersonName[]> {
    return (await this.api.call(findPeople, { q, limit: OFFERED })).items;
  }

  /** What an answer would be given to stand on; `collectionIds` null: from all of them. */
  async search(
    q: string,
    collectionIds: readonly number[] | null,
  ): Promise<readonly FoundPassage[]> {
    const within = collectionIds && { collectionIds: collectionIds.join(',') };
    return (await this.api.call(searchKnowledge, { q, ...within })).items;
  }
}
