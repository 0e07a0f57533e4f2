import type { AnswerEvent } from '../../answering/answer-event.js';
import type { LoggedEvent, Position } from '../../answering/event-log/logged-event.js';
import { railMessage } from '../../guardrails/events/rail-message.js';
import { errorMessage } from '../../platform/error-message.js';
import type { Language } from '../../platform/language.rules.js';
import { noticeMessage } from '../../platform/notice-message.js';

/** An event as the wire carries it: `id: <sequence>.<characters so far>`, its type, JSON. */
export function toFrame({ position, event }: LoggedEvent, language: Language): string {
  const id = `${String(position.seq)}.${String(position.chars)}`;
  if (event.type === 'delta') {
    // Each word of an answer: without a copy of the event.
    const { at, text } = event;
    return `id: ${id}\nevent: delta\ndata: {"at":${String(at)},"text":${JSON.stringify(text)}}\n\n`;
  }
  const { type, ...data } = event;
  const words = { ...data, ...wordsOf(event, language) };
  return `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(words)}\n\n`;
}

/** What is said to people, each in their own language. */
function wordsOf(event: AnswerEvent, language: Language): { readonly message?: string } {
  switch (event.type) {
    case 'error':
      return { message: errorMessage(event.code, language) };
    case 'rail':
      return { message: railMessage(event, language) };
    case 'notice':
      return { message: noticeMessage(event, language) };
    default:
      return {};
  }
}

/** Reads `Last-Event-ID`. What is not one of ours counts as the beginning. */
export function positionOf(header: string | string[] | undefined): Position {
  const match = /^(\d{1,9})\.(\d{1,9})$/.exec(typeof header === 'string' ? header : '');
  return match ? { seq: Number(match[1]), chars: Number(match[2]) } : { seq: 0, chars: 0 };
}
