import { jest } from '@jest/globals';
import { afterNextRender, ApplicationRef } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { KeptFocus } from './kept-focus';

/** Longer than others are given to put the focus elsewhere, in milliseconds. */
const LATER_MS = 60;

describe(KeptFocus.name, () => {
  beforeEach(() => {
    jest.useFakeTimers();
    TestBed.inject(KeptFocus);
    document.body.innerHTML = `
      <main tabindex="-1">
        <section><button id="held">Publicar</button></section>
        <button id="other">Outro</button>
      </main>`;
  });
  afterEach(() => jest.useRealTimers());

  const element = (selector: string): HTMLElement => {
    const found = document.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`There is no ${selector}.`);
    return found;
  };
  const held = (): HTMLButtonElement => element('#held') as HTMLButtonElement;

  function drawn(): void {
    // Something waits to be drawn: else there is nothing to do for Angular.
    TestBed.runInInjectionContext(() => afterNextRender(() => undefined));
    TestBed.inject(ApplicationRef).tick();
    jest.advanceTimersByTime(LATER_MS);
  }

  it('should give the focus to what is nearest around what is gone', () => {
    held().focus();
    element('section').remove();
    drawn();
    expect(element('main')).toHaveFocus();
  });

  it('should leave it where somebody else put it', () => {
    held().focus();
    element('section').remove();
    TestBed.inject(ApplicationRef).tick();
    element('#other').focus();
    jest.advanceTimersByTime(LATER_MS);
    expect(element('#other')).toHaveFocus();
  });

  it('should give it back to what was disabled for a while', () => {
    held().focus();
    // What browsers do with the focus of a button that is disabled.
    held().blur();
    held().disabled = true;
    drawn();
    expect(document.body).toHaveFocus();
    held().disabled = false;
    drawn();
    expect(held()).toHaveFocus();
  });

  it('should let the person look elsewhere', () => {
    held().focus();
    held().blur();
    jest.advanceTimersByTime(LATER_MS);
    element('section').remove();
    drawn();
    expect(document.body).toHaveFocus();
  });
});
