import { Injectable } from '@nestjs/common';
import type { Document, DocumentVersion } from '#db';
import { GuardedFetch } from '../../fetching/guarded-fetch.js';
import { titleOfAddress } from '../../ingest/page-title.rules.js';
import { Access } from '../../platform/access.js';
import type { Caller } from '../../platform/caller.js';
import { DomainError } from '../../platform/domain-error.js';
import type { SentFile } from '../../platform/uploads.js';
import { CollectionsRepository } from '../collections.repository.js';
import { harmlessFileName, titleOf } from '../uploads/file-name.rules.js';
import { Intake } from '../uploads/intake.js';
import { IntakeRepository } from '../uploads/intake.repository.js';
import { requireAddress } from './address.js';
import { DocumentsRepository } from './documents.repository.js';
import type { NewPage, NewText } from './documents.schema.js';

/** Where new documents go, and whether the caller may (still) put them there. */
export interface Destination {
  readonly collectionId: number;
  readonly stillMay: () => Promise<unknown>;
}

/** Hands a file on as it arrives; called only once the caller may send one. */
export type Receive = <Result>(work: (file: SentFile) => Promise<Result>) => Promise<Result>;

/** Text that arrives as such, not as a file. */
interface Written {
  readonly kind: 'text' | 'pairs';
  readonly ending: string;
  readonly mediaType: string;
}

const PLAIN = { ending: 'txt', mediaType: 'text/plain' };
const JSON_TEXT = { ending: 'json', mediaType: 'application/json' };

/** Questions with their answers, as one document. */
export interface NewPairs {
  readonly title: string;
  readonly pairs: readonly { readonly question: string; readonly answer: string }[];
}

/** Documents that are added, and new versions of those that are there. */
@Injectable()
export class NewDocumentsService {
  constructor(
    private readonly access: Access,
    private readonly collections: CollectionsRepository,
    private readonly documents: DocumentsRepository,
    private readonly intake: Intake,
    private readonly versions: IntakeRepository,
    private readonly door: GuardedFetch,
  ) {}

  /** @throws {DomainError} as `Access.editableCollection`. */
  async inCollection(caller: Caller, id: number): Promise<Destination> {
    const stillMay = () => this.access.editableCollection(caller, id);
    await stillMay();
    return { collectionId: id, stillMay };
  }

  /** The attachments of a conversation, made when first needed. @throws {DomainError} CONVERSATION.… */
  async inConversation(caller: Caller, conversationId: number): Promise<Destination> {
    const stillMay = () => this.access.onlineConversation(caller, conversationId);
    await stillMay();
    const made =
      (await this.collections.findAttachments(conversationId)) ??
      (await this.collections.makeAttachments(caller.id, conversationId));
    return { collectionId: made.id, stillMay };
  }

  /** Adds a file. @returns the id of its document. */
  addFile(
    caller: Caller,
    { collectionId, stillMay }: Destination,
    receive: Receive,
  ): Promise<number> {
    return receive((file) => {
      const fileName = harmlessFileName(file.name);
      const into = { collectionId, kind: 'file' as const, title: titleOf(fileName), url: null };
      const mostBytes = file.mostBytes;
      const arrival = { into, fileName, mediaType: '', mostBytes, userId: caller.id };
      return this.intake.take(arrival, file.bytes, stillMay);
    });
  }

  /** Adds a page, to be fetched. @throws {DomainError} DOCUMENT.ADDRESS_INVALID, DOCUMENT.PRIVATE. */
  async addPage(
    caller: Caller,
    { collectionId, stillMay }: Destination,
    { url }: NewPage,
  ): Promise<number> {
    const address = await requireAddress(this.door, url);
    const into = {
      ...{ collectionId, kind: 'page' as const, url: address.href },
      title: titleOfAddress(address),
    };
    const fileName = harmlessFileName(address.host);
    const arrival = { into, fileName, mediaType: '', mostBytes: 0, userId: caller.id };
    return this.intake.take(arrival, null, stillMay);
  }

  /** Adds pasted text. */
  addText(caller: Caller, destination: Destination, text: NewText): Promise<number> {
    return this.addWritten(caller, destination, text, { kind: 'text', ...PLAIN });
  }

  /** Adds questions with their answers. */
  addPairs(caller: Caller, destination: Destination, { title, pairs }: NewPairs): Promise<number> {
    const text = JSON.stringify(pairs);
    return this.addWritten(caller, destination, { title, text }, { kind: 'pairs', ...JSON_TEXT });
  }

  /** Replaces what a document is made of. @throws {DomainError} DOCUMENT.KIND for a page, or pairs. */
  async replace(caller: Caller, id: number, receive: Receive): Promise<void> {
    const stillMay = () => this.access.onlineDocument(caller, id);
    const { document } = await stillMay();
    if (document.kind !== 'file' && document.kind !== 'text')
      throw new DomainError('DOCUMENT.KIND');
    await receive((file) => {
      const fileName = harmlessFileName(file.name);
      const mostBytes = file.mostBytes;
      const arrival = { into: document, fileName, mediaType: '', mostBytes, userId: caller.id };
      return this.intake.take(arrival, file.bytes, stillMay);
    });
  }

  /** Has the newest version prepared again. @throws {DomainError} DOCUMENT.NOT_FAILED */
  async retry(caller: Caller, id: number): Promise<void> {
    const { document } = await this.access.onlineDocument(caller, id);
    const newest = await this.newestOf(document);
    await this.versions.again(newest.id);
  }

  /** Has a page fetched again. @throws {DomainError} DOCUMENT.KIND, DOCUMENT.IN_PROGRESS. */
  async refresh(caller: Caller, id: number): Promise<void> {
    const stillMay = () => this.access.onlineDocument(caller, id);
    const { document } = await stillMay();
    if (document.kind !== 'page') throw new DomainError('DOCUMENT.KIND');
    const { status, fileName } = await this.newestOf(document);
    if (status !== 'ready' && status !== 'failed') throw new DomainError('DOCUMENT.IN_PROGRESS');
    const arrival = { into: document, fileName, mediaType: '', mostBytes: 0, userId: caller.id };
    await this.intake.take(arrival, null, stillMay);
  }

  private addWritten(
    caller: Caller,
    { collectionId, stillMay }: Destination,
    { title, text }: NewText,
    { kind, ending, mediaType }: Written,
  ): Promise<number> {
    const bytes = Buffer.from(text);
    const into = { collectionId, kind, title, url: null };
    const fileName = harmlessFileName(`${title.replace(/[/\\]/g, '-')}.${ending}`);
    const mostBytes = bytes.length;
    const arrival = { into, fileName, mediaType, mostBytes, userId: caller.id };
    return this.intake.take(arrival, onceOf(bytes), stillMay);
  }

  private async newestOf(document: Document): Promise<DocumentVersion> {
    const state = await this.documents.findState(document);
    if (!state) throw new DomainError('DOCUMENT.NOT_FOUND');
    return state.newest;
  }
}

async function* onceOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
}
