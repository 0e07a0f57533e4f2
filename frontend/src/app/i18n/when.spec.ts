import { jest } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { givenTheApp } from '../../testing/app-providers';
import { When } from './when';

describe(When.name, () => {
  afterEach(() => jest.useRealTimers());

  it('should go on counting on a page that stays open', async () => {
    await givenTheApp();
    jest.useFakeTimers({ now: Date.UTC(2026, 10, 20, 12) });
    const fixture = TestBed.createComponent(When);
    fixture.componentRef.setInput('at', new Date().toISOString());
    fixture.detectChanges();
    const element = fixture.nativeElement as HTMLElement;
    expect(element.textContent).toBe('agora');
    jest.advanceTimersByTime(3 * 60_000);
    fixture.detectChanges();
    expect(element.textContent).toBe('há 3 minutos');
  });
});
