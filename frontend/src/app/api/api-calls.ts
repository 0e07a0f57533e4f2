import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import { catchError, map, throwError, type Observable } from 'rxjs';
import { toApiFailure } from './api-failure';
import { Api, type ApiFnOptional, type ApiFnRequired } from './generated/api';

/** Calls a generated function of the server's API; the promise rejects with ApiFailure. */
@Service()
export class ApiCalls {
  private readonly api = inject(Api);
  private readonly http = inject(HttpClient);

  async call<P, R>(fn: ApiFnRequired<P, R> | ApiFnOptional<P, R>, params: P): Promise<R> {
    try {
      return await this.api.invoke(fn, params);
    } catch (thrown) {
      throw toApiFailure(thrown);
    }
  }

  /** The same as something that can be given up; it fails with ApiFailure. */
  call$<P, R>(fn: ApiFnRequired<P, R>, params: P): Observable<R> {
    return fn(this.http, this.api.rootUrl, params).pipe(
      map(({ body }) => body),
      catchError((thrown: unknown) => throwError(() => toApiFailure(thrown))),
    );
  }
}

/** The query of a page: no cursor is the first one. */
export const pageQuery = (
  cursor: string | null,
  limit: number,
): { limit: number; cursor?: string } => ({ limit, ...(cursor !== null && { cursor }) });
