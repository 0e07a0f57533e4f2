import { TestBed } from '@angular/core/testing';
import { screen } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { givenTheApp, settled } from '../../testing/app-providers';
import type { CheckedNumber } from './citation.rules';
import type { CitedClaim } from './citations';
import { Markdown } from './markdown';

async function show(text: string, checks: readonly CheckedNumber[]): Promise<CitedClaim[]> {
  await givenTheApp();
  // The text is drawn a frame later.
  window.requestAnimationFrame = (draw) => Number(setTimeout(() => draw(0)));
  const markdown = TestBed.createComponent(Markdown);
  markdown.componentRef.setInput('text', text);
  markdown.componentRef.setInput('sources', [1, 2]);
  markdown.componentRef.setInput('checks', checks);
  const chosen: CitedClaim[] = [];
  markdown.componentInstance.cited.subscribe((one) => chosen.push(one));
  await markdown.whenStable();
  await settled();
  return chosen;
}

describe('citations of an answer', () => {
  it('should be marked by a sign and in words where the source does not say it', async () => {
    await show('Um “x” [1]. Dois [2]. Três [1][9].', [
      { n: 1, verdict: 'misquoted' },
      { n: 2, verdict: 'supported' },
      { n: 1, verdict: 'unsupported' },
      { n: 9, verdict: 'unknown' },
    ]);
    const names = screen.getAllByRole('button').map((one) => one.getAttribute('aria-label'));
    expect(names).toEqual([
      'Abrir a fonte 1: a citação não está no trecho',
      'Abrir a fonte 2',
      'Abrir a fonte 1: a fonte não diz isso',
    ]);
    expect(screen.getByRole('img')).toHaveAccessibleName('9: não há fonte com este número');
    expect(document.querySelectorAll('[data-verdict]')).toHaveLength(3);
  });

  it('should open a source with the sentence that stands before the number', async () => {
    const chosen = await show('Antes. A multa é de **10%** [1, 2]. Depois.', []);
    const [, second] = screen.getAllByRole('button');
    if (second) await userEvent.click(second);
    expect(chosen).toEqual([{ n: 2, claim: 'A multa é de 10%', verdict: null }]);
  });
});
