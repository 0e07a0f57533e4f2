import type { StreamCall } from './reader.ts';

const PASSWORD = 'um cavalo amarelo no telhado';

/** Calls the JSON API. @throws {Error} unless the answer is 2xx. */
export async function callApi(
  url: string,
  token: string | undefined,
  method: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      origin: url,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${text}`);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

/** Signs in. @returns the access token. */
export async function signIn(url: string, username: string, password = PASSWORD): Promise<string> {
  const answer = await callApi(url, undefined, 'POST', '/api/auth/login', { username, password });
  return String(answer['accessToken']);
}

/** Sets a new Prosa up with an administrator and members. @returns an access token of each. */
export async function people(url: string, count: number): Promise<string[]> {
  const setup = { username: 'admin', password: PASSWORD };
  const first = await callApi(url, undefined, 'POST', '/api/setup', setup);
  const admin = String(first['accessToken']);
  const tokens = [admin];
  for (let n = 1; n < count; n += 1) {
    const username = `pessoa${String(n)}`;
    const given = `primeira senha da pessoa ${String(n)}`;
    await callApi(url, admin, 'POST', '/api/users', { username, password: given });
    const token = await signIn(url, username, given);
    const change = { currentPassword: given, newPassword: PASSWORD };
    await callApi(url, token, 'PATCH', '/api/auth/me', change);
    tokens.push(token);
  }
  return tokens;
}

/** Conversations that are made at once. */
const AT_ONCE = 8;

/** Questions ready to be asked: each in a conversation of its own, people taking turns. */
export async function questions(
  url: string,
  tokens: readonly string[],
  count: number,
  group: string,
): Promise<StreamCall[]> {
  const calls: StreamCall[] = [];
  const question = async (n: number) => {
    const token = String(tokens[n % tokens.length]);
    const { id } = await callApi(url, token, 'POST', '/api/conversations', {});
    calls.push({
      group,
      url: `${url}/api/conversations/${String(id)}/posts`,
      headers: {
        origin: url,
        authorization: `Bearer ${token}`,
        accept: 'text/event-stream',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ prompt: `Pergunta ${String(n)}: como se mede a pressa de um relay?` }),
    });
  };
  for (let from = 0; from < count; from += AT_ONCE) {
    const some = Math.min(AT_ONCE, count - from);
    await Promise.all(Array.from({ length: some }, (_, n) => question(from + n)));
  }
  return calls;
}

/** The same question put to an OpenAI-compatible server without anything between. */
export const directQuestion = (group: string, url: string): StreamCall => ({
  group,
  url: `${url}/chat/completions`,
  headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
  body: JSON.stringify({
    model: 'fake',
    stream: true,
    messages: [{ role: 'user', content: 'Como se mede a pressa de um relay?' }],
  }),
});
