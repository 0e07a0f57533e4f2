import type { AskWishes } from '../api/contract';

/** What was typed and not yet accepted by the server. */
export interface Draft {
  readonly text: string;
  /** The prompt that was handed over last, and the idempotency key it went with. */
  readonly sent?: { readonly prompt: string; readonly key: string };
  /** True while nobody knows whether the server took `sent`. */
  readonly pending?: boolean;
  /** Where answers are to look; absent where it is left to Prosa. It stays for the next question. */
  readonly wishes?: AskWishes;
}

/** A draft whose prompt is on its way. */
export type SentDraft = Draft & Required<Pick<Draft, 'sent'>>;

export const NO_DRAFT: Draft = { text: '' };

/** Reads a stored draft; anything unreadable is no draft. */
export function parseDraft(stored: string | null): Draft {
  if (!stored) return NO_DRAFT;
  try {
    const value = JSON.parse(stored) as Partial<Draft> | null;
    if (typeof value?.text !== 'string') return NO_DRAFT;
    const { text, sent, pending } = value;
    const isSent = typeof sent?.key === 'string' && typeof sent.prompt === 'string';
    const draft = { text, ...keptWishes(parseWishes(value.wishes)) };
    return isSent ? { ...draft, sent, pending: pending === true } : draft;
  } catch {
    return NO_DRAFT;
  }
}

/**
 * Hands `prompt` over: with the key used before if it is the same prompt again (the server then
 * answers with the same run), else with a new one.
 */
export function handOver(draft: Draft, prompt: string, newKey: () => string): SentDraft {
  const key = draft.sent?.prompt === prompt ? draft.sent.key : newKey();
  return { text: '', sent: { prompt, key }, pending: true, ...keptWishes(draft.wishes) };
}

/** Hands an edited prompt over: it is no draft, and what stands in the box stays there. */
export function handOverEdited({ text, wishes }: Draft, prompt: string, key: string): SentDraft {
  return { text, sent: { prompt, key }, pending: true, ...keptWishes(wishes) };
}

/** An edited prompt came back: it stands above what was in the box. */
export const editedBack = (draft: Draft): Draft => ({
  text: textOf(draft),
  ...keptWishes(draft.wishes),
});

/** The server has the prompt: only what was typed since stays, and where to look. */
export const accepted = ({ text, wishes }: Draft): Draft => ({ text, ...keptWishes(wishes) });

/**
 * The prompt came back: it is text again, above what was typed meanwhile. Its key is kept for
 * another try, unless the server says that the key stands for something else.
 */
export function refused(draft: Draft, keepKey: boolean): Draft {
  const back = { text: textOf(draft), ...keptWishes(draft.wishes) };
  return keepKey && draft.sent ? { ...back, sent: draft.sent } : back;
}

/** What the box shows when a draft is opened: also a prompt whose fate nobody learned. */
export function textOf({ text, sent, pending }: Draft): string {
  if (!pending || !sent) return text;
  return text.trim() ? `${sent.prompt}\n\n${text}` : sent.prompt;
}

/** Nothing is asked for in particular. */
export const NO_WISHES: AskWishes = { web: null, knowledge: null, collectionIds: null };

/**
 * Other wishes from now on. The same prompt with them is another question: the key that it was handed
 * over with stands for what was asked before.
 */
export function withWishes(draft: Draft, wishes: AskWishes): Draft {
  const { text, sent, pending } = draft;
  return { text, ...(pending && sent && { sent, pending }), ...keptWishes(wishes) };
}

/** What a question says of where to look. */
export function wishFields({ web, knowledge, collectionIds }: AskWishes = NO_WISHES): {
  web?: boolean;
  knowledge?: boolean;
  collectionIds?: number[];
} {
  return {
    ...(web !== null && { web }),
    ...(knowledge !== null && { knowledge }),
    // Where no document is looked at, it does not matter in which collections.
    ...(collectionIds !== null && knowledge !== false && { collectionIds }),
  };
}

function keptWishes(wishes: AskWishes | undefined): { wishes?: AskWishes } {
  const isAny = wishes && (wishes.web ?? wishes.knowledge ?? wishes.collectionIds) !== null;
  return isAny ? { wishes } : {};
}

function parseWishes(stored: unknown): AskWishes {
  const { web, knowledge, collectionIds } = (stored ?? {}) as Partial<Record<string, unknown>>;
  const choice = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);
  const ids = Array.isArray(collectionIds) ? collectionIds.filter(Number.isInteger) : [];
  return {
    web: choice(web),
    knowledge: choice(knowledge),
    collectionIds: ids.length > 0 ? (ids as number[]) : null,
  };
}
