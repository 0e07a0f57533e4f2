import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Document, DocumentVersion, forUpdate, User } from '#db';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.schema.js';
import { DomainError } from '../platform/domain-error.js';

/** Documents in one collection, the trash included. */
const MOST_DOCUMENTS = 10_000;

const MB = 1024 * 1024;

/** The room that people's documents take; it counts against the owner of their collection. */
@Injectable()
export class Room {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(ENV) private readonly env: Pick<Env, 'KNOWLEDGE_MB_PER_PERSON'>,
  ) {}

  /** Bytes of all versions in a person's collections. */
  bytesOf(userId: number): Promise<number> {
    return bytesOf(this.dataSource.manager, userId);
  }

  /**
   * Asks for more bytes, in the transaction that takes them.
   * @throws {DomainError} COLLECTION.NO_ROOM
   */
  async require(manager: EntityManager, userId: number, more: number): Promise<void> {
    // Counted by one at a time.
    const owner = manager.createQueryBuilder(User, 'user').select('user.id').where({ id: userId });
    await forUpdate(owner).getOne();
    const mb = this.env.KNOWLEDGE_MB_PER_PERSON;
    if ((await bytesOf(manager, userId)) + more > mb * MB) {
      throw new DomainError('COLLECTION.NO_ROOM', { mb });
    }
  }
}

/** Whose room a version takes: that of its collection's owner. Undefined when it is gone. */
export async function ownerOf(
  manager: EntityManager,
  versionId: number,
): Promise<number | undefined> {
  const row = await manager
    .createQueryBuilder(DocumentVersion, 'v')
    .select('c.user_id', 'owner')
    .innerJoin('v.document', 'd')
    .innerJoin('d.collection', 'c')
    .where('v.id = :versionId', { versionId })
    .getRawOne<{ owner: number }>();
  return row?.owner;
}

/** Asks for a place for one more document. @throws {DomainError} COLLECTION.FULL */
export async function requirePlace(manager: EntityManager, collectionId: number): Promise<void> {
  if ((await manager.countBy(Document, { collectionId })) >= MOST_DOCUMENTS) {
    throw new DomainError('COLLECTION.FULL', { maximum: MOST_DOCUMENTS });
  }
}

async function bytesOf(manager: EntityManager, userId: number): Promise<number> {
  const row = await manager
    .createQueryBuilder(DocumentVersion, 'v')
    .select('SUM(v.bytes)', 'total')
    .innerJoin('v.document', 'd')
    .innerJoin('d.collection', 'c')
    .where('c.user_id = :userId', { userId })
    .getRawOne<{ total: number | string | null }>();
  return Number(row?.total ?? 0);
}
