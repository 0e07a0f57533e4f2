import { estimateTokens } from '../llm/tokens.rules.js';
import { tokensOf } from './window/choose-turns.rules.js';

/** What must be sent, and where to. */
export interface WindowRequest {
  /** The model's whole window, in tokens. */
  readonly contextWindow: number;
  /** Longest answer wanted, in tokens. */
  readonly maxOutputTokens: number;
  /** What an estimate is multiplied by, from what was learned of the model; 1 or more. */
  readonly factor: number;
  readonly system: string;
  readonly prompt: string;
}

/** The answer may take at most this part of the window, or there were no room for a question. */
const LARGEST_RESERVE = 1 / 4;

/** Tokens left for the answer: what is wanted, but never more than a quarter of the window. */
export function answerRoom(contextWindow: number, maxOutputTokens: number): number {
  return Math.min(maxOutputTokens, Math.floor(contextWindow * LARGEST_RESERVE));
}

/** What must be sent comes to, estimated; in tokens. */
export const promptTokens = ({
  factor,
  system,
  prompt,
}: Pick<WindowRequest, 'factor' | 'system' | 'prompt'>): number =>
  tokensOf(system, factor) + tokensOf(prompt, factor);

/** By how many tokens a prompt alone exceeds the window; 0 when it fits. */
export function promptExcess(request: WindowRequest): number {
  const { contextWindow, maxOutputTokens } = request;
  const room = contextWindow - answerRoom(contextWindow, maxOutputTokens);
  return Math.max(0, promptTokens(request) - room);
}

/**
 * As many of the sources, best first, as fit beside what must be sent; one that is too large makes
 * room for the next.
 * @param excess by how many tokens a window with these sources would be exceeded.
 */
export function fittingSources<Source>(
  found: readonly Source[],
  excess: (sources: readonly Source[]) => number,
): readonly Source[] {
  let kept: readonly Source[] = [];
  for (const source of found) {
    const more = [...kept, source];
    if (excess(more) === 0) {
      kept = more;
    }
  }
  return kept;
}

/** The end of a text that is at least so many estimated tokens shorter: whole characters, or nothing. */
export function shortenedBy(text: string, tokens: number): string {
  const most = estimateTokens(text) - tokens - 1; // One more, for estimates are rounded up.
  let [fits, exceeds] = [text.length, -1]; // Where a beginning fits, and where one does not.
  while (fits - exceeds > 1) {
    const middle = Math.floor((fits + exceeds) / 2);
    if (estimateTokens(text.slice(middle)) <= most) {
      fits = middle;
    } else {
      exceeds = middle;
    }
  }
  return text.slice(fits).replace(/^[\udc00-\udfff]/, '');
}
