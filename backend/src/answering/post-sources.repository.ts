import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { PostSource } from '#db';
import { DataSource, type EntityManager } from 'typeorm';
import { Guardrails } from '../guardrails/guardrails.js';
import type { Person } from '../guardrails/judged-text.rules.js';
import type { AnswerSource } from './answer-event.js';
import type { FoundPassage } from './sources/found-passage.js';

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

/** Sources of answers, as they were kept. */
@Injectable()
export class PostSourcesRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly guardrails: Guardrails,
  ) {}

  /** The sources of a post, under their numbers. */
  async of(postId: number, person: Person): Promise<FoundPassage[]> {
    const sources = await this.dataSource
      .getRepository(PostSource)
      .find({ where: { postId }, order: { n: 'ASC' } });
    return sources.map(({ postId: _, post: __, quote, foundAt, publishedAt, ...source }) => ({
      ...source,
      // Written by us from the same list.
      kind: source.kind as FoundPassage['kind'],
      title: this.guardrails.keptPassage(source.title, person),
      heading: source.heading && this.guardrails.keptPassage(source.heading, person),
      url: source.url && this.guardrails.address(source.url, person).url,
      text: this.guardrails.keptPassage(quote, person),
      foundAt: foundAt?.toISOString() ?? null,
      publishedAt: publishedAt?.toISOString() ?? null,
    }));
  }
}
