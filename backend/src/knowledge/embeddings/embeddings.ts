import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { ENV } from '../../config/config.module.js';
import type { Env } from '../../config/env.schema.js';
import { Reservations } from '../../limits/reservations.js';
import { configuredEmbedder } from '../../llm/embeddings/configured-embedder.js';
import type { Embedded, Embedder } from '../../llm/embeddings/embedder.js';
import { ModelFailure } from '../../llm/model-failure.js';
import { EmbeddingPrices } from '../../llm/embeddings/embedding-prices.js';
import { estimateTokens } from '../../llm/tokens.rules.js';
import { UsageLedger } from '../../usage/usage-ledger.js';
import { PayersRepository } from './payers.repository.js';

/** A text is cut so that every model takes it: 512 tokens of 4 characters are the fewest. */
const MOST_CHARACTERS = 8000;

/** Failures that pass: asked again after so long, in milliseconds. */
const PAUSES_MS = [500, 2000];
const PASSING = new Set(['UNAVAILABLE', 'RATE_LIMITED', 'TIMEOUT', 'UNREACHABLE', 'BUSY']);

/** Makes vectors, each call within the limits of a person and with a row in the ledger. */
@Injectable()
export class Embeddings implements OnApplicationShutdown {
  private readonly logger = new Logger(Embeddings.name);
  private opening: Promise<Embedder | undefined> | undefined;

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly ledger: UsageLedger,
    private readonly limits: Reservations,
    private readonly payers: PayersRepository,
    private readonly prices: EmbeddingPrices,
  ) {}

  /** The model, opened at its first use; undefined: there is none, or it cannot be used. */
  embedder(): Promise<Embedder | undefined> {
    this.opening ??= configuredEmbedder(this.env).catch((error: unknown) => {
      this.logger.error({ err: error }, 'EMBEDDING_MODEL cannot be used: only words are searched');
      return undefined;
    });
    return this.opening;
  }

  /**
   * Vectors of texts, in their order.
   * @param userId who pays.
   * @throws {ModelFailure}; {DomainError} LIMIT.TOKENS, LIMIT.BUDGET, LIMIT.UNPRICED.
   */
  async vectors(
    texts: readonly string[],
    userId: number,
    signal: AbortSignal = AbortSignal.timeout(600_000),
  ): Promise<Float32Array[]> {
    const embedder = await this.embedder();
    if (!embedder) throw new ModelFailure('MISCONFIGURED');
    const vectors: Float32Array[] = [];
    for (let at = 0; at < texts.length; at += embedder.most) {
      signal.throwIfAborted();
      const batch = texts
        .slice(at, at + embedder.most)
        .map((text) => text.slice(0, MOST_CHARACTERS));
      vectors.push(...(await this.patiently(embedder, batch, userId, signal)));
    }
    return vectors;
  }

  async onApplicationShutdown(): Promise<void> {
    await (await this.opening)?.close();
  }

  private async patiently(
    embedder: Embedder,
    texts: readonly string[],
    userId: number,
    signal: AbortSignal,
  ): Promise<readonly Float32Array[]> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return (await this.once(embedder, texts, userId, signal)).vectors;
      } catch (error) {
        const pause = PAUSES_MS[attempt];
        const passes = error instanceof ModelFailure && PASSING.has(error.kind);
        if (pause === undefined || !passes || signal.aborted) throw error;
        await wait(error.retryAfterMs ?? pause, undefined, { signal });
      }
    }
  }

  /** One call to the model and its row in the ledger, whatever becomes of it. */
  private async once(
    embedder: Embedder,
    texts: readonly string[],
    userId: number,
    signal: AbortSignal,
  ): Promise<Embedded> {
    const estimate = texts.reduce((sum, text) => sum + estimateTokens(text), 0);
    const { username, role } = await this.payers.find(userId);
    const cost = async (tokens: number) => this.prices.costOf(embedder, tokens, new Date());
    await this.limits.requireRoom({ id: userId, role }, async () => ({
      tokens: estimate,
      nanoUsd: (await cost(estimate))?.totalNanoUsd ?? null,
    }));
    const id = await this.ledger.open({
      ...{ runId: '', conversationId: 0, postId: 0, door: 'knowledge', purpose: 'embedding' },
      ...{ userId, username, provider: embedder.provider, model: embedder.id },
      promptEstimate: estimate,
    });
    const from = performance.now();
    const close = async (outcome: string, tokens: number, counted: number | null) => {
      const price = await cost(tokens);
      await this.ledger.closeNow(id, {
        outcome,
        promptTokens: tokens,
        cachedTokens: 0,
        completionTokens: 0,
        estimated: counted === null,
        costNanoUsd: price?.totalNanoUsd ?? null,
        priceSource: price?.source ?? null,
        priceAsOf: price?.asOf ?? null,
        ttftMs: null,
        durationMs: Math.round(performance.now() - from),
      });
    };
    try {
      const embedded = await embedder.embed(texts, signal);
      await close('done', embedded.tokens ?? estimate, embedded.tokens);
      return embedded;
    } catch (error) {
      await close(error instanceof ModelFailure ? error.message : 'failed', 0, null);
      throw error;
    }
  }
}
