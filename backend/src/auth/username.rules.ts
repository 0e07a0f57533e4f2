import { DomainError } from '../platform/domain-error.js';

/**
 * ASCII only: MariaDB's collation takes `josé` and `jose` for the same name and the other engines
 * do not, and letters of other scripts that look alike would let one person pose as another.
 */
const USERNAME = /^[a-z0-9._@-]{2,64}$/;

/** In characters. */
export const LONGEST_USERNAME = 64;

/** The form in which a username is stored and compared, whatever was typed. */
export function normalUsername(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}

/** Whether anybody may have this (normal) username. */
export function isUsername(name: string): boolean {
  return USERNAME.test(name);
}

/** @throws {DomainError} USER.USERNAME_INVALID; else the normal form. */
export function requireUsername(typed: string): string {
  const name = normalUsername(typed);
  if (!isUsername(name)) {
    throw new DomainError('USER.USERNAME_INVALID');
  }
  return name;
}
