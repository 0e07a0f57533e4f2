import { inject, Service } from '@angular/core';
import type { Page } from './contract';
import type {
  Collection,
  CollectionPerson,
  CollectionVisibility,
  FoundPassage,
  PersonName,
} from './knowledge-contract';
import { PlainCalls } from './plain-calls';

/** What one says of a collection. */
export interface CollectionWish {
  readonly name: string;
  readonly description: string;
}

/** `/api/collections`, who they are shared with, and what is found in them. Rejects with ApiFailure. */
@Service()
export class CollectionsApi {
  private readonly api = inject(PlainCalls);

  /** All that the person may read. */
  list(cursor: string | null, limit: number): Promise<Page<Collection>> {
    return this.api.get('/api/collections', { cursor, limit });
  }

  /** The person's own that were deleted. */
  listTrash(cursor: string | null, limit: number): Promise<Page<Collection>> {
    return this.api.get('/api/collections', { cursor, limit, status: 'deleted' });
  }

  read(id: number): Promise<Collection> {
    return this.api.get(`/api/collections/${id}`);
  }

  create(body: CollectionWish): Promise<Collection> {
    return this.api.send('POST', '/api/collections', { body });
  }

  change(
    id: number,
    body: Partial<CollectionWish> & { readonly visibility?: CollectionVisibility },
  ): Promise<Collection> {
    return this.api.send('PATCH', `/api/collections/${id}`, { body });
  }

  /** To the trash. */
  remove(id: number): Promise<void> {
    return this.api.send('DELETE', `/api/collections/${id}`);
  }

  restore(id: number): Promise<Collection> {
    return this.api.send('POST', `/api/collections/${id}/restore`);
  }

  removeForGood(id: number): Promise<void> {
    return this.api.send('DELETE', `/api/collections/${id}/permanently`);
  }

  /** With whom it is shared by name. */
  async people(id: number): Promise<readonly CollectionPerson[]> {
    const { people } = await this.api.get<{ people: CollectionPerson[] }>(
      `/api/collections/${id}/people`,
    );
    return people;
  }

  async share(
    id: number,
    people: readonly Pick<CollectionPerson, 'userId' | 'role'>[],
  ): Promise<void> {
    await this.api.send('PUT', `/api/collections/${id}/people`, {
      body: { people: people.map(({ userId, role }) => ({ userId, role })) },
    });
  }

  /** Whom one can share with, by the beginning of a name. */
  async findPeople(q: string): Promise<readonly PersonName[]> {
    return (await this.api.get<{ items: PersonName[] }>('/api/people', { q })).items;
  }

  /** What an answer would be given to stand on; `collectionIds` null: from all of them. */
  async search(
    q: string,
    collectionIds: readonly number[] | null,
  ): Promise<readonly FoundPassage[]> {
    const path = '/api/knowledge/search';
    return (await this.api.get<{ items: FoundPassage[] }>(path, { q, collectionIds })).items;
  }
}
