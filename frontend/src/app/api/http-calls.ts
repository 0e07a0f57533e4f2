import { HttpClient, HttpParams } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import { firstValueFrom, type Observable } from 'rxjs';
import { toApiFailure } from './api-failure';

type Query = Readonly<Record<string, string | number | null | undefined>>;

/** JSON over HTTP as promises that reject with ApiFailure. Only the API services beside this use it. */
@Service()
export class HttpCalls {
  private readonly http = inject(HttpClient);

  get<T>(url: string, query: Query = {}): Promise<T> {
    let params = new HttpParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== null && value !== undefined) params = params.set(name, value);
    }
    return settle(this.http.get<T>(url, { params }));
  }

  post<T>(url: string, body: unknown = {}): Promise<T> {
    return settle(this.http.post<T>(url, body));
  }

  put<T>(url: string, body: unknown): Promise<T> {
    return settle(this.http.put<T>(url, body));
  }

  patch<T>(url: string, body: unknown): Promise<T> {
    return settle(this.http.patch<T>(url, body));
  }

  delete(url: string): Promise<void> {
    return settle(this.http.delete<void>(url));
  }
}

async function settle<T>(call$: Observable<T>): Promise<T> {
  try {
    return await firstValueFrom(call$);
  } catch (thrown) {
    throw toApiFailure(thrown);
  }
}
