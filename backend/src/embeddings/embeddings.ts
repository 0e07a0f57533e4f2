import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.schema.js';
import { Reservations } from '../limits/reservations.js';
import { configuredEmbedder } from '../llm/embeddings/configured-embedder.js';
import type { Embedder } from '../llm/embeddings/embedder.js';
import { EmbeddingPrices } from '../llm/embeddings/embedding-prices.js';
import { ModelFailure } from '../llm/model-failure.js';
import { estimateTokens } from '../llm/tokens.rules.js';
import type { ModelCall } from '../usage/model-call.js';
import { UsageLedger } from '../usage/usage-ledger.js';
import { PayersRepository } from './payers.repository.js';

/** A text is cut so that every model takes it: 512 tokens of 4 characters are the fewest. */
const MOST_CHARACTERS = 8000;

/** Failures that pass: asked again after so long, in milliseconds. */
const PAUSES_MS = [500, 2000];
const PASSING = new Set(['UNAVAILABLE', 'RATE_LIMITED', 'TIMEOUT', 'UNREACHABLE', 'BUSY']);

/** Longest that documents wait for a call. */
const PATIENCE_MS = 600_000;

/** Calls for one text at a time: providers count them, and a long text has a hundred pieces. */
const CALLS_AT_ONCE = 4;

/** Who asks for vectors, and why, as the ledger wants to know. */
export type EmbeddingCall = Omit<ModelCall, 'provider' | 'model' | 'promptEstimate'>;

/** Makes vectors, each call with a row in the ledger. */
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

  /** `EMBEDDING_MODEL`, whether or not it can be used; undefined: none is named. */
  get modelName(): string | undefined {
    return this.env.EMBEDDING_MODEL;
  }

  /** The model, opened at its first use; undefined: there is none, or it cannot be used. */
  embedder(): Promise<Embedder | undefined> {
    this.opening ??= configuredEmbedder(this.env).catch((error: unknown) => {
      this.logger.error({ err: error }, 'EMBEDDING_MODEL cannot be used: only words are searched');
      return undefined;
    });
    return this.opening;
  }

  /**
   * Vectors of texts, in their order, within the limits of a person; asks again what may pass.
   * @param userId who pays.
   * @throws {ModelFailure}; {DomainError} LIMIT.TOKENS, LIMIT.BUDGET, LIMIT.UNPRICED.
   */
  async vectors(
    texts: readonly string[],
    userId: number,
    signal: AbortSignal = AbortSignal.timeout(PATIENCE_MS),
  ): Promise<Float32Array[]> {
    const embedder = await this.opened();
    const vectors: Float32Array[] = [];
    for (const batch of batchesOf(texts, embedder.most)) {
      signal.throwIfAborted();
      vectors.push(...(await this.patiently(embedder, batch, userId, signal)));
    }
    return vectors;
  }

  /**
   * Vectors of texts, in their order, for somebody who waits: a few calls at the same time, none of
   * them twice, and whatever the limits say of what is judged.
   * @throws {ModelFailure}
   */
  async vectorsNow(
    texts: readonly string[],
    call: EmbeddingCall,
    signal: AbortSignal,
  ): Promise<Float32Array[]> {
    const embedder = await this.opened();
    const batches = batchesOf(texts, embedder.most);
    const made: (readonly Float32Array[])[] = [];
    const waiting = [...batches.entries()];
    const work = async (): Promise<void> => {
      for (let one = waiting.shift(); one; one = waiting.shift()) {
        made[one[0]] = await this.ledgered(embedder, one[1], call, signal);
      }
    };
    try {
      await Promise.all(Array.from({ length: CALLS_AT_ONCE }, work));
    } finally {
      waiting.length = 0; // Where one has failed the others ask for no more.
    }
    return made.flat();
  }

  async onApplicationShutdown(): Promise<void> {
    await (await this.opening)?.close();
  }

  private async opened(): Promise<Embedder> {
    const embedder = await this.embedder();
    if (!embedder) throw new ModelFailure('MISCONFIGURED');
    return embedder;
  }

  private async patiently(
    embedder: Embedder,
    texts: readonly string[],
    userId: number,
    signal: AbortSignal,
  ): Promise<readonly Float32Array[]> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.withinLimits(embedder, texts, userId, signal);
      } catch (error) {
        const pause = PAUSES_MS[attempt];
        const passes = error instanceof ModelFailure && PASSING.has(error.kind);
        if (pause === undefined || !passes || signal.aborted) throw error;
        await wait(error.retryAfterMs ?? pause, undefined, { signal });
      }
    }
  }

  private async withinLimits(
    embedder: Embedder,
    texts: readonly string[],
    userId: number,
    signal: AbortSignal,
  ): Promise<readonly Float32Array[]> {
    const { username, role } = await this.payers.find(userId);
    const tokens = estimateOf(texts);
    await this.limits.requireRoom({ id: userId, role }, async () => ({
      tokens,
      nanoUsd: (await this.prices.costOf(embedder, tokens, new Date()))?.totalNanoUsd ?? null,
    }));
    const nowhere = { runId: '', conversationId: 0, postId: 0, door: 'knowledge' };
    const call: EmbeddingCall = { ...nowhere, userId, username, purpose: 'embedding' };
    return this.ledgered(embedder, texts, call, signal);
  }

  /** One call to the model and its row in the ledger, whatever becomes of it. */
  private async ledgered(
    embedder: Embedder,
    texts: readonly string[],
    call: EmbeddingCall,
    signal: AbortSignal,
  ): Promise<readonly Float32Array[]> {
    const estimate = estimateOf(texts);
    const id = await this.ledger.open({
      ...call,
      provider: embedder.provider,
      model: embedder.id,
      promptEstimate: estimate,
    });
    const from = performance.now();
    const close = async (outcome: string, tokens: number, counted: number | null) => {
      const price = await this.prices.costOf(embedder, tokens, new Date());
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
      const { vectors, tokens } = await embedder.embed(texts, signal);
      await close('done', tokens ?? estimate, tokens);
      return vectors;
    } catch (error) {
      await close(error instanceof ModelFailure ? error.message : 'failed', 0, null);
      throw error;
    }
  }
}

const estimateOf = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + estimateTokens(text), 0);

function batchesOf(texts: readonly string[], most: number): string[][] {
  const batches: string[][] = [];
  for (let at = 0; at < texts.length; at += most) {
    const batch = texts.slice(at, at + most);
    batches.push(batch.map((text) => text.slice(0, MOST_CHARACTERS)));
  }
  return batches;
}
