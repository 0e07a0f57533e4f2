import { visibleText } from './retrieved-text.rules.js';

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
