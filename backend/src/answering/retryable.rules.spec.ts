import { describe, expect, it } from '@jest/globals';
import { isRetryable } from './retryable.rules.js';

describe(isRetryable.name, () => {
  it.each([
    'MODEL.RATE_LIMITED',
    'MODEL.BUSY',
    'MODEL.UNAVAILABLE',
    'MODEL.UNREACHABLE',
    'MODEL.TIMEOUT',
    'MODEL.CUT_SHORT',
    'RUN.INTERRUPTED',
    'LIMIT.BUDGET',
    'LIMIT.TOKENS',
    'SERVER.ERROR',
  ] as const)('should advise to try again after %s', (code) => {
    expect(isRetryable(code)).toBe(true);
  });

  it.each([
    'MODEL.UNAUTHORIZED',
    'MODEL.NOT_FOUND',
    'MODEL.UNKNOWN',
    'MODEL.OVERFLOW',
    'MODEL.FILTERED',
    'LIMIT.UNPRICED',
  ] as const)('should not advise to try again after %s', (code) => {
    expect(isRetryable(code)).toBe(false);
  });
});
