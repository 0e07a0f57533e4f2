import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { toApiFailure } from './api-failure';

type Query = Readonly<
  Record<string, string | number | boolean | readonly number[] | null | undefined>
>;

/** Calls a route by its address; the promise rejects with ApiFailure. */
@Service()
export class PlainCalls {
  private readonly http = inject(HttpClient);

  get<R>(path: string, query: Query = {}): Promise<R> {
    return this.send<R>('GET', path, { params: present(query) });
  }

  send<R>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    options: { body?: unknown; params?: Record<string, string> } = {},
  ): Promise<R> {
    return firstValueFrom(this.http.request<R>(method, path, options)).catch((thrown: unknown) => {
      throw toApiFailure(thrown);
    });
  }
}

/** Without what was left open; several ids joined by commas. */
function present(query: Query): Record<string, string> {
  const said = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(said.map(([name, value]) => [name, String(value)]));
}
