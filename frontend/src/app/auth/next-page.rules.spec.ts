import { keepNext, nextPage } from './next-page.rules';

describe(nextPage.name, () => {
  it('should go where the person wanted to', () => {
    expect(nextPage('/c/12?post=3')).toBe('/c/12?post=3');
  });

  it.each([
    null,
    '',
    'https://evil.test',
    '//evil.test',
    '/\\evil.test',
    'javascript:alert(1)',
    '/sign-in',
    '/setup',
    '/new-password?next=/c/12',
  ])('should go home instead of %s', (wanted) => {
    expect(nextPage(wanted)).toBe('/');
  });
});

describe(keepNext.name, () => {
  it('should keep a page of the app, and neither home nor a way in', () => {
    expect(keepNext('/c/12?post=3')).toEqual({ next: '/c/12?post=3' });
    expect(keepNext('/')).toEqual({});
    expect(keepNext('/sign-in?next=/c/12')).toEqual({});
  });
});
