import type { Chunk, Post } from '#db';
import type { CitedPostView, PassageView } from './contents.schema.js';

/** Characters of a prompt that a list shows. */
const SHOWN_PROMPT = 300;

export const toPassage = ({ n, page, heading, text }: Chunk): PassageView => ({
  n,
  page,
  heading,
  text,
});

/** @param post with its conversation. */
export const toCitedPost = ({ id, prompt, createdAt, conversation }: Post): CitedPostView => ({
  postId: id,
  conversationId: conversation.id,
  conversationTitle: conversation.title,
  // Without half a character at the end.
  prompt: prompt.slice(0, SHOWN_PROMPT).replace(/[\uD800-\uDBFF]$/, ''),
  createdAt: createdAt.toISOString(),
});

/**
 * What makes a browser save a file under its name instead of opening it (RFC 6266): plain for old
 * ones, then in UTF-8.
 */
export function savedAs(fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
