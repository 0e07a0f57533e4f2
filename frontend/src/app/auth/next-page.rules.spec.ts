import { nextPage } from './next-page.rules';

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
  ])('should go home instead of %s', (wanted) => {
    expect(nextPage(wanted)).toBe('/');
  });
});
