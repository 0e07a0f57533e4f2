import { describe, expect, it } from '@jest/globals';
import { DomainError, RetryLaterError } from '../platform/domain-error.js';
import { DocumentFailure } from './document-failure.js';
import { afterFailure } from './retry.rules.js';

describe(afterFailure.name, () => {
  it('should wait until a limit is whole again, however often it was tried', () => {
    const refusal = new RetryLaterError('LIMIT.TOKENS', 120, { scope: 'everyone' });
    expect(afterFailure(refusal, 9)).toEqual({ step: 'wait', afterSeconds: 120, refusal });
  });

  it('should look again within ten minutes, for a limit may be raised', () => {
    const refusal = new RetryLaterError('LIMIT.BUDGET', 86_400);
    expect(afterFailure(refusal, 1)).toMatchObject({ step: 'wait', afterSeconds: 600 });
    expect(afterFailure(new DomainError('LIMIT.UNPRICED'), 1)).toMatchObject({
      ...{ step: 'wait', afterSeconds: 300 },
    });
  });

  it('should not read again what cannot be read, and try for minutes what may pass', () => {
    const encrypted = new DocumentFailure('DOCUMENT.ENCRYPTED');
    expect(afterFailure(encrypted, 1)).toEqual({ step: 'give-up', failure: encrypted });
    const tooLarge = 'DOCUMENT.TOO_LARGE_TO_READ';
    expect(afterFailure(new DocumentFailure(tooLarge), 1)).toMatchObject({ step: 'again' });
    expect(afterFailure(new DocumentFailure(tooLarge), 2)).toMatchObject({ step: 'give-up' });
    expect(afterFailure(new Error('away'), 1)).toEqual({ step: 'again', afterSeconds: 2 });
    expect(afterFailure(new Error('away'), 5)).toMatchObject({ step: 'give-up' });
  });
});
