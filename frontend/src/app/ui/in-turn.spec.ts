import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { InTurn } from './in-turn';
import { RenderPace } from './render-pace';

@Component({
  selector: 'app-two-parts',
  imports: [InTurn],
  template: `
    <p *appInTurn class="part">one</p>
    <p *appInTurn class="part">two</p>
  `,
})
class TwoParts {}

const parts = (page: HTMLElement): string[] =>
  Array.from(page.querySelectorAll('.part'), ({ textContent }) => textContent);

describe(InTurn.name, () => {
  it('should make one part a frame, in their order', async () => {
    const pace = TestBed.inject(RenderPace);
    const fixture = TestBed.createComponent(TwoParts);
    const page = fixture.nativeElement as HTMLElement;
    fixture.detectChanges();
    expect(parts(page)).toEqual([]);
    const seen: string[][] = [];
    const observer = new MutationObserver(() => seen.push(parts(page)));
    observer.observe(page, { childList: true });
    await new Promise<void>((done) => pace.addLast(done));
    observer.disconnect();
    expect(seen).toEqual([['one'], ['one', 'two']]);
  });

  it('should not make a part of a page that is gone', async () => {
    const pace = TestBed.inject(RenderPace);
    const fixture = TestBed.createComponent(TwoParts);
    fixture.detectChanges();
    fixture.destroy();
    await new Promise<void>((done) => pace.addLast(done));
    expect(parts(fixture.nativeElement as HTMLElement)).toEqual([]);
  });
});
