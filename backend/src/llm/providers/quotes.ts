import { setImmediate as nextTurn } from 'node:timers/promises';
import { preferredLanguage } from '../../platform/language.rules.js';
import { ChatModel, type ChatMessage, type ModelEvent, type StreamOptions } from '../chat-model.js';
import { piecesOf, quotesAnswer } from './quotes-answer.rules.js';
import { QUOTES_FRAMING } from './quotes-framing.js';

/**
 * The built-in answerer that needs no key, no network and no weights: it quotes the passages it is
 * given, with their numbers, and says that no language model answers and how to connect one.
 * It counts no tokens, because it reads and writes none.
 */
export class QuotesModel extends ChatModel {
  readonly id = 'quotes';
  readonly provider = 'quotes';
  /** It does not read the conversation, so any length will do. */
  readonly contextWindow = 1_000_000;

  /** Ends quietly, without `finish`, when the signal is aborted. */
  async *stream(
    messages: readonly ChatMessage[],
    { signal, passages, locale }: StreamOptions,
  ): AsyncGenerator<ModelEvent> {
    const answer = quotesAnswer(
      messages.findLast(({ role }) => role === 'user')?.text ?? '',
      passages,
      QUOTES_FRAMING[preferredLanguage(locale)],
    );
    for (const text of piecesOf(answer)) {
      // A turn of the event loop each: others are served, and a stop can arrive.
      await nextTurn();
      if (signal.aborted) return;
      yield { type: 'text', text };
    }
    if (!signal.aborted) yield { type: 'finish', reason: 'stop' };
  }
}
