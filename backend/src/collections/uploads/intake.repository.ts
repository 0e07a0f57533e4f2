import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  Collection,
  Document,
  type DocumentKind,
  DocumentVersion,
  forUpdate,
  inTransaction,
} from '#db';
import { DataSource, type EntityManager, In } from 'typeorm';
import { IngestQueue } from '../../ingest/ingest-queue.js';
import { requirePlace, Room } from '../../ingest/room.repository.js';
import { DomainError } from '../../platform/domain-error.js';
import { DocumentsRepository } from '../documents/documents.repository.js';

/** Versions of one person's that are being prepared at the same time, so that others' have a turn. */
const MOST_WAITING = 1000;

/** A document that is to be made. */
export interface NewDocument {
  readonly collectionId: number;
  readonly kind: DocumentKind;
  readonly title: string;
  readonly url: string | null;
}

/** What is about to arrive: a new document, or another version of one. */
export interface Arrival {
  readonly into: NewDocument | Document;
  readonly fileName: string;
  readonly mediaType: string;
  /** Room to keep for it. */
  readonly mostBytes: number;
  /** Who brings it. */
  readonly userId: number;
}

/** What arrived. */
export interface Arrived {
  readonly bytes: number;
  /** In hex; empty where nothing was sent: a page is fetched later. */
  readonly sha256: string;
}

/** Takes versions in: nobody sees them until all of their bytes are here. */
@Injectable()
export class IntakeRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly room: Room,
    private readonly documents: DocumentsRepository,
    private readonly queue: IngestQueue,
  ) {}

  /**
   * Makes a version to receive bytes, and keeps room for them.
   * @throws {DomainError} COLLECTION.NOT_FOUND or DOCUMENT.NOT_FOUND for what was just deleted for
   *   good; COLLECTION.FULL, COLLECTION.NO_ROOM, DOCUMENT.TOO_MANY_WAITING.
   */
  begin(arrival: Arrival): Promise<DocumentVersion> {
    const { into, userId } = arrival;
    return inTransaction(this.dataSource, async (manager) => {
      const { userId: ownerId } = await lockCollection(manager, into.collectionId);
      await this.room.require(manager, ownerId, arrival.mostBytes);
      await requireTurn(manager, userId);
      const createdAt = new Date();
      const documentId =
        'id' in into ? into.id : await insertDocument(manager, into, userId, createdAt);
      const version = manager.create(DocumentVersion, {
        ...{ documentId, n: await nextNumber(manager, documentId), status: 'receiving' },
        ...{ errorCode: null, errorDetails: null, sha256: '', bytes: arrival.mostBytes },
        ...{ fileName: arrival.fileName, mediaType: arrival.mediaType, createdBy: userId },
        ...{ pages: null, characters: null, chunkCount: null, progress: 0 },
        ...{ createdAt, finishedAt: null },
      });
      await manager.insert(DocumentVersion, version);
      return version;
    });
  }

  /**
   * Shows a version whose bytes are all here, and has it prepared.
   * @throws {DomainError} DOCUMENT.SAME where a document of the collection has the same bytes or the
   *   same address; DOCUMENT.NOT_FOUND when it was just deleted for good.
   */
  async finish({ id, documentId }: DocumentVersion, arrived: Arrived): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const { id: collectionId } = await lockPlaceOf(manager, documentId);
      const same =
        arrived.sha256 === ''
          ? await samePage(manager, await manager.findOneByOrFail(Document, { id: documentId }))
          : await this.documents.findSame(manager, collectionId, arrived.sha256);
      if (same !== undefined) throw new DomainError('DOCUMENT.SAME', { documentId: same });
      const waiting = { ...arrived, status: 'waiting' as const, finishedAt: null };
      await manager.update(DocumentVersion, { id }, waiting);
      const updatedAt = new Date();
      await manager.update(Document, { id: documentId }, { updatedAt });
      await manager.update(Collection, { id: collectionId }, { updatedAt });
      await this.queue.add(manager, { kind: 'ingest', versionId: id });
    });
    this.queue.wake();
  }

  /** A sign of life of a version whose bytes still arrive: without one it is forgotten. */
  async stillArrives({ id }: DocumentVersion): Promise<void> {
    // Until it is prepared, when it was last heard of.
    await this.dataSource
      .getRepository(DocumentVersion)
      .update({ id, status: 'receiving' }, { finishedAt: new Date() });
  }

  /** Forgets a version that did not arrive, and its document where it has no other. */
  async abandon({ id, documentId }: DocumentVersion): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      await manager.delete(DocumentVersion, { id, status: 'receiving' });
      if (!(await manager.existsBy(DocumentVersion, { documentId }))) {
        await manager.delete(Document, { id: documentId });
      }
    });
  }

  /** Has a version that failed prepared again. @throws {DomainError} DOCUMENT.NOT_FAILED */
  async again(versionId: number): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const { affected } = await manager.update(
        DocumentVersion,
        { id: versionId, status: 'failed' },
        { status: 'waiting', errorCode: null, errorDetails: null, progress: 0, finishedAt: null },
      );
      if (affected !== 1) throw new DomainError('DOCUMENT.NOT_FAILED');
      await this.queue.add(manager, { kind: 'ingest', versionId });
    });
    this.queue.wake();
  }
}

