import type { Post } from '../../api/contract';
import type { LinkOrigins } from '../../markdown/links/link-trust.rules';

/** What an answer's links are judged by. What a document or a page says is no one's word for a link. */
export function originsOf({
  prompt,
  asked,
  sources,
}: Pick<Post, 'prompt' | 'asked' | 'sources'>): LinkOrigins {
  return {
    question: asked === null ? prompt : `${prompt}\n${asked}`,
    sources: sources.map(({ url }) => url).filter((url) => url !== null),
  };
}
