/** What the server's JSON looks like. Times are ISO 8601 in UTC. */

export type Role = 'admin' | 'member';
export type Locale = 'pt-BR' | 'en';

/** A person, as the server shows them to themselves and to administrators. */
export interface User {
  readonly id: number;
  readonly username: string;
  readonly displayName: string | null;
  readonly role: Role;
  readonly locale: Locale | null;
  readonly mustChangePassword: boolean;
  readonly suspendedAt: string | null;
  readonly createdAt: string;
}

/** The answer to a sign-in, a refresh or the first run. `expiresIn` is in seconds. */
export interface Session {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly user: User;
}

/** Whether the first administrator is still to be made, and whether that needs the printed code. */
export interface SetupState {
  readonly needed: boolean;
  readonly codeRequired: boolean;
}

/** One page of a list; `nextCursor` is null on the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export interface Conversation {
  readonly id: number;
  readonly title: string | null;
  readonly status: 'online' | 'deleted';
  readonly pinnedAt: string | null;
  readonly leafPostId: number | null;
  readonly updatedAt: string;
  readonly createdAt: string;
  readonly model: string | null;
  readonly deletedAt?: string | null;
}

/** Plain text around a match; `hits` are [start, end) positions in it. */
export interface Snippet {
  readonly text: string;
  readonly hits: readonly (readonly [number, number])[];
}

export interface ConversationHit extends Conversation {
  readonly snippet: Snippet | null;
  readonly postId: number | null;
}

export type PostStatus = 'answering' | 'done' | 'stopped' | 'interrupted' | 'blocked' | 'failed';

export interface Source {
  readonly n: number;
  readonly kind: string;
  readonly title: string;
  readonly url: string | null;
  readonly quote: string;
}

export interface Usage {
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly estimated: boolean;
  readonly costUsd: number | null;
  readonly ttftMs: number | null;
  readonly durationMs: number | null;
}

/** The other versions of a post (same parent), and which of them this is. */
export interface Siblings {
  readonly ids: readonly number[];
  readonly index: number;
}

export interface Post {
  readonly id: number;
  readonly conversationId: number;
  readonly parentId: number | null;
  readonly siblings: Siblings;
  readonly prompt: string;
  readonly body: string;
  readonly status: PostStatus;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly model: string | null;
  readonly sources: readonly Source[];
  readonly usage: Usage | null;
  readonly feedback: 1 | -1 | null;
  readonly createdAt: string;
}

/** A model one can ask. `reason` says why it is not available now. */
export interface Model {
  readonly id: string;
  readonly provider: string;
  readonly contextWindow: number;
  readonly available: boolean;
  readonly reason: { readonly code: string; readonly message: string } | null;
  readonly default: boolean;
}

export type FeedbackValue = 1 | -1 | 0;
