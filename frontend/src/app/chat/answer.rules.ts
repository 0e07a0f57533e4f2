import type { AnswerEvent } from '../api/answer-event';
import type { ThreadPost } from './thread-post';

/** What an event of its run makes of a post. Returns the same object when nothing changes. */
export function applyEvent(post: ThreadPost, event: AnswerEvent): ThreadPost {
  switch (event.type) {
    case 'post':
      return {
        ...post,
        id: event.postId,
        conversationId: event.conversationId,
        parentId: event.parentId ?? null,
      };
    case 'delta':
      return applyDelta(post, event.at, event.text);
    case 'replace':
      return { ...post, body: event.text, gap: false };
    case 'sources':
      return { ...post, sources: event.sources };
    case 'citations':
      return { ...post, citations: event.checks };
    case 'route':
      return { ...post, route: event.route as ThreadPost['route'], routeReason: event.reason };
    case 'queued':
      return { ...post, queued: event.position };
    case 'notice':
      return {
        ...post,
        model: event.model ?? post.model,
        notices: [...post.notices, { code: event.code, message: event.message }],
      };
    case 'rail':
      return applyRail(post, event);
    case 'usage': {
      const { type: _, ...usage } = event;
      return { ...post, model: usage.model, usage };
    }
    case 'error':
      return {
        ...post,
        error: { code: event.code, message: event.message },
        resetsAt: event.resetsAt ?? null,
      };
    case 'done':
      return { ...post, status: event.status, queued: null };
    case 'context':
    case 'title':
    case 'reconnect':
      return post;
  }
}

/**
 * Puts `text` at position `at` (in UTF-16 units). What is already there is not repeated: after a
 * reconnection the server may send a piece twice. A hole before `at` is reported, not papered over.
 */
function applyDelta(post: ThreadPost, at: number, text: string): ThreadPost {
  const { length } = post.body;
  if (at > length) return { ...post, gap: true };
  const added = text.slice(length - at);
  if (!added && post.queued === null) return post;
  return { ...post, body: post.body + added, queued: null };
}

/** Its id and whether somebody said that it was wrong are known once the post is read again. */
function applyRail(
  post: ThreadPost,
  { stage, rail, action, message }: Extract<AnswerEvent, { type: 'rail' }>,
): ThreadPost {
  const told = { id: 0, stage, rail, action, message, reported: false };
  // No model is asked about what is answered or held back here.
  const isAsked = stage !== 'input' || (action !== 'answer' && action !== 'block');
  return { ...post, rails: [...post.rails, told], model: isAsked ? post.model : null };
}
