import { advance, NO_BLOCKS, type BlockState } from './blocks.rules';
import HOSTILE_PAYLOADS from '../../../../testing/hostile-payloads.json';
import { markCitations } from './citations';
import { hostOf } from './harmless-markup';
import { sanitize } from './sanitize';

const ALLOWED_ATTRIBUTES = ['href', 'target', 'rel', 'title', 'align', 'start'];
const FORBIDDEN =
  'script, style, img, picture, video, audio, source, iframe, object, embed, link, meta, base, form, ' +
  'input, button, textarea, select, svg, math, canvas, template, noscript';

/** The nodes the page would show for these blocks; code goes in as text. */
function render(state: BlockState): HTMLElement {
  const page = document.createElement('div');
  for (const block of state.blocks) {
    if (block.kind === 'code') page.append(block.code);
    else page.append(sanitize(block.untrusted));
  }
  return page;
}

function expectInert(page: HTMLElement): void {
  expect(page.querySelectorAll(FORBIDDEN)).toHaveLength(0);
  for (const element of page.querySelectorAll('*')) {
    for (const { name } of element.attributes) expect(ALLOWED_ATTRIBUTES).toContain(name);
    const href = element.getAttribute('href');
    if (href === null) continue;
    expect(href).toMatch(/^(https?:\/\/|mailto:)/i);
    expect(element).toHaveAttribute('rel', 'noopener noreferrer nofollow');
    expect(element).toHaveAttribute('target', '_blank');
    expect(element).toHaveAttribute('title', hostOf(href) || href);
  }
}

describe('hostile text of a model', () => {
  it.each(HOSTILE_PAYLOADS)('should be inert at every border of a stream: %s', (payload) => {
    for (let border = 0; border <= payload.length; border++) {
      const first = advance(NO_BLOCKS, payload.slice(0, border), false);
      expectInert(render(first));
      expectInert(render(advance(first, payload, false)));
    }
    expectInert(render(advance(NO_BLOCKS, payload, true)));
  });

  it('should be inert letter by letter, all payloads in one answer', () => {
    const text = HOSTILE_PAYLOADS.join('\n\n');
    let state = NO_BLOCKS;
    for (let length = 1; length <= text.length; length += 7) {
      state = advance(state, text.slice(0, length), false);
      const open = state.blocks.filter((block) => !block.final);
      expectInert(render({ ...state, blocks: open }));
    }
    expectInert(render(advance(state, text, true)));
  });

  it('should leave nothing of one text in the next, however many there are', () => {
    for (let n = 0; n < 120; n++) {
      const page = document.createElement('div');
      page.append(sanitize(`<p>${n}</p><script>${n}</script><form><input></form>`));
      expect(page.innerHTML).toBe(`<p>${n}</p>`);
      expect(page.firstChild?.ownerDocument).toBe(document);
    }
  });

  it('should show the host a link leads to, whatever its text says', () => {
    const page = render(advance(NO_BLOCKS, '[banco.com.br](https://google.com@evil.test/x)', true));
    expect(page.querySelector('a')).toHaveAttribute('title', 'evil.test');
  });

  it('should turn an image into a link that names its host', () => {
    const page = render(advance(NO_BLOCKS, '![gráfico](https://evil.test/p.png)', true));
    expect(page.querySelector('img')).toBeNull();
    expect(page.querySelector('a')).toHaveTextContent('gráfico (evil.test)');
  });

  it('should keep what a table needs to align its numbers', () => {
    const page = render(advance(NO_BLOCKS, '| a | b |\n|---|--:|\n| 1 | 2 |', true));
    expect(page.querySelectorAll('[align="right"]')).toHaveLength(2);
  });

  it('should never take a model’s button for a citation', () => {
    const nodes = sanitize('<button class="cite" data-cite="1">[1]</button> visto em [1] e [9]');
    markCitations(nodes, {
      known: new Set([1]),
      unknown: new Set(),
      label: (n) => `Fonte ${n}`,
    });
    const page = document.createElement('div');
    page.append(nodes);
    expect([...page.querySelectorAll('button')].map((button) => button.dataset['cite'])).toEqual([
      '1',
      '1',
    ]);
    expect(page).toHaveTextContent('[9]');
    expect(page.querySelector('button')).toHaveAccessibleName('Fonte 1');
  });
});

describe('markup in an answer', () => {
  it('should show HTML as text, but for bare tags that shape text', () => {
    const page = render(
      advance(NO_BLOCKS, 'H<sub>2</sub>O<br>fim <b onclick="x">não</b> <!-- nada -->', true),
    );
    expect(page.querySelector('sub')).toHaveTextContent('2');
    expect(page.querySelector('br')).not.toBeNull();
    expect(page).toHaveTextContent('<b onclick="x">não');
    expect(page).not.toHaveTextContent('nada');
  });

  it('should hand no attribute of the model’s own HTML to the browser’s parser', () => {
    for (const payload of HOSTILE_PAYLOADS) {
      for (const block of advance(NO_BLOCKS, payload, true).blocks) {
        if (block.kind === 'code') continue;
        expect(block.untrusted).not.toMatch(/<[^>&]*\son\w+=|<(?:base|script|img|iframe|style)\b/i);
      }
    }
  });
});
