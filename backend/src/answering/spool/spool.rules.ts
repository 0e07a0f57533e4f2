/** A short break of the connection costs no disk. */
const WAIT_MS = 2000;

/** What a run may have released that neither the database nor the spool holds, in UTF-16 units. */
export const MOST_IN_MEMORY = 64 * 1024;

/** How far checkpoints are behind what readers have seen. */
export interface Backlog {
  /** Since the first checkpoint that is not committed yet, in milliseconds. */
  readonly behindMs: number;
  /** What the run has released since the last thing that is kept, in UTF-16 units. */
  readonly characters: number;
}

/** Whether text must not stay in memory alone any longer. */
export function mustSpool({ behindMs, characters }: Backlog): boolean {
  return characters > 0 && (behindMs >= WAIT_MS || characters > MOST_IN_MEMORY);
}

/** Text that readers have seen, from an offset of the body on, in UTF-16 units. */
export interface ShownText {
  readonly start: number;
  readonly text: string;
}

/**
 * What shown text adds to a stored body.
 * @returns undefined where the body is another one, or ends before the text begins.
 */
export function continuation(stored: string, { start, text }: ShownText): string | undefined {
  if (start > stored.length) {
    return undefined;
  }
  const overlap = stored.slice(start);
  if (text.startsWith(overlap)) {
    return text.slice(overlap.length);
  }
  return overlap.startsWith(text) ? '' : undefined;
}
