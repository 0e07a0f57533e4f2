import { plainMarkdown, readable } from './plain-markdown.rules.js';

describe(readable.name, () => {
  it('should drop what shows nothing or turns text around', () => {
    expect(readable('\uFEFFpass\u200Bword\u202Etxt.exe\u202C\u0007')).toBe('passwordtxt.exe');
  });

  it('should keep tabs and make every line end a Unix one', () => {
    expect(readable('a\tb\r\nc\rd')).toBe('a\tb\nc\nd');
  });
});

describe(plainMarkdown.name, () => {
  it('should drop tags, comments, pictures and link definitions', () => {
    const hostile = [
      'Hi<script>alert(1)</script> <img src=x onerror=alert(1)> <!-- hidden',
      'still hidden --> there ![pixel](https://evil.test/p.png)',
      '[ref]: https://evil.test/leak',
    ].join('\n');
    expect(plainMarkdown(hostile)).toBe('Hialert(1)   there pixel\n');
  });

  it('should write out the address of a web link and drop every other target', () => {
    expect(plainMarkdown('[site](https://a.test/b) [x](javascript:alert(1)) [y](./z.md)')).toBe(
      'site (https://a.test/b) x) y',
    );
  });

  it.each([
    ['```html\n<b>bold</b> [a](b)\n```', 'a block of code'],
    ['`<your key>` and `[a](b)`', 'code within a line'],
  ])('should keep every character of %j (%s)', (code) => {
    expect(plainMarkdown(code)).toBe(code);
  });

  it('should drop the padding of an aligned table', () => {
    expect(plainMarkdown('| a     | b   |\n| ----- | --- |')).toBe('| a | b |\n| --- | --- |');
  });
});
