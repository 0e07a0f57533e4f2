import { inject, Service } from '@angular/core';
import { ApiCalls, pageQuery } from './api-calls';
import type { Page } from './contract';
import { addAttachmentPage } from './generated/fn/documents/add-attachment-page';
import { addAttachmentText } from './generated/fn/documents/add-attachment-text';
import { addDocumentPage } from './generated/fn/documents/add-document-page';
import { addDocumentText } from './generated/fn/documents/add-document-text';
import { changeDocument } from './generated/fn/documents/change-document';
import { deleteDocument } from './generated/fn/documents/delete-document';
import { deleteDocumentPermanently } from './generated/fn/documents/delete-document-permanently';
import { getDocument } from './generated/fn/documents/get-document';
import { listAttachments } from './generated/fn/documents/list-attachments';
import { listDocumentCitations } from './generated/fn/documents/list-document-citations';
import { listDocuments, type ListDocuments$Params } from './generated/fn/documents/list-documents';
import { listDocumentVersions } from './generated/fn/documents/list-document-versions';
import { readDocumentText } from './generated/fn/documents/read-document-text';
import { readPassage } from './generated/fn/documents/read-passage';
import { refreshDocument } from './generated/fn/documents/refresh-document';
import { restoreDocument } from './generated/fn/documents/restore-document';
import { retryDocument } from './generated/fn/documents/retry-document';
import type { ChangeDocument } from './generated/models/change-document';
import type {
  DocumentCitation,
  DocumentVersion,
  KnowledgeDocument,
  Passage,
  PassageInPlace,
} from './knowledge-contract';

/** Passages and citations that are read at once. */
const PAGE = 50;
/** The most that the server gives at once; nobody attaches more. */
const MOST = 100;

/** `/api/documents` and the lists they are in, but for files. Every promise rejects with ApiFailure. */
@Service()
export class DocumentsApi {
  private readonly api = inject(ApiCalls);

  list(
    id: number,
    cursor: string | null,
    limit: number,
    filter: Pick<ListDocuments$Params, 'q' | 'status'> = {},
  ): Promise<Page<KnowledgeDocument>> {
    return this.api.call(listDocuments, { ...pageQuery(cursor, limit), ...filter, id });
  }

  async attachments(conversationId: number): Promise<readonly KnowledgeDocument[]> {
    return (await this.api.call(listAttachments, { id: conversationId, limit: MOST })).items;
  }

  addPage(collectionId: number, url: string): Promise<KnowledgeDocument> {
    return this.api.call(addDocumentPage, { id: collectionId, body: { url } });
  }

  addText(collectionId: number, title: string, text: string): Promise<KnowledgeDocument> {
    return this.api.call(addDocumentText, { id: collectionId, body: { title, text } });
  }

  attachPage(conversationId: number, url: string): Promise<KnowledgeDocument> {
    return this.api.call(addAttachmentPage, { id: conversationId, body: { url } });
  }

  attachText(conversationId: number, title: string, text: string): Promise<KnowledgeDocument> {
    return this.api.call(addAttachmentText, { id: conversationId, body: { title, text } });
  }

  read(id: number): Promise<KnowledgeDocument> {
    return this.api.call(getDocument, { id });
  }

  change(id: number, body: ChangeDocument): Promise<KnowledgeDocument> {
    return this.api.call(changeDocument, { id, body });
  }

  /** To the trash. */
  remove(id: number): Promise<void> {
    return this.api.call(deleteDocument, { id });
  }

  restore(id: number): Promise<KnowledgeDocument> {
    return this.api.call(restoreDocument, { id });
  }

  removeForGood(id: number): Promise<void> {
    return this.api.call(deleteDocumentPermanently, { id });
  }

  /** Reads a version that failed once more. */
  retry(id: number): Promise<KnowledgeDocument> {
    return this.api.call(retryDocument, { id });
  }

  /** Fetches a page again, as a new version. */
  refresh(id: number): Promise<KnowledgeDocument> {
    return this.api.call(refreshDocument, { id });
  }

  /** Newest first. */
  async versions(id: number): Promise<readonly DocumentVersion[]> {
    return (await this.api.call(listDocumentVersions, { id })).items;
  }

  /** `version` is an id; null: the one that is found. */
  text(id: number, version: number | null, cursor: string | null): Promise<Page<Passage>> {
    return this.api.call(readDocumentText, { ...pageQuery(cursor, PAGE), ...of(version), id });
  }

  /** A passage and its neighbours, two at most on each side; `version` is an id. */
  passage(id: number, n: number, version: number | null): Promise<PassageInPlace> {
    return this.api.call(readPassage, { id, n, ...of(version) });
  }

  citations(id: number, cursor: string | null): Promise<Page<DocumentCitation>> {
    return this.api.call(listDocumentCitations, { ...pageQuery(cursor, PAGE), id });
  }
}

const of = (version: number | null): { version?: number } => (version === null ? {} : { version });
