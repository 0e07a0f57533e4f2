import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { givenTheApp } from '../../testing/app-providers';
import { RenderPace } from '../ui/render-pace';
import { Markdown } from './markdown';

const CODE = '```typescript\nconst soma = 1;\n```';

describe(Markdown.name, () => {
  let pace: RenderPace;

  beforeEach(async () => {
    await givenTheApp();
    pace = TestBed.inject(RenderPace);
  });

  function show(text: string): HTMLElement {
    const fixture = TestBed.createComponent(Markdown);
    fixture.componentRef.setInput('text', text);
    fixture.detectChanges();
    return fixture.nativeElement as HTMLElement;
  }
  /** When all that waits has been made. */
  const madeAll = (): Promise<void> => new Promise((done) => pace.addLast(done));

  it('should show a finished text with its post', () => {
    expect(show('Com **milho** verde.')).toHaveTextContent('Com milho verde.');
  });

  it('should leave the text to a later frame while the page scrolls', async () => {
    // However long it takes to make the post, no time passes in between.
    const clock = jest.spyOn(performance, 'now').mockReturnValue(1000);
    pace.heedMove();
    const shown = show('Com **milho** verde.');
    clock.mockRestore();
    expect(shown).toHaveTextContent('');
    await madeAll();
    expect(shown).toHaveTextContent('Com milho verde.');
  });

  it('should colour code when nothing else is to be made', async () => {
    const shown = show(CODE);
    expect(shown.querySelector('code')).toHaveTextContent('const soma = 1;');
    const coloured = new Promise<void>((done) => {
      new MutationObserver(() => {
        if (shown.querySelector('code span')) done();
      }).observe(shown, { childList: true, subtree: true });
    });
    await coloured;
    expect(shown.querySelector('code')).toHaveTextContent('const soma = 1;');
  });
});
