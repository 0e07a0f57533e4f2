import { TestBed } from '@angular/core/testing';
import { screen } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import HOSTILE_PAYLOADS from '../../../../../testing/hostile-payloads.json';
import { givenTheApp, settled } from '../../../testing/app-providers';
import { advance, NO_BLOCKS } from '../blocks.rules';
import { Markdown } from '../markdown';
import { sanitize } from '../sanitize';
import { AskLink } from './ask-link';
import { AskedLink } from './asked-link';
import { guardLinks } from './guard-links';
import { knownAddresses } from './link-trust.rules';

const known = knownAddresses(
  { question: 'Veja jornal.com.br', sources: ['https://fonte.com/a'] },
  'https://prosa.test',
);
/** Where one press may lead: these sites and nowhere else, with next to nothing in the address. */
const MAY_OPEN =
  /^https:\/\/(?:jornal\.com\.br|fonte\.com|prosa\.test)\/(?:[a-z/-]|%5D){0,30}(?:\?[a-z=-]{0,15})?$/;

/** What the page would show of a text of which this much has come. */
function shown(text: string, done: boolean): HTMLElement {
  const page = document.createElement('div');
  for (const block of advance(NO_BLOCKS, text, done).blocks) {
    if (block.kind === 'code') continue;
    const nodes = sanitize(block.untrusted);
    guardLinks(nodes, () => known);
    page.append(nodes);
  }
  return page;
}

function expectNothingToLeave(page: HTMLElement): void {
  expect(
    page.querySelectorAll('img, [src], [srcset], [ping], [action], [background]'),
  ).toHaveLength(0);
  for (const link of page.querySelectorAll('[href]')) {
    expect(link.getAttribute('href')).toMatch(MAY_OPEN);
  }
}

const LINKS = [
  '[fonte](https://fonte.com/a) e [outra](https://jornal.com.br/cafe)',
  '[clique](https://evil.test/?d=segredo "fonte.com")',
  '[https://fonte.com/a](https://evil.test/)',
  '[clique][1] e [fonte.com]\n\n[1]: https://evil.test/?d=segredo\n[fonte.com]: https://evil.test',
  '<https://evil.test/?d=segredo> https://fonte.com.evil.test/ www.evil.test/x ana@evil.test',
  '![gráfico](https://evil.test/p.png?d=segredo) [![x](https://evil.test/i.png)](https://evil.test/l)',
  '[![x](https://fonte.com/i)](https://evil.test/l) [![x](https://evil.test/i.png)](https://fonte.com/a)',
  '[a](https://fonte.com\\@evil.test) [b](https://fonte.com@evil.test/) [c](https:\\\\evil.test)',
  '[d](//evil.test) [e](javascript:alert(1)) [f](data:text/html,x) [g](mailto:x@evil.test?body=segredo)',
  '<a href="https://evil.test/?d=segredo">h</a> <a href=https://fonte.com/a ping=https://evil.test>i</a>',
  '| a |\n|---|\n| [x](https://evil.test/t) |\n\n> - [y](https://evil.test/q)\n\n# [z](https://evil.test/h)',
  '[um\nlink](<https://evil.test/com espaço>) e [j](https://j\u043ernal.com.br/)',
  '[k](https://fonte.com/?d=o-segredo-desta-conversa) [l](https://segredo.fonte.com/)',
  'https://fonte.com/a?d=segredo-que-se-escreve-letra-por-letra',
];

describe(guardLinks.name, () => {
  it.each([...LINKS, ...HOSTILE_PAYLOADS])('should let nothing leave at any cut of %s', (text) => {
    for (let border = 0; border <= text.length; border++) {
      expectNothingToLeave(shown(text.slice(0, border), false));
    }
    expectNothingToLeave(shown(text, true));
  });

  it('should leave a link to a source and to what was asked about a link', () => {
    const links = [...shown(LINKS[0] ?? '', true).querySelectorAll('a')];
    expect(links.map((link) => link.href)).toEqual([
      'https://fonte.com/a',
      'https://jornal.com.br/cafe',
    ]);
  });

  it('should say where a link leads, once', () => {
    const page = shown(
      '[clique](https://evil.test/x) ![foto](https://evil.test/p) https://evil.test/y <x@evil.test>',
      true,
    );
    const names = [...page.querySelectorAll('[role="button"]')].map((link) => link.textContent);
    expect(names).toEqual([
      'clique (evil.test)',
      'foto (evil.test)',
      'https://evil.test/y',
      'x@evil.test',
    ]);
  });
});

describe('a link to a stranger', () => {
  async function show(text: string): Promise<HTMLElement> {
    await givenTheApp();
    window.requestAnimationFrame = (draw) => Number(setTimeout(() => draw(0)));
    const markdown = TestBed.createComponent(Markdown);
    markdown.componentRef.setInput('text', text);
    document.body.append(markdown.nativeElement as Node);
    await markdown.whenStable();
    await settled();
    return screen.getByRole('button');
  }

  it.each(['{Enter}', ' ', 'click'])('should be asked about by %j', async (key) => {
    const link = await show('[conta](https://banco.com.br@evil.test/?d=segredo)');
    expect(link).toHaveAttribute('aria-haspopup', 'dialog');
    if (key === 'click') await userEvent.click(link);
    else {
      await userEvent.tab();
      expect(link).toHaveFocus();
      await userEvent.keyboard(key);
    }
    expect(TestBed.inject(AskedLink).current()).toEqual({
      address: 'https://banco.com.br@evil.test/?d=segredo',
      doubts: ['before-host', 'stranger'],
    });
  });

  it('should open nothing by any other key', async () => {
    await show('[conta](https://evil.test/)');
    await userEvent.tab();
    await userEvent.keyboard('a{Escape}{ArrowDown}');
    expect(TestBed.inject(AskedLink).current()).toBeNull();
  });
});

describe(AskLink.name, () => {
  it('should show the whole address, its site before all, and open it only then', async () => {
    await givenTheApp();
    // jsdom has no dialogs.
    HTMLDialogElement.prototype.showModal = () => undefined;
    const address = `https://banco.com.br@evil.test/?d=${'segredo '.repeat(60)}`.replaceAll(
      ' ',
      '%20',
    );
    const dialog = TestBed.createComponent(AskLink);
    dialog.componentRef.setInput('link', {
      address,
      doubts: ['before-host', 'stranger', 'payload'],
    });
    dialog.detectChanges();
    const page = dialog.nativeElement as HTMLElement;
    expect(page.querySelector('.address')).toHaveTextContent(address);
    expect(page.querySelector('.address strong')).toHaveTextContent(/^evil\.test$/);
    expect(page.querySelectorAll('li')).toHaveLength(3);
    const [open] = page.querySelectorAll('a');
    expect(open).toHaveAttribute('href', address);
    expect(open).toHaveAttribute('rel', 'noopener noreferrer nofollow');
    expect(open).toHaveAttribute('target', '_blank');
  });
});
