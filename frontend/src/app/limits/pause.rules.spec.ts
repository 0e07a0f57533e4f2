import { ApiFailure } from '../api/api-failure';
import { aLimitLeft } from '../../testing/samples';
import { holdsFor, pauseOf, renewalOf, type Pause } from './pause.rules';

const NOW = Date.UTC(2026, 10, 21, 15);
const ASKED = { prompt: 'Oi', model: null };

const refusal = (code: string, retryAfter: number | null, details: object = {}): ApiFailure =>
  new ApiFailure(429, code, 'Espere.', retryAfter, details);

describe(pauseOf.name, () => {
  it('should last as long as the server says, whatever this device takes the time for', () => {
    const details = { resetsAt: new Date(NOW + 7_200_000).toISOString() };
    const pause = pauseOf(refusal('LIMIT.REQUESTS', 3600, details), ASKED, NOW);
    expect(pause).toMatchObject({ until: NOW + 3_600_000, team: false, prompt: 'Oi' });
    expect(pause?.resetsAt).toBeNull();
  });

  it('should last until the limit is renewed where nothing else is said', () => {
    const details = { resetsAt: new Date(NOW + 60_000).toISOString(), scope: 'team' };
    const pause = pauseOf(refusal('LIMIT.BUDGET', null, details), ASKED, NOW);
    expect(pause).toMatchObject({
      until: NOW + 60_000,
      resetsAt: NOW + 60_000,
      team: true,
      limit: null,
    });
  });

  it('should take a second of difference between two clocks for none', () => {
    const details = { resetsAt: new Date(NOW + 3_601_000).toISOString() };
    const pause = pauseOf(refusal('LIMIT.TOKENS', 3600, details), ASKED, NOW);
    expect(pause).toMatchObject({ until: NOW + 3_600_000, resetsAt: NOW + 3_601_000 });
  });

  it('should know which limit it is', () => {
    const limit = { measure: 'usd', period: 'month', amount: 7.5 };
    expect(pauseOf(refusal('LIMIT.BUDGET', 60, limit), ASKED, NOW)?.limit).toEqual(limit);
    expect(pauseOf(refusal('LIMIT.TOKENS', 60, limit), ASKED, NOW)?.limit).toBeNull();
  });

  it.each(['RUN.TOO_MANY', 'LIMIT.UNPRICED', 'MODEL.RATE_LIMITED'])(
    'should not pause for %s: no time mends it',
    (code) => {
      expect(pauseOf(refusal(code, 60), ASKED, NOW)).toBeNull();
    },
  );

  it('should not pause without a time', () => {
    expect(pauseOf(refusal('LIMIT.TOKENS', null), ASKED, NOW)).toBeNull();
    expect(pauseOf(refusal('LIMIT.TOKENS', null, { resetsAt: 'ontem' }), ASKED, NOW)).toBeNull();
  });
});

describe(holdsFor.name, () => {
  const pause = (code: string): Pause => ({
    ...ASKED,
    code,
    until: NOW,
    resetsAt: null,
    team: false,
    limit: null,
  });

  it.each(['LIMIT.REQUESTS', 'REQUEST.RATE_LIMITED'])('should hold back everything: %s', (code) => {
    expect(holdsFor(pause(code), { prompt: 'Outra', model: 'openai/b' })).toBe(true);
  });

  it.each(['LIMIT.TOKENS', 'LIMIT.BUDGET'])(
    'should hold back the same only, as a shorter prompt or a cheaper model may fit: %s',
    (code) => {
      expect(holdsFor(pause(code), { prompt: ' Oi\n', model: null })).toBe(true);
      expect(holdsFor(pause(code), { prompt: 'O', model: null })).toBe(false);
      expect(holdsFor(pause(code), { prompt: 'Oi', model: 'openai/b' })).toBe(false);
    },
  );
});

describe(renewalOf.name, () => {
  const day = aLimitLeft({
    measure: 'tokens',
    left: 0,
    near: true,
    resetsAt: '2026-11-22T03:00:00.000Z',
  });
  const month = aLimitLeft({
    measure: 'tokens',
    period: 'month',
    left: 0,
    near: true,
    resetsAt: '2026-12-01T03:00:00.000Z',
  });

  it('should believe what was said when the answer ended', () => {
    const resetsAt = '2026-11-22T03:00:00.000Z';
    expect(renewalOf('LIMIT.TOKENS', resetsAt, null)).toBe(Date.parse(resetsAt));
    expect(renewalOf('LIMIT.TOKENS', resetsAt, [month])).toBe(Date.parse(resetsAt));
  });

  it('should wait for the last of the limits that are used up where nothing was said', () => {
    expect(renewalOf('LIMIT.TOKENS', null, [month, day])).toBe(Date.parse('2026-12-01T03:00:00Z'));
    expect(renewalOf('LIMIT.TOKENS', null, [day, { ...month, left: 5 }])).toBe(
      Date.parse('2026-11-22T03:00:00Z'),
    );
    expect(renewalOf('LIMIT.TOKENS', null, null)).toBeNull();
  });

  it('should not wait where there is room again, or the limit is gone', () => {
    const raised = { ...day, left: 100 };
    expect(renewalOf('LIMIT.TOKENS', null, [raised])).toBeNull();
    expect(renewalOf('LIMIT.BUDGET', '2026-11-22T03:00:00.000Z', [day])).toBeNull();
  });
});
