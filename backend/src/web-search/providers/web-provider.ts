import type { WebProviderName } from '../../config/web-settings.js';
import type { ModelFailureKind } from '../../llm/model-failure.js';
import type { Language } from '../../platform/language.rules.js';

/** A page that a provider names. */
export interface WebResult {
  readonly url: string;
  readonly title: string;
  /** What the provider quotes of it. */
  readonly snippet: string;
  readonly publishedAt: Date | null;
}

/** Why a provider did not answer; `captcha`: it takes Prosa for a robot, and is right. */
export type ProviderProblem = 'time' | 'unreachable' | 'refused' | 'busy' | 'garbage' | 'captcha';

/** Anything but an answer of a provider. */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure';

  constructor(
    readonly problem: ProviderProblem,
    /** For the log: never what the provider wrote. */
    detail: string,
    /** How long it asks to be left alone, in milliseconds, where it says so. */
    readonly retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(`${problem}: ${detail}`, options);
  }
}

/** The same in the words of the circuit breaker, which models share. */
export const BREAKER_KIND: Readonly<Record<ProviderProblem, ModelFailureKind>> = {
  time: 'TIMEOUT',
  unreachable: 'UNREACHABLE',
  refused: 'UNAVAILABLE',
  busy: 'RATE_LIMITED',
  garbage: 'BAD_ANSWER',
  captcha: 'RATE_LIMITED',
};

/** Somebody who says where something stands on the web. */
export abstract class WebProvider {
  abstract readonly name: WebProviderName;

  /**
   * Pages that speak of something, best first; none where there are none.
   * @param query ≤ 300 characters.
   * @throws {ProviderFailure} and the signal's reason.
   */
  abstract search(
    query: string,
    language: Language,
    signal: AbortSignal,
  ): Promise<readonly WebResult[]>;
}
