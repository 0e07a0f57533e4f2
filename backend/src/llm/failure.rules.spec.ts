import {
  scrubbed,
  factsOf,
  failureKind,
  MalformedAnswer,
  retryAfterMs,
  toModelFailure,
} from './failure.rules.js';
import { ModelFailure } from './model-failure.js';

describe(failureKind.name, () => {
  it.each([
    [401, 'UNAUTHORIZED'],
    [403, 'UNAUTHORIZED'],
    [404, 'NOT_FOUND'],
    [408, 'TIMEOUT'],
    [429, 'RATE_LIMITED'],
    [500, 'UNAVAILABLE'],
    [529, 'UNAVAILABLE'],
    [302, 'BAD_ANSWER'],
    [400, 'BAD_ANSWER'],
  ])('should read status %i as %s', (status, kind) => {
    expect(failureKind({ status, text: '' })).toBe(kind);
  });

  it.each([
    "This model's maximum context length is 8192 tokens",
    'the request exceeds the available context size, try increasing it',
    'Input is too long for requested model.',
    'prompt is too long: 210000 tokens > 200000 maximum',
    'Too many input tokens',
    'Input tokens exceed the configured limit of 272000 tokens',
  ])('should recognise an overflow: %s', (text) => {
    expect(failureKind({ status: 400, text })).toBe('OVERFLOW');
  });

  it('should believe what a provider says of a window, not what it quotes of a person', () => {
    const words = 'The prompt is too long: maximum context length is 300 tokens';
    const told = (...said: string[]) =>
      toModelFailure(Object.assign(new Error(words), { status: 400 }), false, { said }).overflow;
    expect(told('conta uma história')).toEqual({ limit: 300 });
    expect(told('maximum context length is 300 tokens, says my teacher')).toEqual({});
  });

  it('should not take a limit of tokens per minute for an overflow', () => {
    const text = 'Too many tokens, please wait; maximum tokens per minute reached';
    expect(failureKind({ status: 429, text })).toBe('RATE_LIMITED');
    expect(failureKind({ name: 'ThrottlingException', text })).toBe('RATE_LIMITED');
  });

  it.each([
    'ENOTFOUND',
    'EAI_AGAIN',
    'ECONNREFUSED',
    'ECONNRESET',
    'ETIMEDOUT',
    'EPROTO',
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'ERR_HTTP2_STREAM_CANCEL',
  ])('should read %s as unreachable', (code) => {
    expect(failureKind({ code, text: '' })).toBe('UNREACHABLE');
  });

  it('should read a network code out of words', () => {
    const text = 'The pending stream has been canceled (caused by: connect ECONNREFUSED ::1:9)';
    expect(failureKind({ text })).toBe('UNREACHABLE');
  });

  it('should call what it does not know unavailable', () => {
    expect(failureKind({ text: 'something odd' })).toBe('UNAVAILABLE');
  });
});

describe(retryAfterMs.name, () => {
  const now = Date.parse('2026-11-20T12:00:00Z');

  it.each([
    ['2', 2000],
    ['0.5', 500],
    ['-1', 0],
    ['Fri, 20 Nov 2026 12:00:10 GMT', 10_000],
    ['Fri, 20 Nov 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    [undefined, undefined],
  ])('should read %s as %s', (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });
});

describe(factsOf.name, () => {
  it('should find a code several causes down', () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const error = new Error('Connection error.', { cause: new Error('fetch', { cause: refused }) });
    expect(factsOf(error).code).toBe('ECONNREFUSED');
  });

  it('should take a code that is a number for the status', () => {
    expect(factsOf(Object.assign(new Error('slow down'), { code: 429 }))).toMatchObject({
      status: 429,
    });
  });

  it('should read AWS and fetch headers', () => {
    const aws = Object.assign(new Error('slow down'), {
      name: 'ThrottlingException',
      $metadata: { httpStatusCode: 429 },
      $response: { headers: { 'retry-after': '3' } },
    });
    expect(factsOf(aws)).toMatchObject({
      status: 429,
      name: 'ThrottlingException',
      retryAfter: '3',
    });
    const openAi = { status: 429, headers: new Headers({ 'Retry-After': '4' }) };
    expect(factsOf(openAi)).toMatchObject({ status: 429, retryAfter: '4' });
  });

  it('should survive a circle of causes and things that are no errors', () => {
    const circle = new Error('round');
    circle.cause = circle;
    expect(factsOf(circle).text).toContain('round');
    expect([factsOf(undefined), factsOf('text'), factsOf(null)]).toEqual([
      { text: '' },
      { text: '' },
      { text: '' },
    ]);
  });
});

describe(toModelFailure.name, () => {
  it('should call a provider lost after the first text cut short', () => {
    const reset = Object.assign(new Error('x'), { code: 'ECONNRESET' });
    expect(toModelFailure(reset, false).kind).toBe('UNREACHABLE');
    expect(toModelFailure(reset, true).kind).toBe('CUT_SHORT');
    expect(toModelFailure(new MalformedAnswer('x'), true).kind).toBe('BAD_ANSWER');
  });

  it('should leave a failure as it is', () => {
    const failure = new ModelFailure('TIMEOUT');
    expect(toModelFailure(failure, true)).toBe(failure);
  });
});

describe(scrubbed.name, () => {
  it.each([
    ['Incorrect API key provided: sk-proj-abc***xyz.', 'Incorrect API key provided: [key].'],
    ['AKIAIOSFODNN7EXAMPLE is not known', '[key] is not known'],
    ['Authorization: Bearer abc.def', 'Authorization: [key]'],
    ['at http://user:pass@inner:8080/v1', 'at http://[user]@inner:8080/v1'],
    ['the risk-taking task', 'the risk-taking task'],
    ['429 busy\n\nTroubleshooting URL: https://example.com/x/', '429 busy'],
  ])('should take keys out of: %s', (words, clean) => {
    expect(scrubbed(words)).toBe(clean);
  });

  it('should take out a key it was told of, whatever its form', () => {
    expect(scrubbed('no such key: hunter2!', ['hunter2!'])).toBe('no such key: [key]');
  });

  it('should keep a page of HTML short', () => {
    expect(scrubbed('<p>'.repeat(100_000))).toHaveLength(501);
  });
});
