import { patch } from './patch';

function made(markup: string): HTMLElement {
  const element = document.createElement('div');
  element.innerHTML = markup;
  return element;
}

describe(patch.name, () => {
  it.each([
    ['', '<p>Um</p>'],
    ['<p>Um</p>', ''],
    ['<p>Um</p>', '<p>Um dois</p>'],
    ['<p>Um <b>dois</b></p>', '<p>Um <b>dois</b> três</p>'],
    ['<p>Um</p><p>Dois</p>', '<p>Um</p><ul><li>Dois</li></ul>'],
    ['<ul><li>Um</li><li>Do</li></ul>', '<ul><li>Um</li><li>Dois</li><li>T</li></ul>'],
    ['<table><tr><td>1</td></tr></table>', '<table><tr><td align="right">1</td></tr></table>'],
    ['<p>**Um</p>', '<p><strong>Um</strong></p>'],
    ['<p>Muito mais</p><p>Fim</p>', '<p>Pouco</p>'],
  ])('should make %s what %s is', (before, after) => {
    const shown = made(before);
    patch(shown, made(after));
    expect(shown.innerHTML).toBe(made(after).innerHTML);
  });

  it('should leave in place what is the same, so that a selection in it stays', () => {
    const shown = made('<ul><li>Um</li><li>Do</li></ul>');
    const [first, last] = shown.querySelectorAll('li');
    const text = last?.firstChild;
    patch(shown, made('<ul><li>Um</li><li>Dois</li><li>Três</li></ul>'));
    const items = shown.querySelectorAll('li');
    expect(items[0]).toBe(first);
    expect(items[1]).toBe(last);
    expect(items[1]?.firstChild).toBe(text);
  });
});
