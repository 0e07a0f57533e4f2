import { HttpClient, HttpContext, HttpEventType } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import { catchError, filter, firstValueFrom, map, type Observable, throwError } from 'rxjs';
import { toApiFailure } from './api-failure';
import { readableFailure } from './file-failure';
import { downloadDocument } from './generated/fn/documents/download-document';
import { replaceDocumentContent } from './generated/fn/documents/replace-document-content';
import { uploadAttachment } from './generated/fn/documents/upload-attachment';
import { uploadDocument } from './generated/fn/documents/upload-document';
import type { KnowledgeDocument } from './knowledge-contract';
import { SENT_BY } from './sent-by';
import { UploadBackend } from './upload-backend';

/** Where a file goes: to a collection, to a conversation, or in place of one, as its new version. */
export type UploadTarget =
  | { readonly collectionId: number }
  | { readonly conversationId: number }
  | { readonly documentId: number };

/** How far an upload has come, 0 to 1, and at its end the document. */
export type UploadStep = { readonly sent: number } | { readonly document: KnowledgeDocument };

/** Files on their way in and out, one a request. */
@Service()
export class FilesApi {
  private readonly http = inject(HttpClient);
  private readonly backend = new UploadBackend();

  /** Unsubscribing gives it up. Fails with ApiFailure. */
  send$(target: UploadTarget, file: File): Observable<UploadStep> {
    const body = new FormData();
    body.append('file', file, file.name);
    const { method, path, id } = routeOf(target);
    return this.http
      .request<KnowledgeDocument>(method, addressOf(path, id), {
        body,
        observe: 'events',
        context: new HttpContext().set(SENT_BY, this.backend),
      })
      .pipe(
        map((event): UploadStep | null => {
          if (event.type === HttpEventType.UploadProgress) {
            return { sent: event.total ? event.loaded / event.total : 0 };
          }
          return event.type === HttpEventType.Response && event.body
            ? { document: event.body }
            : null;
        }),
        filter((step) => step !== null),
        catchError((thrown: unknown) => throwError(() => toApiFailure(thrown))),
      );
  }

  /** The original, as it was given. @throws ApiFailure */
  async original(documentId: number): Promise<Blob> {
    const url = addressOf(downloadDocument.PATH, documentId);
    try {
      return await firstValueFrom(this.http.get(url, { responseType: 'blob' }));
    } catch (thrown) {
      throw toApiFailure(await readableFailure(thrown));
    }
  }
}

function routeOf(target: UploadTarget): { method: 'POST' | 'PUT'; path: string; id: number } {
  if ('documentId' in target) {
    return { method: 'PUT', path: replaceDocumentContent.PATH, id: target.documentId };
  }
  if ('conversationId' in target) {
    return { method: 'POST', path: uploadAttachment.PATH, id: target.conversationId };
  }
  return { method: 'POST', path: uploadDocument.PATH, id: target.collectionId };
}

const addressOf = (path: string, id: number): string => path.replace('{id}', String(id));
