import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { toApiFailure } from './api-failure';
import type { Page } from './contract';
import type {
  DocumentCitation,
  DocumentVersion,
  KnowledgeDocument,
  Passage,
  PassageInPlace,
} from './knowledge-contract';
import { PlainCalls } from './plain-calls';

/** Where documents are kept: a collection, or what is attached to a conversation. */
export type DocumentPlace = { readonly collectionId: number } | { readonly conversationId: number };

/** Address of the list of a place; adding a page or a text goes below it. */
export function addressesOf(place: DocumentPlace): { files: string; pages: string; texts: string } {
  const files =
    'conversationId' in place
      ? `/api/conversations/${place.conversationId}/attachments`
      : `/api/collections/${place.collectionId}/documents`;
  return { files, pages: `${files}/pages`, texts: `${files}/texts` };
}

/** `/api/documents` and the lists they are in, but for uploads. Every promise rejects with ApiFailure. */
@Service()
export class DocumentsApi {
  private readonly api = inject(PlainCalls);
  private readonly http = inject(HttpClient);

  list(
    collectionId: number,
    query: { cursor: string | null; limit: number; q?: string; status?: 'deleted' },
  ): Promise<Page<KnowledgeDocument>> {
    return this.api.get(`/api/collections/${collectionId}/documents`, query);
  }

  async attachments(conversationId: number): Promise<readonly KnowledgeDocument[]> {
    const path = addressesOf({ conversationId }).files;
    return (await this.api.get<{ items: KnowledgeDocument[] }>(path)).items;
  }

  addPage(place: DocumentPlace, url: string): Promise<KnowledgeDocument> {
    return this.api.send('POST', addressesOf(place).pages, { body: { url } });
  }

  addText(place: DocumentPlace, title: string, text: string): Promise<KnowledgeDocument> {
    return this.api.send('POST', addressesOf(place).texts, { body: { title, text } });
  }

  read(id: number): Promise<KnowledgeDocument> {
    return this.api.get(`/api/documents/${id}`);
  }

  change(
    id: number,
    body: { readonly title?: string; readonly collectionId?: number },
  ): Promise<KnowledgeDocument> {
    return this.api.send('PATCH', `/api/documents/${id}`, { body });
  }

  /** To the trash. */
  remove(id: number): Promise<void> {
    return this.api.send('DELETE', `/api/documents/${id}`);
  }

  restore(id: number): Promise<KnowledgeDocument> {
    return this.api.send('POST', `/api/documents/${id}/restore`);
  }

  removeForGood(id: number): Promise<void> {
    return this.api.send('DELETE', `/api/documents/${id}/permanently`);
  }

  /** Reads a version that failed once more. */
  retry(id: number): Promise<KnowledgeDocument> {
    return this.api.send('POST', `/api/documents/${id}/retry`);
  }

  /** Fetches a page again, as a new version. */
  refresh(id: number): Promise<KnowledgeDocument> {
    return this.api.send('POST', `/api/documents/${id}/refresh`);
  }

  /** Newest first. */
  async versions(id: number): Promise<readonly DocumentVersion[]> {
    return (await this.api.get<{ items: DocumentVersion[] }>(`/api/documents/${id}/versions`))
      .items;
  }

  /** `version` is an id; null: the one that is found. */
  text(id: number, version: number | null, cursor: string | null): Promise<Page<Passage>> {
    return this.api.get(`/api/documents/${id}/text`, { version, cursor });
  }

  /** A passage and its neighbours, two at most on each side; `version` is an id. */
  passage(id: number, n: number, version: number | null): Promise<PassageInPlace> {
    return this.api.get(`/api/documents/${id}/passages/${n}`, { version });
  }

  citations(id: number, cursor: string | null): Promise<Page<DocumentCitation>> {
    return this.api.get(`/api/documents/${id}/citations`, { cursor });
  }

  /** The original, as it was given. */
  async file(id: number): Promise<Blob> {
    try {
      const path = `/api/documents/${id}/file`;
      return await firstValueFrom(this.http.get(path, { responseType: 'blob' }));
    } catch (thrown) {
      throw toApiFailure(thrown);
    }
  }
}
