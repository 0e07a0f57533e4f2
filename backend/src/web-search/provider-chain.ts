import { Logger } from '@nestjs/common';
import type { WebProviderName } from '../config/web-settings.js';
import {
  admission,
  afterFailure,
  afterNothing,
  type Breaker,
  CLOSED,
} from '../llm/breaker.rules.js';
import type { Language } from '../platform/language.rules.js';
import {
  BREAKER_KIND,
  ProviderFailure,
  type ProviderProblem,
  type WebProvider,
  type WebResult,
} from './providers/web-provider.js';

/** A provider that takes longer is followed by the next. In milliseconds. */
export const PROVIDER_LIMIT_MS = 4000;

/** One provider that was asked, or left alone because it failed a short while ago (`resting`). */
export interface Tried {
  readonly provider: WebProviderName;
  readonly outcome: 'found' | 'nothing' | 'resting' | ProviderProblem;
  readonly ms: number;
}

export interface ChainAnswer {
  /** Undefined where nobody answered. */
  readonly provider: WebProviderName | undefined;
  readonly results: readonly WebResult[];
  readonly tried: readonly Tried[];
  /** Where nobody answered: in how many milliseconds the first may be asked again. */
  readonly retryInMs: number | undefined;
}

/** Asks providers in order, until one knows something; one that keeps failing rests for a while. */
export class ProviderChain {
  private readonly logger = new Logger(ProviderChain.name);
  private readonly breakers = new Map<string, Breaker>();

  /** @param limitMs for each provider. */
  constructor(
    private readonly providers: readonly WebProvider[],
    private readonly limitMs = PROVIDER_LIMIT_MS,
    private readonly now = () => performance.now(),
  ) {}

  /** @throws the signal's reason; nothing else. */
  async search(query: string, language: Language, signal: AbortSignal): Promise<ChainAnswer> {
    const tried: Tried[] = [];
    let answered: WebProviderName | undefined;
    for (const provider of this.providers) {
      const leave = admission(this.breakerOf(provider), this.now());
      if (!leave.admitted) {
        tried.push({ provider: provider.name, outcome: 'resting', ms: 0 });
        continue;
      }
      this.breakers.set(provider.name, leave.breaker);
      const began = this.now();
      const outcome = await this.ask(provider, query, language, signal);
      const ms = Math.round(this.now() - began);
      if (outcome instanceof ProviderFailure) {
        tried.push({ provider: provider.name, outcome: outcome.problem, ms });
        continue;
      }
      answered = provider.name;
      tried.push({ provider: answered, outcome: outcome.length > 0 ? 'found' : 'nothing', ms });
      if (outcome.length > 0) {
        return { provider: answered, results: outcome, tried, retryInMs: undefined };
      }
    }
    return { provider: answered, results: [], tried, retryInMs: this.shortestRest() };
  }

  private async ask(
    provider: WebProvider,
    query: string,
    language: Language,
    signal: AbortSignal,
  ): Promise<readonly WebResult[] | ProviderFailure> {
    const limit = AbortSignal.timeout(this.limitMs);
    try {
      const found = await provider.search(query, language, AbortSignal.any([signal, limit]));
      this.breakers.set(provider.name, CLOSED);
      return found;
    } catch (error) {
      const before = this.breakerOf(provider);
      if (signal.aborted) {
        this.breakers.set(provider.name, afterNothing(before, this.now()));
        throw signal.reason;
      }
      const failure = failureOf(error, limit);
      const call = { kind: BREAKER_KIND[failure.problem], retryAfterMs: failure.retryAfterMs };
      this.breakers.set(provider.name, afterFailure(before, call, this.now()));
      this.logger.warn({ provider: provider.name, err: failure }, 'a search provider failed');
      return failure;
    }
  }

  /** In how many milliseconds the first provider may be asked; undefined where one may be now. */
  private shortestRest(): number | undefined {
    const rests = this.providers.map((provider) => {
      const leave = admission(this.breakerOf(provider), this.now());
      return leave.admitted ? 0 : leave.retryInMs;
    });
    return Math.min(...rests) || undefined;
  }

  private breakerOf({ name }: WebProvider): Breaker {
    return this.breakers.get(name) ?? CLOSED;
  }
}

function failureOf(error: unknown, limit: AbortSignal): ProviderFailure {
  if (limit.aborted) return new ProviderFailure('time', 'took too long');
  return error instanceof ProviderFailure
    ? error
    : new ProviderFailure('garbage', 'could not be read', undefined, { cause: error });
}
