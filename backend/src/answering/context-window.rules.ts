import { estimateTokens, MESSAGE_OVERHEAD } from '../llm/tokens.rules.js';
import type { ContextUse, LeftPost } from './answer-event.js';

/** An earlier prompt and its answer, with the tokens that a provider counted, where it did. */
export interface Turn {
  readonly postId: number;
  readonly prompt: string;
  readonly answer: string;
  readonly answerTokens: number | null;
  /** Blocked and unfinished answers are not sent again. */
  readonly complete: boolean;
}

export interface WindowRequest {
  /** The model's whole window, in tokens. */
  readonly contextWindow: number;
  /** Longest answer wanted, in tokens. */
  readonly maxOutputTokens: number;
  /** What an estimate is multiplied by, from what was learned of the model; 1 or more. */
  readonly factor: number;
  readonly system: string;
  readonly prompt: string;
  /** Newest first, as the branch is walked. */
  readonly turns: readonly Turn[];
}

export interface Window {
  readonly context: ContextUse;
  /** The turns to send, oldest first. */
  readonly turns: readonly Turn[];
}

/** The answer may take at most this part of the window, or there were no room for a question. */
const LARGEST_RESERVE = 1 / 4;

/** Tokens left for the answer: what is wanted, but never more than a quarter of the window. */
export function answerRoom(contextWindow: number, maxOutputTokens: number): number {
  return Math.min(maxOutputTokens, Math.floor(contextWindow * LARGEST_RESERVE));
}

/** By how many tokens a prompt alone exceeds the window; 0 when it fits. */
export function promptExcess(
  request: Pick<
    WindowRequest,
    'contextWindow' | 'maxOutputTokens' | 'factor' | 'system' | 'prompt'
  >,
): number {
  const { contextWindow, maxOutputTokens, factor, system, prompt } = request;
  const room = contextWindow - answerRoom(contextWindow, maxOutputTokens);
  return Math.max(0, tokensOf(system, factor) + tokensOf(prompt, factor) - room);
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

/**
 * Chooses what is sent: the system prompt, the prompt, and the newest turns that fit beside the
 * room for the answer. The first turn that does not fit ends the choice, so that what is sent has
 * no gap in it. Pure: the same input gives the same choice.
 */
export function fitWindow(request: WindowRequest): Window {
  const limit = request.contextWindow;
  const { factor } = request;
  const reserved = answerRoom(limit, request.maxOutputTokens);
  let used = tokensOf(request.system, factor) + tokensOf(request.prompt, factor);
  const kept: Turn[] = [];
  const left: LeftPost[] = [];
  let full = false;
  for (const turn of request.turns) {
    if (!turn.complete) {
      left.push({ postId: turn.postId, reason: 'unfinished' });
      continue;
    }
    // Once it is full nothing more is counted: a long history would cost more than the answer.
    const cost: number = full ? 0 : turnTokens(turn, factor);
    full ||= used + cost + reserved > limit;
    if (full) {
      left.push({ postId: turn.postId, reason: 'window' });
    } else {
      used += cost;
      kept.push(turn);
    }
  }
  const context: ContextUse = {
    ...{ limit, used, reserved, left },
    excess: promptExcess(request),
    begins: kept.at(-1)?.postId ?? null,
    kept: [],
    leftOlder: 0,
    summary: null,
  };
  return { context, turns: kept.reverse() };
}

const tokensOf = (text: string, factor: number) =>
  Math.ceil((estimateTokens(text) + MESSAGE_OVERHEAD) * factor);

const turnTokens = ({ prompt, answer, answerTokens }: Turn, factor: number) =>
  tokensOf(prompt, factor) +
  (answerTokens === null ? tokensOf(answer, factor) : answerTokens + MESSAGE_OVERHEAD);
