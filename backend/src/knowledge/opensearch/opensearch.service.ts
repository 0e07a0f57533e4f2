import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Counter } from 'prom-client';
import { ENV } from '../../config/config.module.js';
import type { Env } from '../../config/env.schema.js';
import { Metrics } from '../../platform/metrics.js';
import { Embeddings } from '../../embeddings/embeddings.js';
import { openSearchClient } from './opensearch-client.js';
import {
  OpenSearchChunks,
  OpenSearchError,
  type OutsideHits,
  type OutsideQuery,
} from './opensearch-chunks.js';
import type { OutsideChunk } from './requests.rules.js';

/** A server that did not answer is asked again after so long. */
const LEFT_ALONE_MS = 10_000;

/** OpenSearch, where there is one: its being away is told, and never fails what asked it. */
@Injectable()
export class OpenSearchService implements OnApplicationShutdown {
  private readonly logger = new Logger(OpenSearchService.name);
  private opening: Promise<OpenSearchChunks> | undefined;
  private awaySince: number | undefined;
  private leftAloneUntil = 0;
  private isOutdated = false;
  private readonly fallbacks: Counter | undefined;
  readonly isConfigured: boolean;

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly embeddings: Embeddings,
    metrics: Metrics,
  ) {
    this.isConfigured = env.OPENSEARCH_URL !== undefined;
    if (!this.isConfigured) return;
    const registers = [metrics.registry];
    this.fallbacks = new Counter({
      name: 'prosa_opensearch_fallbacks_total',
      help: 'Searches that the database answered because OpenSearch did not.',
      registers,
    });
    metrics.gauge('prosa_opensearch_up', 'Whether OpenSearch answered when asked last.', () =>
      this.awaySince === undefined ? 1 : 0,
    );
  }

  /** What an administrator should know: that it is away, or that its index is an old one. */
  get problem(): 'away' | 'outdated' | undefined {
    if (this.awaySince !== undefined) return 'away';
    return this.isOutdated ? 'outdated' : undefined;
  }

  /** Undefined: it did not answer, and the database is to be asked. */
  async search(query: OutsideQuery): Promise<OutsideHits | undefined> {
    const found = await this.attempt((chunks) => chunks.search(query));
    if (found === undefined) this.fallbacks?.inc();
    return found;
  }

  /** Puts passages there. @returns whether it has them; false: it is away, and must be told later. */
  async put(chunks: readonly OutsideChunk[]): Promise<boolean> {
    if (!this.isConfigured) return true;
    const isTold = await this.attempt(async (there) => {
      await there.put(chunks);
      return true;
    });
    return isTold === true;
  }

  /** Takes versions out. @throws {OpenSearchError} while it is away: what was deleted must go. */
  async remove(versionIds: readonly number[]): Promise<void> {
    if (!this.isConfigured) return;
    const isGone = await this.attempt(async (there) => {
      await there.remove(versionIds);
      return true;
    });
    if (isGone !== true) throw new OpenSearchError('It did not answer, and holds what was deleted');
  }

  /** The indexes themselves, for whoever makes them anew; throws what the client throws. */
  async chunksThere(): Promise<OpenSearchChunks> {
    this.opening ??= this.open();
    try {
      return await this.opening;
    } catch (error) {
      this.opening = undefined;
      throw error;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    const chunks = await this.opening?.catch(() => undefined);
    await chunks?.close();
  }

  private async attempt<T>(work: (chunks: OpenSearchChunks) => Promise<T>): Promise<T | undefined> {
    if (!this.isConfigured || Date.now() < this.leftAloneUntil) return undefined;
    try {
      const result = await work(await this.chunksThere());
      if (this.awaySince !== undefined) this.logger.log('OpenSearch answers again');
      this.awaySince = undefined;
      return result;
    } catch (error) {
      this.leftAloneUntil = Date.now() + LEFT_ALONE_MS;
      if (this.awaySince === undefined) {
        // Its errors carry the whole request: questions, passwords.
        const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
        this.logger.error({ reason }, 'OpenSearch does not answer: the database is searched');
      }
      this.awaySince ??= Date.now();
      return undefined;
    }
  }

  private async open(): Promise<OpenSearchChunks> {
    const embedder = await this.embeddings.embedder();
    const space = embedder && { model: embedder.id, dimension: embedder.dimension };
    const client = await openSearchClient(this.env);
    const chunks = new OpenSearchChunks(client, this.env.OPENSEARCH_INDEX, space);
    this.isOutdated = !(await chunks.prepare());
    return chunks;
  }
}
