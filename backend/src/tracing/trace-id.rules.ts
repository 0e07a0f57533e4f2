import { createHash } from 'node:crypto';

const MS_DIGITS = 12;

/**
 * A UUID of version 7, as LangSmith wants them: made of a time, by which it sorts, and of given
 * bits. The same time and bits give the same id, so that what is sent twice arrives once.
 * @param bits at least 19 hexadecimal digits.
 */
export function uuid7(timeMs: number, bits: string): string {
  const time = timeMs.toString(16).padStart(MS_DIGITS, '0');
  const variant = (8 + (parseInt(bits.charAt(3), 16) & 3)).toString(16);
  return [
    time.slice(0, 8),
    time.slice(8, MS_DIGITS),
    `7${bits.slice(0, 3)}`,
    `${variant}${bits.slice(4, 7)}`,
    bits.slice(7, 19),
  ].join('-');
}

/** The id of something that belongs to a trace: always the same for the same name. */
export const idWithin = (traceId: string, name: string, timeMs = timeOf(traceId)): string =>
  uuid7(timeMs, createHash('sha256').update(`${traceId} ${name}`).digest('hex'));

/** When a trace began, in milliseconds: its id begins with it. */
export const timeOf = (traceId: string): number =>
  parseInt(traceId.replace('-', '').slice(0, MS_DIGITS), 16);
