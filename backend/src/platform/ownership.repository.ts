import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  BEING_DELETED,
  Collection,
  CollectionShare,
  Command,
  Conversation,
  Document,
  mayReadCollection,
  Post,
} from '#db';
import { DataSource, IsNull, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import { type CollectionRole, roleIn } from './collection-role.rules.js';

/** A collection, and what the person who asked is in it. */
export interface CollectionPlace {
  readonly collection: Collection;
  readonly role: CollectionRole;
}

/** A document, with where it is. */
export interface DocumentPlace extends CollectionPlace {
  readonly document: Document;
}

/** SQL: what a person may come to by its id: what they may read, and their own in the trash. */
const IN_REACH = `(${mayReadCollection('c', ':userId')} OR c.user_id = :userId)`;

/** SQL: whether a document's bytes have arrived once. */
const HAS_ARRIVED = `EXISTS (SELECT 1 FROM document_versions arrived
  WHERE arrived.document_id = d.id AND arrived.status <> 'receiving')`;

/** Looks rows up by id and owner together, so that another person's row is never loaded. */
@Injectable()
export class OwnershipRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  findConversation(ownerId: number, id: number): Promise<Conversation | null> {
    return this.dataSource.getRepository(Conversation).findOneBy({ id, userId: ownerId });
  }

  /** The post with its conversation. */
  findPost(ownerId: number, id: number): Promise<Post | null> {
    return this.dataSource
      .getRepository(Post)
      .createQueryBuilder('post')
      .innerJoinAndSelect('post.conversation', 'conversation')
      .where('post.id = :id AND conversation.userId = :ownerId', { id, ownerId })
      .getOne();
  }

  /** @param orTeams whether it may also be the team's. */
  findCommand(ownerId: number, orTeams: boolean, id: number): Promise<Command | null> {
    const saved = { id, builtIn: IsNull() };
    const places = [
      { ...saved, userId: ownerId },
      ...(orTeams ? [{ ...saved, userId: IsNull() }] : []),
    ];
    return this.dataSource.getRepository(Command).findOneBy(places);
  }

  /** A collection in a person's reach; attachments are reached through their conversation alone. */
  async findCollection(userId: number, id: number): Promise<CollectionPlace | null> {
    const query = this.dataSource
      .getRepository(Collection)
      .createQueryBuilder('c')
      .where(`c.id = :id AND c.conversation_id IS NULL AND ${IN_REACH}`, { id, userId });
    const { entities, raw } = await withShare(query, userId).getRawAndEntities<SharedRow>();
    return placeOf(entities[0], raw[0], userId);
  }

  /** How many of those collections a person may read and search in. */
  countReadable(userId: number, ids: readonly number[]): Promise<number> {
    return this.dataSource
      .getRepository(Collection)
      .createQueryBuilder('c')
      .where('c.id IN (:...ids) AND c.conversation_id IS NULL', { ids })
      .andWhere(mayReadCollection('c', ':userId'), { userId })
      .getCount();
  }

  /** A document of a collection in a person's reach, attachments included; who may only read sees none in the trash. */
  async findDocument(userId: number, id: number): Promise<DocumentPlace | null> {
    const query = this.dataSource
      .getRepository(Document)
      .createQueryBuilder('d')
      .innerJoinAndSelect('d.collection', 'c')
      .where(`d.id = :id AND ${IN_REACH} AND ${HAS_ARRIVED}`, { id, userId })
      .andWhere('(d.deleted_at IS NULL OR d.deleted_at > :gone)', { gone: BEING_DELETED });
    const { entities, raw } = await withShare(query, userId).getRawAndEntities<SharedRow>();
    const document = entities[0];
    const place = placeOf(document?.collection, raw[0], userId);
    const hidden = document?.deletedAt != null && place?.role === 'reader';
    return document && place && !hidden ? { ...place, document } : null;
  }
}

interface SharedRow {
  readonly share_role: CollectionShare['role'] | null;
}

/** Joins what the collection `c` was shared with a person as. */
const withShare = <Row extends ObjectLiteral>(query: SelectQueryBuilder<Row>, userId: number) =>
  query
    .leftJoin(CollectionShare, 's', 's.collection_id = c.id AND s.user_id = :userId', { userId })
    .addSelect('s.role', 'share_role');

function placeOf(
  collection: Collection | undefined,
  row: SharedRow | undefined,
  userId: number,
): CollectionPlace | null {
  return collection && row
    ? { collection, role: roleIn(collection, userId, row.share_role) }
    : null;
}
