import type { Post } from '../api/contract';

/** A remark about an answer that the server made while it was written. */
export interface PostNotice {
  readonly code: string;
  readonly message: string;
}

/** A post as the thread shows it: the stored one and what only this screen knows. */
export interface ThreadPost extends Post {
  /** Stays the same while a post that was just asked gets its id. */
  readonly key: string;
  readonly notices: readonly PostNotice[];
  /** When the limit is renewed that ended the answer; null where no limit did. */
  readonly resetsAt: string | null;
  /** Place in the queue for a model, null when not waiting. */
  readonly queued: number | null;
  /** Text is missing before the last piece that came: the run is to be followed from its start. */
  readonly gap: boolean;
  /** The server has not been reached for a while; what it goes on writing will come. */
  readonly waiting: boolean;
}

/** Shows a stored post. */
export function fromStored(post: Post, key = `p${post.id}`): ThreadPost {
  return { ...post, key, notices: [], resetsAt: null, queued: null, gap: false, waiting: false };
}

/** A post that was asked a moment ago and has no id yet: 0 stands for none. */
export function justAsked(
  key: string,
  prompt: string,
  place: Pick<Post, 'conversationId' | 'parentId' | 'siblings' | 'model'>,
  now: Date,
): ThreadPost {
  return fromStored(
    {
      ...place,
      id: 0,
      prompt,
      asked: null,
      body: '',
      status: 'answering',
      error: null,
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
      createdAt: now.toISOString(),
    },
    key,
  );
}
