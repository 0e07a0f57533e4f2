import type { DataSource } from 'typeorm';
import {
  Chunk,
  Collection,
  CollectionShare,
  type CollectionVisibility,
  Conversation,
  Document,
  DocumentVersion,
  indexChunks,
  User,
} from '#db';

/** A passage of a document that a test writes down. */
export interface Passage {
  readonly text: string;
  readonly heading?: string;
  readonly page?: number | null;
}

/** People, collections and documents for a test, as they stand once they can be found. */
export class Library {
  constructor(private readonly dataSource: DataSource) {}

  async aPerson(username: string): Promise<number> {
    const { id } = await this.dataSource.getRepository(User).save({
      username,
      password: 'hash',
      createdAt: new Date(),
      role: 'member' as const,
      mustChangePassword: false,
    });
    return id;
  }

  async aConversation(userId: number): Promise<number> {
    const now = new Date();
    const { id } = await this.dataSource.getRepository(Conversation).save({
      status: 'online' as const,
      userId,
      createdAt: now,
      updatedAt: now,
      titleByPerson: false,
      channel: 'web',
    });
    return id;
  }

  async aCollection(
    userId: number,
    visibility: CollectionVisibility = 'private',
    conversationId: number | null = null,
  ): Promise<number> {
    const now = new Date();
    const { id } = await this.dataSource.getRepository(Collection).save({
      userId,
      conversationId,
      name: 'Manuais',
      description: '',
      visibility,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
    });
    return id;
  }

  async share(collectionId: number, userId: number): Promise<void> {
    await this.dataSource
      .getRepository(CollectionShare)
      .save({ collectionId, userId, role: 'reader' as const });
  }

  /** A document with a first version that is ready. */
  async aDocument(
    collectionId: number,
    title: string,
    passages: readonly Passage[],
  ): Promise<{ documentId: number; versionId: number; chunkIds: number[] }> {
    const now = new Date();
    const document = await this.dataSource.getRepository(Document).save({
      collectionId,
      kind: 'text' as const,
      title,
      url: null,
      versionId: null,
      createdBy: 1,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
    });
    const version = await this.aVersion(document, 1, passages);
    return { documentId: document.id, ...version };
  }

  /**
   * A version of a document, which becomes the one that is found.
   * @param n its number.
   */
  async aVersion(
    document: Pick<Document, 'id' | 'collectionId' | 'title'>,
    n: number,
    passages: readonly Passage[],
  ): Promise<{ versionId: number; chunkIds: number[] }> {
    const now = new Date();
    const version = await this.dataSource.getRepository(DocumentVersion).save({
      documentId: document.id,
      n,
      status: 'ready' as const,
      fileName: 'texto.txt',
      mediaType: 'text/plain',
      bytes: 1,
      sha256: '0'.repeat(64),
      createdBy: 1,
      createdAt: now,
      finishedAt: now,
    });
    const chunks = await this.dataSource.transaction(async (manager) => {
      const rows = await manager.getRepository(Chunk).save(
        passages.map(({ text, heading = '', page = null }, at) => ({
          versionId: version.id,
          documentId: document.id,
          collectionId: document.collectionId,
          n: at + 1,
          page,
          heading,
          text,
        })),
      );
      await indexChunks(manager, rows, document);
      await manager.update(Document, { id: document.id }, { versionId: version.id });
      return rows;
    });
    return { versionId: version.id, chunkIds: chunks.map(({ id }) => id) };
  }
}
