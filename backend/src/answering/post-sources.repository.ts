import { PostSource } from '#db';
import type { EntityManager } from 'typeorm';
import type { AnswerSource } from './answer-event.js';

/** An answer that found no sources keeps those of the answer that it continues. */
export async function replaceSources(
  manager: EntityManager,
  postId: number,
  sources: readonly AnswerSource[],
): Promise<void> {
  if (sources.length > 0) {
    await manager.delete(PostSource, { postId });
    await manager.insert(
      PostSource,
      sources.map(({ foundAt, publishedAt, ...source }) => ({
        ...source,
        foundAt: foundAt === null ? null : new Date(foundAt),
        publishedAt: publishedAt === null ? null : new Date(publishedAt),
        postId,
      })),
    );
  }
}
