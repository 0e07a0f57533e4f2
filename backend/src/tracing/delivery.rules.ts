/** What came of a request: a status, or none. */
export type Reply =
  | { readonly status: number; readonly retryAfterMs: number | undefined }
  | { readonly status: null; readonly reason: string };

/** `later`: the same may succeed at another time. `refused`: it never will. */
export type Verdict = 'sent' | 'later' | 'refused';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;

/** Too early, too many, or the server's own fault. */
const TRANSIENT: ReadonlySet<number> = new Set([408, 425, 429]);

/** Whether what was sent has arrived. A conflict means that it did, at an earlier attempt. */
export function verdictOf({ status }: Reply): Verdict {
  if (status === null) return 'later';
  if (status < 300 || status === 409) return 'sent';
  return status >= 500 || TRANSIENT.has(status) ? 'later' : 'refused';
}

/**
 * How long to leave the service alone, in milliseconds: as long as it asks for, else twice as long
 * each time, within a minute.
 * @param failures in a row, at least 1.
 * @param chance between 0 and 1; keeps several processes from asking in step.
 */
export function pauseMs(
  failures: number,
  retryAfterMs: number | undefined,
  chance = Math.random(),
): number {
  const doubled = FIRST_PAUSE_MS * 2 ** Math.min(failures - 1, 10);
  const wanted = retryAfterMs ?? doubled * (0.5 + chance / 2);
  return Math.min(wanted, LONGEST_PAUSE_MS);
}

/** `Retry-After` in milliseconds; it holds seconds or a date. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(ms, 0) : undefined;
}

/** About how much memory a value holds, in bytes; strings count two a character. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return 32 + value.length * 2;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.values(value).reduce<number>((sum, part) => sum + 24 + sizeOf(part), 32);
}
