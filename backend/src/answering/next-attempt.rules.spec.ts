import { describe, expect, it } from '@jest/globals';
import type { ErrorCode } from '../platform/error-codes.js';
import { type Course, type FailedAttempt, nextAttempt } from './next-attempt.rules.js';

const first: Course = {
  ofModel: 1,
  ofRun: 1,
  waitedMs: 0,
  hasFallback: false,
  mayRetry: true,
  mayRefit: false,
};
const failed = (code: ErrorCode, more: Partial<FailedAttempt> = {}): FailedAttempt => ({
  code,
  retryAfterMs: undefined,
  renewed: false,
  ...more,
});
const down = failed('MODEL.UNAVAILABLE');
const next = (attempt: FailedAttempt, course: Partial<Course> = {}, random = 0) =>
  nextAttempt(attempt, { ...first, ...course }, random);

describe(nextAttempt.name, () => {
  it.each<ErrorCode>([
    'MODEL.RATE_LIMITED',
    'MODEL.UNAVAILABLE',
    'MODEL.UNREACHABLE',
    'MODEL.EMPTY',
  ])('should ask the same model again after %s', (code) => {
    expect(next(failed(code), { hasFallback: true }).next).toBe('retry');
  });

  it.each<ErrorCode>([
    'MODEL.UNAUTHORIZED',
    'MODEL.NOT_FOUND',
    'MODEL.OVERFLOW',
    'MODEL.TIMEOUT',
    'MODEL.BAD_ANSWER',
  ])('should leave a model to another, or the run to its end, after %s', (code) => {
    expect(next(failed(code), { hasFallback: true })).toEqual({ next: 'fallback' });
    expect(next(failed(code))).toEqual({ next: 'end' });
  });

  it('should ask once more with less of the conversation, where there is less to send', () => {
    const tooLong = failed('MODEL.OVERFLOW');
    expect(next(tooLong, { mayRefit: true, mayRetry: false })).toEqual({ next: 'refit' });
    expect(next(tooLong, { mayRefit: true, ofModel: 2, ofRun: 2 })).toEqual({ next: 'end' });
    expect(next(tooLong, { mayRefit: true, ofRun: 3 })).toEqual({ next: 'end' });
    expect(next(down, { mayRefit: true }).next).toBe('retry');
  });

  it.each<ErrorCode>(['MODEL.FILTERED', 'MODEL.LENGTH', 'SERVER.ERROR', 'RUN.INTERRUPTED'])(
    'should ask nobody else after %s',
    (code) => {
      expect(next(failed(code), { hasFallback: true })).toEqual({ next: 'end' });
    },
  );

  it('should ask a model twice, and three times in all', () => {
    expect(next(down, { ofModel: 2, ofRun: 2, hasFallback: true }).next).toBe('fallback');
    expect(next(down, { ofModel: 2, ofRun: 2 }).next).toBe('end');
    expect(next(down, { ofModel: 1, ofRun: 2, hasFallback: true }).next).toBe('retry');
    expect(next(down, { ofModel: 1, ofRun: 3, hasFallback: true }).next).toBe('end');
  });

  it('should wait anything up to the back-off, wider the second time', () => {
    const waits = [0, 0.5, 0.999].map((random) => next(down, {}, random));
    expect(waits).toEqual([0, 250, 500].map((delayMs) => ({ next: 'retry', delayMs })));
  });

  it('should wait as long as the provider asks, and never less', () => {
    const limited = failed('MODEL.RATE_LIMITED', { retryAfterMs: 3000 });
    expect(next(limited, {}, 0)).toEqual({ next: 'retry', delayMs: 3000 });
    expect(next(limited, {}, 0.999)).toEqual({ next: 'retry', delayMs: 3500 });
  });

  it('should not wait longer than a person would, less where another can answer', () => {
    const limited = (retryAfterMs: number) => failed('MODEL.RATE_LIMITED', { retryAfterMs });
    expect(next(limited(10_000)).next).toBe('retry');
    expect(next(limited(10_001)).next).toBe('end');
    expect(next(limited(5000), { hasFallback: true }).next).toBe('retry');
    expect(next(limited(5001), { hasFallback: true }).next).toBe('fallback');
    expect(next(limited(3000), { waitedMs: 2001, hasFallback: true }).next).toBe('fallback');
  });

  it('should wait for a model that rests, whatever it failed by, if that is soon', () => {
    const resting = failed('MODEL.TIMEOUT', { retryAfterMs: 100 });
    expect(next(resting, { ofModel: 0, ofRun: 0 })).toEqual({ next: 'retry', delayMs: 100 });
    expect(next(resting, { ofModel: 0, ofRun: 0, waitedMs: 9901 }).next).toBe('end');
  });

  it('should not wait for a model that rests while another can answer', () => {
    const resting = failed('MODEL.RATE_LIMITED', { retryAfterMs: 1 });
    expect(next(resting, { ofModel: 0, ofRun: 0, hasFallback: true }).next).toBe('fallback');
  });

  it('should ask at once with new credentials, once', () => {
    const renewed = failed('MODEL.UNAUTHORIZED', { renewed: true });
    expect(next(renewed, {}, 0.9)).toEqual({ next: 'retry', delayMs: 0 });
    expect(next(renewed, { ofModel: 2, ofRun: 2 })).toEqual({ next: 'end' });
  });

  it('should not retry where the model has no retries left', () => {
    expect(next(down, { mayRetry: false })).toEqual({ next: 'end' });
    expect(next(down, { mayRetry: false, hasFallback: true })).toEqual({ next: 'fallback' });
  });
});
