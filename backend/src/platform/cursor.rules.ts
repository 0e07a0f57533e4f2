import { DomainError } from './domain-error.js';

/** Where a page of a list ended: the next one begins after this time and id. */
export interface Cursor {
  /** Which part of the list, where it has several. */
  readonly part: string;
  readonly time: Date;
  readonly id: number;
}

/** A cursor in a form that callers can send back and should not read. */
export function encodeCursor({ part, time, id }: Cursor): string {
  return Buffer.from(`${part}.${String(time.getTime())}.${String(id)}`).toString('base64url');
}

/** The last moment that every engine's columns can hold: the end of the year 9999. */
const LATEST_MS = Date.UTC(10_000, 0) - 1;

/** The largest id that a column holds: PostgreSQL refuses to compare a larger one with it. */
const LARGEST_ID = 2_147_483_647;

/**
 * @param parts the parts of the list that is being read: a cursor of another list is refused.
 * @throws {DomainError} REQUEST.INVALID unless it is one of ours, from this list.
 */
export function decodeCursor(text: string, parts: readonly string[]): Cursor {
  const match = /^([a-z]*)\.(\d{1,15})\.(\d{1,10})$/.exec(
    Buffer.from(text, 'base64url').toString('latin1'),
  );
  const [, part = '', time, id] = match ?? [];
  const inRange = Number(time) <= LATEST_MS && Number(id) <= LARGEST_ID;
  if (!match || !parts.includes(part) || !inRange) {
    throw new DomainError('REQUEST.INVALID', { fields: ['cursor'] });
  }
  return { part, time: new Date(Number(time)), id: Number(id) };
}
