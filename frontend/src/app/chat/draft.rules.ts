/** What was typed and not yet accepted by the server. */
export interface Draft {
  readonly text: string;
  /** The prompt that was handed over last, and the idempotency key it went with. */
  readonly sent?: { readonly prompt: string; readonly key: string };
  /** True while nobody knows whether the server took `sent`. */
  readonly pending?: boolean;
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
    return isSent ? { text, sent, pending: pending === true } : { text };
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
  return { text: '', sent: { prompt, key }, pending: true };
}

/** Hands an edited prompt over: it is no draft, and what stands in the box stays there. */
export function handOverEdited({ text }: Draft, prompt: string, key: string): SentDraft {
  return { text, sent: { prompt, key }, pending: true };
}

/** An edited prompt came back: it stands above what was in the box. */
export const editedBack = (draft: Draft): Draft => ({ text: textOf(draft) });

/** The server has the prompt: only what was typed since stays. */
export const accepted = ({ text }: Draft): Draft => ({ text });

/**
 * The prompt came back: it is text again, above what was typed meanwhile. Its key is kept for
 * another try, unless the server says that the key stands for something else.
 */
export function refused(draft: Draft, keepKey: boolean): Draft {
  const text = textOf(draft);
  return keepKey && draft.sent ? { text, sent: draft.sent } : { text };
}

/** What the box shows when a draft is opened: also a prompt whose fate nobody learned. */
export function textOf({ text, sent, pending }: Draft): string {
  if (!pending || !sent) return text;
  return text.trim() ? `${sent.prompt}\n\n${text}` : sent.prompt;
}
