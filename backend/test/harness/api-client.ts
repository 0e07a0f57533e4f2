import { expect } from '@jest/globals';
import type { Person } from '../../src/auth/person.schema.js';
import type { TestApp } from './test-app.js';

/** An answer, with its body read. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON of the body; undefined when there is none. */
  readonly body: Record<string, unknown>;
  readonly text: string;
}

/** What a call may say beside its path and body. */
export interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>;
}

/** A browser, roughly: keeps cookies and the access token, sends its own Origin. */
export class ApiClient {
  token: string | undefined;
  readonly cookies = new Map<string, string>();

  constructor(readonly url: string) {}

  get(path: string, options?: CallOptions): Promise<ApiAnswer> {
    return this.call('GET', path, undefined, options);
  }

  post(path: string, body?: unknown, options?: CallOptions): Promise<ApiAnswer> {
    return this.call('POST', path, body, options);
  }

  patch(path: string, body?: unknown, options?: CallOptions): Promise<ApiAnswer> {
    return this.call('PATCH', path, body, options);
  }

  put(path: string, body?: unknown, options?: CallOptions): Promise<ApiAnswer> {
    return this.call('PUT', path, body, options);
  }

  delete(path: string, options?: CallOptions): Promise<ApiAnswer> {
    return this.call('DELETE', path, undefined, options);
  }

  /** Signs in and keeps what that gives. @throws unless the answer is 200. */
  async signIn(username: string, password: string): Promise<Person> {
    const answer = await this.post('/api/auth/login', { username, password });
    return this.keep(answer, 200);
  }

  /** Takes the access token of an answer that holds a session. */
  keep(answer: ApiAnswer, status: number): Person {
    expect({ status: answer.status, body: answer.body }).toMatchObject({ status });
    this.token = String(answer.body.accessToken);
    return answer.body.user as Person;
  }

  private async call(
    method: string,
    path: string,
    body: unknown,
    { headers }: CallOptions = {},
  ): Promise<ApiAnswer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { ...this.ownHeaders(body), ...headers },
      ...(body === undefined ? {} : { body: isWritten(body) ? body : JSON.stringify(body) }),
    });
    this.keepCookies(response.headers);
    const text = await response.text();
    const json = /\bjson\b/.test(response.headers.get('content-type') ?? '') && text !== '';
    return {
      status: response.status,
      headers: response.headers,
      body: json ? (JSON.parse(text) as Record<string, unknown>) : {},
      text,
    };
  }

  private ownHeaders(body: unknown): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return {
      origin: this.url,
      // A form names its type itself, with what stands between its parts.
      ...(body === undefined || body instanceof FormData
        ? {}
        : { 'content-type': 'application/json' }),
      ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
      ...(cookie === '' ? {} : { cookie }),
    };
  }

  private keepCookies(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') {
        this.cookies.delete(name);
      } else {
        this.cookies.set(name, value);
      }
    }
  }
}

const isWritten = (body: unknown): body is string | FormData =>
  typeof body === 'string' || body instanceof FormData;

/** A form with one file, as a browser sends it. */
export function aForm(content: string | Uint8Array<ArrayBuffer>, name: string): FormData {
  const form = new FormData();
  form.set('file', new Blob([content]), name);
  return form;
}

/** A signed-in person: the browser they use and what the server says of them. */
export interface TestPerson {
  readonly client: ApiClient;
  readonly token: string;
  readonly user: Person;
}

/** Good by the policy; every person of a test has it. */
export const PASSWORD = 'um cavalo amarelo no telhado';

/** Sets Prosa up, as the first run does. */
export async function aFirstAdministrator(app: Pick<TestApp, 'url'>): Promise<TestPerson> {
  const client = new ApiClient(app.url);
  const setup = { username: 'admin', password: PASSWORD };
  const user = client.keep(await client.post('/api/setup', setup), 201);
  return { client, token: String(client.token), user };
}

/** A member made by the administrator, who has chosen a password and is signed in. */
export async function aPerson(
  app: Pick<TestApp, 'url'>,
  admin: Pick<TestPerson, 'client'>,
  name: string,
  role: Person['role'] = 'member',
): Promise<TestPerson> {
  const first = `primeira senha de ${name}`;
  const made = await admin.client.post('/api/users', { username: name, password: first, role });
  expect({ status: made.status, body: made.body }).toMatchObject({ status: 201 });
  const client = new ApiClient(app.url);
  const user = await client.signIn(name, first);
  const changed = await client.patch('/api/auth/me', {
    currentPassword: first,
    newPassword: PASSWORD,
  });
  expect(changed.status).toBe(200);
  return { client, token: String(client.token), user: { ...user, mustChangePassword: false } };
}
