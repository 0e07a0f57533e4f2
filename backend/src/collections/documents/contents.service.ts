import { Injectable } from '@nestjs/common';
import type { Document, DocumentVersion, Post } from '#db';
import { DocumentBytes } from '../../ingest/document-bytes.repository.js';
import { Access } from '../../platform/access.js';
import type { Caller } from '../../platform/caller.js';
import { decodeCursor, encodeCursor } from '../../platform/cursor.rules.js';
import { DomainError } from '../../platform/domain-error.js';
import { type Page, toPage } from '../../platform/page.schema.js';
import { ContentsRepository } from './contents.repository.js';
import type { ListCitations, PassageInPlace, PassageView, ReadText } from './contents.schema.js';
import { toPassage } from './contents.response.js';
import { DocumentsRepository } from './documents.repository.js';

/** Passages shown on each side of one that was cited. */
const REACH = 2;

const NO_TIME = new Date(0);

/** The original of a version, to be saved. */
export interface Original {
  readonly fileName: string;
  readonly bytes: number;
  readonly parts: AsyncIterable<Buffer>;
}

/** What is in a document, for whoever may read where it is. */
@Injectable()
export class ContentsService {
  constructor(
    private readonly access: Access,
    private readonly documents: DocumentsRepository,
    private readonly contents: ContentsRepository,
    private readonly bytes: DocumentBytes,
  ) {}

  /** With the id of the one that is found. @throws {DomainError} DOCUMENT.NOT_FOUND */
  async versions(
    caller: Caller,
    id: number,
  ): Promise<{ readonly versions: DocumentVersion[]; readonly foundId: number | null }> {
    const { document } = await this.access.document(caller, id);
    return {
      versions: await this.documents.findVersions(id),
      foundId: document.versionId,
    };
  }

  /**
   * A document's text as it was parsed, passage by passage; none while nothing of it can be read.
   * @throws {DomainError} DOCUMENT.NOT_FOUND, also for another document's version.
   */
  async text(caller: Caller, id: number, query: ReadText): Promise<Page<PassageView>> {
    const { document } = await this.access.document(caller, id);
    const after = query.cursor === undefined ? 0 : decodeCursor(query.cursor, ['t']).id;
    const version = await this.versionOf(document, query.version);
    const rows = version
      ? await this.contents.passagesAfter(version.id, after, query.limit + 1)
      : [];
    const { items, nextCursor } = toPage(rows, query.limit, ({ n }) =>
      encodeCursor({ part: 't', time: NO_TIME, id: n }),
    );
    return { items: items.map(toPassage), nextCursor };
  }

  /** @throws {DomainError} DOCUMENT.NOT_FOUND, PASSAGE.NOT_FOUND. */
  async passage(
    caller: Caller,
    id: number,
    n: number,
    versionId: number | undefined,
  ): Promise<PassageInPlace> {
    const { document } = await this.access.document(caller, id);
    const version = await this.versionOf(document, versionId);
    const passages = version ? await this.contents.passagesAround(version.id, n, REACH) : [];
    if (!version || !passages.some((passage) => passage.n === n)) {
      throw new DomainError('PASSAGE.NOT_FOUND');
    }
    return {
      documentId: id,
      title: document.title,
      version: { id: version.id, n: version.n },
      isCurrent: version.id === document.versionId && document.deletedAt === null,
      n,
      passages: passages.map(toPassage),
    };
  }

  /**
   * The bytes as they were sent: of the version that is found, of the newest before one is.
   * @throws {DomainError} DOCUMENT.NOT_FOUND, also for a page that was never fetched.
   */
  async original(caller: Caller, id: number, versionId: number | undefined): Promise<Original> {
    const { document } = await this.access.document(caller, id);
    const version =
      (await this.versionOf(document, versionId)) ??
      (await this.documents.findState(document))?.newest;
    if (!version || version.bytes === 0) throw new DomainError('DOCUMENT.NOT_FOUND');
    const { fileName, bytes } = version;
    return { fileName, bytes, parts: whole(this.bytes.read(version.id), bytes) };
  }

  /** The caller's own posts whose answers cited a document. */
  async citedBy(caller: Caller, id: number, { cursor, limit }: ListCitations): Promise<Page<Post>> {
    await this.access.document(caller, id);
    const before = cursor === undefined ? undefined : decodeCursor(cursor, ['c']).id;
    const rows = await this.contents.findCiting(caller.id, id, before, limit + 1);
    return toPage(rows, limit, (post) => encodeCursor({ part: 'c', time: NO_TIME, id: post.id }));
  }

  /** The one asked for, or the one that is found, where there is one. */
  private async versionOf(
    document: Document,
    asked: number | undefined,
  ): Promise<DocumentVersion | undefined> {
    const id = asked ?? document.versionId;
    if (id === null) return undefined;
    const version = await this.documents.findVersion(document.id, id);
    if (!version && asked !== undefined) throw new DomainError('DOCUMENT.NOT_FOUND');
    return version;
  }
}

/** Breaks off where bytes are missing: whoever waits for the rest would wait for ever. */
async function* whole(parts: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const part of parts) {
    length += part.length;
    yield part;
  }
  if (length !== bytes) throw new Error('a document was deleted while it was read');
}
