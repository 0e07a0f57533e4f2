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

/** @throws {DomainError} REQUEST.INVALID unless it is one of ours. */
export function decodeCursor(text: string): Cursor {
  const match = /^([a-z]*)\.(\d{1,15})\.(\d{1,10})$/.exec(
    Buffer.from(text, 'base64url').toString('latin1'),
  );
  if (!match) {
    throw new DomainError('REQUEST.INVALID', { fields: ['cursor'] });
  }
  const [, part = '', time, id] = match;
  return { part, time: new Date(Number(time)), id: Number(id) };
}
