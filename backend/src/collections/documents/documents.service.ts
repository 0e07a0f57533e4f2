import { Injectable } from '@nestjs/common';
import type { Document } from '#db';
import { IngestQueue } from '../../ingest/ingest-queue.js';
import { Access } from '../../platform/access.js';
import type { Caller } from '../../platform/caller.js';
import { mayEdit } from '../../platform/collection-role.rules.js';
import { decodeCursor, encodeCursor } from '../../platform/cursor.rules.js';
import { DomainError } from '../../platform/domain-error.js';
import type { DocumentPlace } from '../../platform/ownership.repository.js';
import { type Page, toPage } from '../../platform/page.schema.js';
import { CollectionsRepository } from '../collections.repository.js';
import { Removal } from '../trash/removal.js';
import { type DocumentState, DocumentsRepository } from './documents.repository.js';
import type { ChangeDocument, ListDocuments } from './documents.schema.js';

/** The documents of a collection, and what becomes of one. */
@Injectable()
export class DocumentsService {
  constructor(
    private readonly access: Access,
    private readonly documents: DocumentsRepository,
    private readonly collections: CollectionsRepository,
    private readonly removal: Removal,
    private readonly queue: IngestQueue,
  ) {}

  /** @throws {DomainError} COLLECTION.NOT_FOUND, or COLLECTION.READ_ONLY for a reader in the trash. */
  async list(caller: Caller, id: number, query: ListDocuments): Promise<Page<DocumentState>> {
    const { role } = await this.access.collection(caller, id);
    if (query.status === 'deleted' && !mayEdit(role)) {
      throw new DomainError('COLLECTION.READ_ONLY');
    }
    return this.page(id, query);
  }

  /** What is attached to a conversation. @throws {DomainError} CONVERSATION.NOT_FOUND */
  async listAttachments(
    caller: Caller,
    conversationId: number,
    query: ListDocuments,
  ): Promise<Page<DocumentState>> {
    await this.access.conversation(caller, conversationId);
    const collection = await this.collections.findAttachments(conversationId);
    return collection ? this.page(collection.id, query) : { items: [], nextCursor: null };
  }

  /** @throws {DomainError} DOCUMENT.NOT_FOUND */
  async get(caller: Caller, id: number): Promise<DocumentState> {
    const { document } = await this.access.document(caller, id);
    return this.state(document);
  }

  /**
   * Renames a document, moves it, or both.
   * @throws {DomainError} as `Access.onlineDocument`; for where it goes as
   *   `Access.editableCollection`, and DOCUMENT.SAME; COLLECTION.READ_ONLY where the document would
   *   leave its owner, who is somebody else.
   */
  async change(caller: Caller, id: number, wish: ChangeDocument): Promise<DocumentState> {
    const place = await this.access.onlineDocument(caller, id);
    const { title, collectionId } = wish;
    if (collectionId !== undefined && collectionId !== place.document.collectionId) {
      await this.move(caller, place, collectionId);
    }
    if (title !== undefined) await this.documents.rename(id, title);
    this.queue.wake();
    return this.get(caller, id);
  }

  private async move(
    caller: Caller,
    { document, collection: from, role }: DocumentPlace,
    collectionId: number,
  ): Promise<void> {
    const to = await this.access.editableCollection(caller, collectionId);
    // What would leave its owner, only the owner lets go.
    if (to.userId !== from.userId && role !== 'owner') {
      throw new DomainError('COLLECTION.READ_ONLY');
    }
    const { newest } = await this.state(document);
    await this.documents.move(document, from, collectionId, newest);
  }

  /** Moves it to the trash. Doing so again changes nothing. */
  async moveToTrash(caller: Caller, id: number): Promise<void> {
    const { document } = await this.access.editableDocument(caller, id);
    if (!document.deletedAt) await this.documents.mark(id, new Date());
  }

  /** Takes it out of the trash. Doing so again changes nothing. */
  async restore(caller: Caller, id: number): Promise<DocumentState> {
    await this.access.editableDocument(caller, id);
    await this.documents.mark(id, null);
    return this.get(caller, id);
  }

  async deleteForGood(caller: Caller, id: number): Promise<void> {
    await this.access.editableDocument(caller, id);
    await this.removal.removeDocument(id);
  }

  private async page(
    collectionId: number,
    { status, q, cursor, limit }: ListDocuments,
  ): Promise<Page<DocumentState>> {
    const before = cursor === undefined ? undefined : decodeCursor(cursor, ['i']).id;
    const shelf = { collectionId, status, q: q?.trim() };
    const rows = await this.documents.findPage(shelf, before, limit + 1);
    return toPage(rows, limit, ({ document: { id, createdAt } }) =>
      encodeCursor({ part: 'i', time: createdAt, id }),
    );
  }

  private async state(document: Document): Promise<DocumentState> {
    const state = await this.documents.findState(document);
    // It was deleted for good since the check.
    if (!state) throw new DomainError('DOCUMENT.NOT_FOUND');
    return state;
  }
}
