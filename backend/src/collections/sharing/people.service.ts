import { Injectable } from '@nestjs/common';
import { Access } from '../../platform/access.js';
import type { Caller } from '../../platform/caller.js';
import { decodeCursor, encodeCursor } from '../../platform/cursor.rules.js';
import { DomainError } from '../../platform/domain-error.js';
import { type Page, toPage } from '../../platform/page.schema.js';
import { toNamedPerson } from '../collection.response.js';
import type { FindPeople, NamedPerson, PutPeople, SharedPeople } from '../collections.schema.js';
import { PeopleRepository } from './people.repository.js';

/** With whom an owner shares a collection. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly access: Access,
    private readonly people: PeopleRepository,
  ) {}

  /** @throws {DomainError} COLLECTION.NOT_FOUND, or COLLECTION.READ_ONLY for who does not own it. */
  async sharedWith(caller: Caller, collectionId: number): Promise<SharedPeople> {
    await this.access.ownCollection(caller, collectionId);
    const shared = await this.people.findShared(collectionId);
    return {
      people: shared.map(({ person, role }) => {
        const { id: userId, name } = toNamedPerson(person);
        return { userId, role, name };
      }),
    };
  }

  /** @throws {DomainError} as `sharedWith`, and COLLECTION.DELETED or USER.NOT_FOUND. */
  async shareWith(caller: Caller, id: number, { people }: PutPeople): Promise<SharedPeople> {
    const { deletedAt } = await this.access.ownCollection(caller, id);
    if (deletedAt) throw new DomainError('COLLECTION.DELETED');
    await this.people.replaceShared(id, people);
    return this.sharedWith(caller, id);
  }

  /** Everybody but the caller, in the order they came. */
  async find(caller: Caller, { q, cursor, limit }: FindPeople): Promise<Page<NamedPerson>> {
    const after = cursor === undefined ? undefined : decodeCursor(cursor, ['n']).id;
    const rows = await this.people.findActive(caller.id, q.trim(), after, limit + 1);
    const { items, nextCursor } = toPage(rows, limit, ({ id, createdAt }) =>
      encodeCursor({ part: 'n', time: createdAt, id }),
    );
    return { items: items.map(toNamedPerson), nextCursor };
  }
}
