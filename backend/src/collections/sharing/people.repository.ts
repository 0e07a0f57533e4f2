import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  Collection,
  CollectionShare,
  forUpdate,
  inTransaction,
  ROLES,
  type ShareRole,
  User,
} from '#db';
import { DataSource, In } from 'typeorm';
import { DomainError } from '../../platform/domain-error.js';

/** Somebody, and what a collection is shared with them as. */
export interface SharedPerson {
  readonly person: User;
  readonly role: ShareRole;
}

/** What a collection is to be shared with somebody as. */
export type ShareWish = Pick<CollectionShare, 'userId' | 'role'>;

/** People to share with: not the built-in member. */
const A_PERSON = { role: In([...ROLES]) };

/** With whom collections are shared. */
@Injectable()
export class PeopleRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** With whom a collection is shared, by name. */
  async findShared(collectionId: number): Promise<SharedPerson[]> {
    const rows = await this.dataSource.getRepository(CollectionShare).find({
      where: { collectionId },
      relations: { user: true },
    });
    return rows
      .map(({ user, role }) => ({ person: user, role }))
      .sort((one, other) => (one.person.username < other.person.username ? -1 : 1));
  }

  /**
   * Shares a collection with these people and nobody else.
   * @throws {DomainError} USER.NOT_FOUND for one who does not exist, is suspended or owns it;
   *   COLLECTION.NOT_FOUND when it was just deleted for good. Then nothing was changed.
   */
  async replaceShared(collectionId: number, wishes: readonly ShareWish[]): Promise<void> {
    const ids = wishes.map(({ userId }) => userId);
    await inTransaction(this.dataSource, async (manager) => {
      const query = manager.createQueryBuilder(Collection, 'c').where({ id: collectionId });
      const collection = await forUpdate(query).getOne();
      if (!collection) throw new DomainError('COLLECTION.NOT_FOUND');
      const known = await manager.find(User, {
        select: { id: true, suspendedAt: true },
        where: { id: In(ids), ...A_PERSON },
      });
      const active = known.filter(
        ({ id, suspendedAt }) => !suspendedAt && id !== collection.userId,
      );
      if (active.length < ids.length) throw new DomainError('USER.NOT_FOUND');
      await manager.delete(CollectionShare, { collectionId });
      await manager.insert(
        CollectionShare,
        wishes.map(({ userId, role }) => ({ collectionId, userId, role })),
      );
    });
  }

  /**
   * People who sign in, by username.
   * @param but somebody to leave out.
   * @param q part of a name or of a username; upper and lower case are the same.
   * @param after the id of the last person of the page before; undefined for the first page.
   */
  findActive(but: number, q: string, after: number | undefined, limit: number): Promise<User[]> {
    const query = this.dataSource
      .getRepository(User)
      .createQueryBuilder('u')
      .where(A_PERSON)
      .andWhere('u.suspended_at IS NULL AND u.id <> :but', { but })
      .orderBy('u.id', 'ASC')
      .limit(limit);
    if (q !== '') {
      query.andWhere(
        `(u.username LIKE :part ESCAPE '!' OR LOWER(u.display_name) LIKE :part ESCAPE '!')`,
        { part: `%${q.toLowerCase().replace(/[!%_]/g, '!$&')}%` },
      );
    }
    return (after === undefined ? query : query.andWhere('u.id > :after', { after })).getMany();
  }
}
