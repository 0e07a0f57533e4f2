import { expect } from '@jest/globals';
import type { ConversationListItem } from '../../src/conversations/conversations.schema.js';
import type { PostView } from '../../src/posts/posts.schema.js';
import { AnswerStream } from './answer-stream.js';
import type { ApiAnswer, ApiClient } from './api-client.js';

/** What a stream is asked for with. */
export interface StreamWish {
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Opens an answer as a stream. @throws unless the server begins one. */
export async function openStream(
  { url, token }: Pick<ApiClient, 'url' | 'token'>,
  path: string,
  { method = 'GET', body, headers }: StreamWish = {},
): Promise<AnswerStream> {
  const leaving = new AbortController();
  const response = await fetch(`${url}${path}`, {
    method,
    signal: leaving.signal,
    headers: {
      accept: 'text/event-stream',
      authorization: `Bearer ${String(token)}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.status !== 200) {
    throw new Error(`${String(response.status)} ${await response.text()}`);
  }
  return new AnswerStream(response, leaving);
}

/** Asks and follows the answer. */
export const askStream = (
  client: ApiClient,
  conversationId: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<AnswerStream> =>
  openStream(client, `/api/conversations/${String(conversationId)}/posts`, {
    method: 'POST',
    body,
    headers,
  });

/** Follows a post's answer from an event on. */
export const follow = (
  client: ApiClient,
  postId: number,
  lastEventId?: string,
): Promise<AnswerStream> =>
  openStream(client, `/api/posts/${String(postId)}/events`, {
    headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
  });

/** Asks and waits for the whole answer, without checking how that went. */
export const ask = (
  client: ApiClient,
  conversationId: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<ApiAnswer> =>
  client.post(`/api/conversations/${String(conversationId)}/posts`, body, { headers });

/** Asks and waits for the whole answer. @throws unless it was accepted. */
export async function asked(
  client: ApiClient,
  conversationId: number,
  prompt: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<PostView> {
  return expectPost(await ask(client, conversationId, { prompt, ...more }));
}

/** The post of an answer. @throws unless it says 201. */
export function expectPost(answer: ApiAnswer): PostView {
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 201 });
  return answer.body as unknown as PostView;
}

/** A new conversation's id. */
export async function aConversation(
  client: ApiClient,
  wish: Readonly<Record<string, unknown>> = {},
): Promise<number> {
  const { status, body } = await client.post('/api/conversations', wish);
  expect({ status, body }).toMatchObject({ status: 201 });
  return Number(body['id']);
}

/** A post as it is now. */
export async function getPost(client: ApiClient, id: number): Promise<PostView> {
  const { status, body } = await client.get(`/api/posts/${String(id)}`);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body as unknown as PostView;
}

/** The posts of a branch, newest first. */
export async function branchOf(
  client: ApiClient,
  conversationId: number,
  query = '',
): Promise<PostView[]> {
  const path = `/api/conversations/${String(conversationId)}/posts?${query}`;
  return (await items(client, path)) as unknown as PostView[];
}

/** The conversations of a list. */
export async function conversationsOf(
  client: ApiClient,
  query = '',
): Promise<ConversationListItem[]> {
  return (await items(client, `/api/conversations?${query}`)) as unknown as ConversationListItem[];
}

async function items(client: ApiClient, path: string): Promise<unknown[]> {
  const { status, body } = await client.get(path);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body['items'] as unknown[];
}
