import { describe, expect, it } from '@jest/globals';
import { crossSiteProblem, type OwnSites, type RequestSite } from './same-site.rules.js';

const ours: RequestSite = {
  origin: 'http://localhost:3000',
  fetchSite: 'same-origin',
  contentType: 'application/json',
  host: 'localhost:3000',
};
const nowhereElse: OwnSites = { publicUrl: undefined, corsOrigins: [] };
const problem = (request: Partial<RequestSite>, own: Partial<OwnSites> = {}, required = true) =>
  crossSiteProblem({ ...ours, ...request }, { ...nowhereElse, ...own }, required);

describe(crossSiteProblem.name, () => {
  it('should let our own page through, with or without a body', () => {
    expect(problem({})).toBeUndefined();
    expect(problem({ contentType: undefined, fetchSite: undefined })).toBeUndefined();
    expect(problem({ contentType: 'application/json; charset=utf-8' })).toBeUndefined();
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/json'])(
    'should refuse %s, which a form of another site could send',
    (contentType) => {
      expect(problem({ contentType })).toBe('REQUEST.UNSUPPORTED_MEDIA_TYPE');
    },
  );

  it.each([
    'null',
    'http://evil.test',
    'http://localhost:3001',
    'http://localhost:3000.evil.test',
    'http://localhost:3000@evil.test',
    'http://localhost:3000/',
    'file://',
    '',
  ])('should refuse the origin %j', (origin) => {
    expect(problem({ origin })).toBe('REQUEST.CROSS_SITE');
  });

  it('should miss the origin only where a cookie acts', () => {
    const withoutOrigin = { origin: undefined, fetchSite: undefined };
    expect(problem(withoutOrigin)).toBe('REQUEST.CROSS_SITE');
    expect(problem(withoutOrigin, {}, false)).toBeUndefined();
    expect(problem({ ...withoutOrigin, fetchSite: 'cross-site' }, {}, false)).toBe(
      'REQUEST.CROSS_SITE',
    );
  });

  it('should know the published address, and not its http twin', () => {
    const own = { publicUrl: 'https://prosa.example.com' };
    const host = 'prosa.example.com';
    expect(problem({ origin: 'https://prosa.example.com', host: '10.0.0.1:3000' }, own)).toBe(
      undefined,
    );
    expect(problem({ origin: 'http://prosa.example.com', host }, own)).toBe('REQUEST.CROSS_SITE');
    expect(problem({ origin: 'https://prosa.example.com.evil.test', host }, own)).toBe(
      'REQUEST.CROSS_SITE',
    );
  });

  it('should let the origins through that the operator named, exactly', () => {
    const own = { corsOrigins: ['https://app.example.com'] };
    expect(problem({ origin: 'https://app.example.com', fetchSite: 'cross-site' }, own)).toBe(
      undefined,
    );
    expect(problem({ origin: 'http://app.example.com' }, own)).toBe('REQUEST.CROSS_SITE');
  });
});
