import type { ErrorCode } from '../platform/error-codes.js';

/** Refusals before the prompt was read: a provider counts nothing for them. */
export const UNCOUNTED: ReadonlySet<ErrorCode | undefined> = new Set([
  'MODEL.UNAUTHORIZED',
  'MODEL.RATE_LIMITED',
  'MODEL.BUSY',
  'MODEL.NOT_FOUND',
  'MODEL.OVERFLOW',
  'MODEL.UNAVAILABLE',
  'MODEL.UNREACHABLE',
  'MODEL.NOT_INSTALLED',
  'MODEL.FILE_MISSING',
  'MODEL.FILE_INVALID',
  'MODEL.NAME_UNKNOWN',
  'MODEL.SETTING_INVALID',
]);
