import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { givenTheApp } from '../../testing/app-providers';
import type { DayRange } from './day.rules';
import { RangePicker } from './range-picker';

const TODAY = '2026-11-21';

describe(RangePicker.name, () => {
  let fixture: ComponentFixture<RangePicker>;
  let picked: DayRange[];
  const element = (): HTMLElement => fixture.nativeElement as HTMLElement;

  beforeEach(async () => {
    await givenTheApp();
    fixture = TestBed.createComponent(RangePicker);
    picked = [];
    fixture.componentInstance.picked.subscribe((range) => picked.push(range));
    show({ from: '2026-11-01', to: TODAY });
  });

  function show(range: DayRange): void {
    fixture.componentRef.setInput('range', range);
    fixture.componentRef.setInput('today', TODAY);
    fixture.detectChanges();
  }

  function choose(value: string): void {
    element().querySelector<HTMLInputElement>(`input[value="${value}"]`)?.click();
    fixture.detectChanges();
  }

  function type(place: 0 | 1, day: string): void {
    const field = element().querySelectorAll<HTMLInputElement>('input[type="date"]')[place];
    if (!field) throw new Error('no field to type in');
    field.value = day;
    field.dispatchEvent(new Event('change'));
    fixture.detectChanges();
  }

  const checked = (): string | undefined =>
    element().querySelector<HTMLInputElement>('input:checked')?.value;

  it('should name the days that have a name', () => {
    expect(checked()).toBe('month');
    choose('lastMonth');
    expect(picked).toEqual([{ from: '2026-10-01', to: '2026-10-31' }]);
  });

  it('should keep what was typed while the days typed before come back', () => {
    choose('custom');
    type(0, '2026-11-20');
    type(1, '2026-11-10');
    show({ from: '2026-11-20', to: TODAY });
    expect(element().textContent).toContain('O último dia vem antes do primeiro.');
    type(0, '2026-11-05');
    expect(picked.at(-1)).toEqual({ from: '2026-11-05', to: '2026-11-10' });
  });

  it('should leave the fields open while somebody types days that have a name', () => {
    choose('custom');
    type(0, TODAY);
    show({ from: TODAY, to: TODAY });
    expect(checked()).toBe('custom');
    choose('today');
    expect(checked()).toBe('today');
  });

  it('should follow an address that changes by itself', () => {
    choose('custom');
    type(0, '2026-11-05');
    show({ from: '2026-11-05', to: TODAY });
    show({ from: '2026-01-01', to: '2026-01-31' });
    expect(element().querySelector<HTMLInputElement>('input[type="date"]')?.value).toBe(
      '2026-01-01',
    );
  });
});
