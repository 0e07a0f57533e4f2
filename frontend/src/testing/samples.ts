import type { TestRequest } from '@angular/common/http/testing';
import type { ContextUse, Conversation, Post, Session, Usage, User } from '../app/api/contract';
import type { Collection, KnowledgeDocument } from '../app/api/knowledge-contract';
import { asPiece } from '../app/api/stream-backend';
import type { UsageRow } from '../app/api/usage-api';
import type { Limit, LimitLeft } from '../app/api/limits-api';

const TIME = '2026-11-20T12:00:00.000Z';

export const aUser = (change: Partial<User> = {}): User => ({
  id: 7,
  username: 'ana',
  displayName: 'Ana Souza',
  role: 'member',
  locale: null,
  mustChangePassword: false,
  suspendedAt: null,
  createdAt: TIME,
  ...change,
});

export const aSession = (accessToken = 'token-1', change: Partial<User> = {}): Session => ({
  accessToken,
  expiresIn: 900,
  user: aUser(change),
});

export const aConversation = (change: Partial<Conversation> = {}): Conversation => ({
  id: 12,
  title: 'Pamonha',
  status: 'online',
  pinnedAt: null,
  deletedAt: null,
  model: null,
  instructions: null,
  leafPostId: null,
  branchedFrom: null,
  updatedAt: TIME,
  createdAt: TIME,
  ...change,
});

export const aPost = (change: Partial<Post> = {}): Post => ({
  id: 40,
  conversationId: 12,
  parentId: null,
  siblings: { ids: [change.id ?? 40], index: 0 },
  prompt: 'Como se faz pamonha?',
  asked: null,
  body: 'Com milho verde.',
  status: 'done',
  error: null,
  model: 'openai/fake',
  wishes: { web: null, knowledge: null, collectionIds: null },
  route: null,
  routeReason: null,
  sources: [],
  citations: [],
  rails: [],
  usage: null,
  feedback: null,
  pinned: false,
  freshStartAt: null,
  createdAt: TIME,
  ...change,
});

export const aReceipt = (change: Partial<Usage> = {}): Usage => ({
  model: 'openai/fake',
  provider: 'openai',
  promptTokens: 12,
  cachedTokens: 0,
  completionTokens: 34,
  estimated: false,
  costUsd: 0.0012,
  priceSource: null,
  priceAsOf: null,
  ttftMs: 400,
  durationMs: 3200,
  calls: 1,
  totalCostUsd: 0.0012,
  traceUrl: null,
  ...change,
});

/** A stream as the server writes it: `[event, data]` pairs, numbered. */
export const frames = (events: readonly (readonly [string, object])[], first = 1): string =>
  events
    .map(
      ([event, data], i) =>
        `id: ${String(first + i)}.${String((first + i) * 10)}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`,
    )
    .join('');

/** What comes of a stream next. */
export const arrive = (request: TestRequest, piece: string): void => request.event(asPiece(piece));

export const aLimit = (change: Partial<Limit> = {}): Limit => ({
  id: 3,
  scope: 'everyone',
  measure: 'requests',
  period: 'day',
  amount: 200,
  ...change,
});

export const aLimitLeft = (change: Partial<LimitLeft> = {}): LimitLeft => ({
  scope: 'own',
  measure: 'requests',
  period: 'day',
  amount: 200,
  used: 0,
  reserved: 0,
  left: 200,
  resetsAt: '2026-11-21T03:00:00.000Z',
  near: false,
  ...change,
});

/** Usage without a day or anybody's name: say what the test is about. */
export const usageRow = (change: Partial<UsageRow> = {}): UsageRow => ({
  calls: 1,
  promptTokens: 100,
  cachedTokens: 0,
  completionTokens: 10,
  estimatedCalls: 0,
  costUsd: 0.01,
  unpricedCalls: 0,
  ...change,
});

/** A window with plenty of room: nothing is left out. */
export const aContextUse = (change: Partial<ContextUse> = {}): ContextUse => ({
  limit: 8192,
  used: 400,
  reserved: 2048,
  excess: 0,
  begins: null,
  kept: [],
  left: [],
  leftOlder: 0,
  summary: null,
  ...change,
});

export const aCollection = (change: Partial<Collection> = {}): Collection => ({
  id: 5,
  name: 'Contratos',
  description: '',
  visibility: 'private',
  role: 'owner',
  owner: { id: 7, name: 'Ana Souza' },
  documents: 1,
  createdAt: TIME,
  updatedAt: TIME,
  deletedAt: null,
  ...change,
});

export const aDocument = (change: Partial<KnowledgeDocument> = {}): KnowledgeDocument => ({
  id: 31,
  collectionId: 5,
  kind: 'file',
  title: 'Contrato Acme',
  url: null,
  fileName: 'contrato.pdf',
  mediaType: 'application/pdf',
  bytes: 4321,
  status: 'ready',
  progress: 100,
  error: null,
  version: { id: 90, n: 1 },
  pages: 3,
  characters: 900,
  createdAt: TIME,
  updatedAt: TIME,
  deletedAt: null,
  ...change,
});
