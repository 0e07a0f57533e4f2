import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { GuardrailEvent, inTransaction } from '#db';
import { DataSource, type EntityManager, In, IsNull, Not } from 'typeorm';
import type { RailHit } from '../judged-text.rules.js';
import { RailMetrics } from './rail-metrics.js';

/** In whose run something was found. */
export interface RailPlace {
  readonly userId: number;
  readonly door: string;
  readonly conversationId: number | null;
  readonly postId: number | null;
  readonly runId: string | null;
}

/** Writes what rails found in one text, within the transaction that stores or settles it. */
export async function insertHits(
  manager: EntityManager,
  hits: readonly RailHit[],
  place: RailPlace,
): Promise<void> {
  if (hits.length === 0) return;
  const createdAt = new Date();
  await manager.insert(
    GuardrailEvent,
    hits.map(({ durationMs = null, ...hit }) => ({
      ...hit,
      ...place,
      durationMs,
      createdAt,
      reportedAt: null,
    })),
  );
}

/** What rails found, told without what it was. */
@Injectable()
export class HitsRepository {
  private readonly logger = new Logger(HitsRepository.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly metrics: RailMetrics,
  ) {}

  /** Writes what belongs to no transaction. Never throws: what cannot be written is counted still. */
  async add(hits: readonly RailHit[], place: RailPlace): Promise<void> {
    if (hits.length === 0) return;
    this.metrics.count(hits);
    try {
      await inTransaction(this.dataSource, (manager) => insertHits(manager, hits, place));
    } catch (error) {
      this.logger.error({ err: error, runId: place.runId }, 'what a rail found was not recorded');
    }
  }

  /** What was found in posts, oldest first. */
  ofPosts(postIds: readonly number[]): Promise<GuardrailEvent[]> {
    return this.dataSource
      .getRepository(GuardrailEvent)
      .find({ where: { postId: In([...postIds]) }, order: { id: 'ASC' } });
  }

  /** Keeps, or takes back, that a person says that the rails were wrong about a post. */
  async report(postId: number, wrong: boolean): Promise<void> {
    await inTransaction(this.dataSource, (manager) =>
      manager.update(
        GuardrailEvent,
        { postId, reportedAt: wrong ? IsNull() : Not(IsNull()) },
        { reportedAt: wrong ? new Date() : null },
      ),
    );
  }
}
