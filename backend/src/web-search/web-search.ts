import type { GuardedPrompt } from '../guardrails/guarded.js';
import type { Language } from '../platform/language.rules.js';

/** What to look for on the web, and who asks. */
export interface WebQuery {
  /** Whose searches are counted. */
  readonly userId: number;
  /** As the rails let it pass: what they masked never leaves the house. */
  readonly query: GuardedPrompt;
  readonly language: Language;
  /** The most passages wanted. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** What a page of the web says about a question. */
export interface WebPassage {
  /** Where it was found, after redirects. */
  readonly url: string;
  readonly host: string;
  readonly title: string;
  /** Readable text without anything active, cut to what speaks of the question. */
  readonly text: string;
  /** When the page says that it was published; null where it does not say. */
  readonly publishedAt: Date | null;
  readonly fetchedAt: Date;
  /** Who named the page: one of `WEB_SEARCH`. */
  readonly provider: string;
}

/** One provider that was asked, or left alone because it failed a short while ago (`resting`). */
export interface TriedProvider {
  readonly provider: string;
  /** `found`, `nothing`, or why it did not answer. */
  readonly outcome: string;
  readonly ms: number;
}

/** What a search of the web came to. `tried` is for traces; absent where nobody was asked. */
export type WebOutcome =
  /** Searched; without passages where nothing speaks of the question. */
  | {
      readonly status: 'found';
      readonly passages: readonly WebPassage[];
      readonly tried?: readonly TriedProvider[];
    }
  /** No provider answered; where one is known, the time from which it is worth another try. */
  | {
      readonly status: 'unreachable';
      readonly retryAt?: Date;
      readonly tried?: readonly TriedProvider[];
    }
  /** This person has searched as often as a day allows, until then. */
  | { readonly status: 'limited'; readonly retryAt: Date }
  /** `WEB_SEARCH=off`. */
  | { readonly status: 'off' };

/** Looks on the web, through the providers of `WEB_SEARCH` in their order. */
export abstract class WebSearch {
  /** Whether anything is searched at all: false with `WEB_SEARCH=off`. */
  abstract readonly on: boolean;

  /**
   * The passages of pages that answer a question best, best first.
   * @throws the signal's reason when it is aborted; nothing else: what fails is an outcome.
   */
  abstract search(query: WebQuery): Promise<WebOutcome>;
}
