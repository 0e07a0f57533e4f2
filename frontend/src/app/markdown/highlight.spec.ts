import { colouredMarkup } from './highlight';
import { colourInSteps } from './colour-in-steps';

const CODE = 'const a = "<b>&amp;</b>"; // ção';

function plain(code: string): HTMLElement {
  const element = document.createElement('code');
  element.textContent = code;
  return element;
}

describe(colouredMarkup.name, () => {
  it('should leave a language it does not know, and very long code, as they are', async () => {
    expect(await colouredMarkup('brainfuck', 'x')).toBeNull();
    expect(await colouredMarkup('__proto__', 'x')).toBeNull();
    expect(await colouredMarkup('js', 'x'.repeat(70_000))).toBeNull();
  });
});

describe(colourInSteps.name, () => {
  it('should colour without changing the text', async () => {
    const element = plain(CODE);
    const step = colourInSteps(element, (await colouredMarkup('ts', CODE)) ?? '');
    while (step());
    expect(element.textContent).toBe(CODE);
    expect(element.querySelector('.hljs-keyword')).toHaveTextContent('const');
    expect(element.querySelector('b')).toBeNull();
  });

  it('should colour long code a part at a time, and show all of it after each', async () => {
    const code = Array.from({ length: 40 }, () => `${CODE}\n/* a\n b */ const f = \`\${1}\`;`).join(
      '\n',
    );
    const element = plain(code);
    const step = colourInSteps(element, (await colouredMarkup('ts', code)) ?? '');
    const spans: number[] = [];
    do {
      expect(element.textContent).toBe(code);
      spans.push(element.querySelectorAll('span').length);
    } while (step());
    expect(element.textContent).toBe(code);
    expect(element.lastChild).not.toHaveProperty('data', '');
    expect(spans.length).toBeGreaterThan(4);
    const added = spans.slice(1).map((count, at) => count - (spans[at] ?? 0));
    expect(Math.max(...added)).toBeLessThan(60);
  });

  it('should take nothing else out of the markup than spans and text', () => {
    const element = plain('ab');
    const step = colourInSteps(element, 'a<img src=x onerror=y><span class="k" id="x">b</span>');
    while (step());
    expect(element.querySelector('img, [id]')).toBeNull();
  });
});