async function lockCollection(manager: EntityManager, id: number): Promise<Collection> {
  const query = manager.createQueryBuilder(Collection, 'c').where({ id });
  const collection = await forUpdate(query).getOne();
  if (!collection) throw new DomainError('COLLECTION.NOT_FOUND');
  return collection;
}

/** Before anything is read: on MariaDB a transaction goes on seeing what it saw first. */
async function lockPlaceOf(manager: EntityManager, documentId: number): Promise<Collection> {
  const query = manager
    .createQueryBuilder(Collection, 'c')
    .innerJoin(Document, 'd', 'd.collection_id = c.id')
    .where('d.id = :documentId', { documentId });
  const collection = await forUpdate(query).getOne();
  if (!collection) throw new DomainError('DOCUMENT.NOT_FOUND');
  return collection;
}

async function requireTurn(manager: EntityManager, createdBy: number): Promise<void> {
  const statuses = ['receiving', 'waiting', 'parsing', 'indexing'] as const;
  const waiting = await manager.countBy(DocumentVersion, { createdBy, status: In([...statuses]) });
  if (waiting >= MOST_WAITING) {
    throw new DomainError('DOCUMENT.TOO_MANY_WAITING', { maximum: MOST_WAITING });
  }
}

async function insertDocument(
  manager: EntityManager,
  { collectionId, kind, title, url }: NewDocument,
  createdBy: number,
  createdAt: Date,
): Promise<number> {
  await requirePlace(manager, collectionId);
  const document = manager.create(Document, {
    ...{ collectionId, kind, title, url, versionId: null, createdBy },
    ...{ createdAt, updatedAt: createdAt, deletedAt: null },
  });
  await manager.insert(Document, document);
  return document.id;
}

async function nextNumber(manager: EntityManager, documentId: number): Promise<number> {
  return ((await manager.maximum(DocumentVersion, 'n', { documentId })) ?? 0) + 1;
}

/** Another document of the collection with the address of this one. */
async function samePage(manager: EntityManager, page: Document): Promise<number | undefined> {
  const { id, collectionId, url } = page;
  const same = await manager
    .createQueryBuilder(Document, 'd')
    .where('d.collection_id = :collectionId AND d.deleted_at IS NULL', { collectionId })
    .andWhere('d.url = :url AND d.id <> :id', { url, id })
    .andWhere(
      `EXISTS (SELECT 1 FROM document_versions v
        WHERE v.document_id = d.id AND v.status <> 'receiving')`,
    )
    .getOne();
  return same?.id;
}
