import type { ErrorCode } from '../platform/error-codes.js';

/** Failures that would come again: somebody must change something first. */
const LASTING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'MODEL.UNAUTHORIZED',
  'MODEL.NOT_FOUND',
  'MODEL.UNKNOWN',
  'MODEL.OVERFLOW',
  'MODEL.FILTERED',
  'MODEL.NOT_INSTALLED',
  'MODEL.FILE_MISSING',
  'MODEL.FILE_INVALID',
  'MODEL.NAME_UNKNOWN',
  'MODEL.SETTING_INVALID',
  'MODEL.MISCONFIGURED',
  'LIMIT.UNPRICED',
]);

/** Whether asking the same again, as it is, may go better. */
export function isRetryable(code: ErrorCode): boolean {
  return !LASTING.has(code);
}
