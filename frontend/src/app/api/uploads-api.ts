import { HttpClient, HttpContext, HttpEventType } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import { catchError, filter, map, type Observable, throwError } from 'rxjs';
import { toApiFailure } from './api-failure';
import { addressesOf, type DocumentPlace } from './documents-api';
import type { KnowledgeDocument } from './knowledge-contract';
import { SENT_BY } from './sent-by';
import { UploadBackend } from './upload-backend';

/** Where a file goes: among other documents, or in place of one, as its new version. */
export type UploadTarget = DocumentPlace | { readonly documentId: number };

/** How far an upload has come, 0 to 1, and at its end the document. */
export type UploadStep = { readonly sent: number } | { readonly document: KnowledgeDocument };

/** Sends files, one a request. */
@Service()
export class UploadsApi {
  private readonly http = inject(HttpClient);
  private readonly backend = new UploadBackend();

  /** Unsubscribing gives it up. Fails with ApiFailure. */
  send$(target: UploadTarget, file: File): Observable<UploadStep> {
    const body = new FormData();
    body.append('file', file, file.name);
    const isNew = !('documentId' in target);
    const url = isNew ? addressesOf(target).files : `/api/documents/${target.documentId}/content`;
    return this.http
      .request<KnowledgeDocument>(isNew ? 'POST' : 'PUT', url, {
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
}
