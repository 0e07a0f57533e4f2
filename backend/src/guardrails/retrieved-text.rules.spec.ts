import { readableAddress, visibleText } from './retrieved-text.rules.js';

describe(visibleText.name, () => {
  it('should take out what readers do not see', () => {
    expect(visibleText('a\u200bb\u{e0049}\u202ec\u0007\u00add\r\ne\tf')).toBe('abcd\ne\tf');
  });

  it('should keep a few paragraphs of whole characters', () => {
    const cut = visibleText('🙂'.repeat(5000));
    expect(cut.length).toBe(4000);
    expect(cut.isWellFormed()).toBe(true);
    expect(visibleText(`x${'🙂'.repeat(5000)}`).isWellFormed()).toBe(true);
    expect(visibleText('\ud800a')).toBe('\ufffda');
  });
});

describe(readableAddress.name, () => {
  it.each([
    ['https://a.example/ol%C3%A1+mundo%20e%2Bx', 'https://a.example/olá mundo e+x'],
    ['https://a.example/100%25', 'https://a.example/100%'],
    ['https://a.example/%E1gua+%zz', 'https://a.example/ gua %zz'],
    ['https://a.example/?m=ana%40b.com&q=%E1', 'https://a.example/?m=ana@b.com&q= '],
    ['https://a.example/?t=AKIA%5A7&d=100%', 'https://a.example/?t=AKIAZ7&d=100%'],
  ])('should write out what is encoded in %s', (url, readable) => {
    expect(readableAddress(url)).toBe(readable);
  });
});
