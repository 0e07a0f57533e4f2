/** What was typed and not yet accepted by the server. */
export interface Draft {
  readonly text: string;
  /** The key under which exactly `sentText` was handed over, to be used again on a retry. */
  readonly key?: string;
  readonly sentText?: string;
}

export const NO_DRAFT: Draft = { text: '' };

/** Reads a stored draft; anything unreadable is no draft. */
export function parseDraft(stored: string | null): Draft {
  if (!stored) return NO_DRAFT;
  try {
    const value = JSON.parse(stored) as Partial<Draft> | null;
    if (typeof value?.text !== 'string') return NO_DRAFT;
    const { text, key, sentText } = value;
    return typeof key === 'string' && typeof sentText === 'string'
      ? { text, key, sentText }
      : { text };
  } catch {
    return NO_DRAFT;
  }
}

/**
 * The key to hand `prompt` over with: the one used before if it is the same prompt again (the server
 * then answers with the same run), else a new one.
 */
export function keyFor(draft: Draft, prompt: string, newKey: () => string): string {
  return draft.key && draft.sentText === prompt ? draft.key : newKey();
}

/** A prompt that was refused goes back above what was typed meanwhile: nothing is lost. */
export function giveBack(refused: string, typedSince: string): string {
  if (!typedSince.trim()) return refused;
  return typedSince.startsWith(refused) ? typedSince : `${refused}\n\n${typedSince}`;
}

/** What the box shows when a draft is opened again: also a prompt whose fate nobody learned. */
export function textOf({ text, sentText }: Draft): string {
  return sentText === undefined ? text : giveBack(sentText, text);
}
