import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { LanguageStore } from '../i18n/language-store';
import { Segments } from '../ui/segments';
import type { Day, DayRange } from './day.rules';
import { PRESETS, presetOf, problemOf, rangeOf, type Preset } from './range.rules';

/** Days from and to, by a name or typed. */
@Component({
  selector: 'app-range-picker',
  imports: [Segments, TranslocoPipe],
  template: `
    <app-segments
      [legend]="'usage.period' | transloco"
      [quiet]="true"
      [options]="choices()"
      [value]="choice()"
      (valueChange)="choose($event)"
    />
    @if (choice() === 'custom') {
      <div class="days" role="group" [attr.aria-label]="'usage.range-custom' | transloco">
        <label>
          {{ 'usage.from' | transloco }}
          <input
            type="date"
            class="input"
            [value]="draft().from"
            [max]="today()"
            [attr.aria-invalid]="problem() !== null"
            aria-describedby="usage-range-problem"
            (change)="type({ from: from.value })"
            #from
          />
        </label>
        <label>
          {{ 'usage.to' | transloco }}
          <input
            type="date"
            class="input"
            [value]="draft().to"
            [max]="today()"
            [attr.aria-invalid]="problem() !== null"
            aria-describedby="usage-range-problem"
            (change)="type({ to: to.value })"
            #to
          />
        </label>
      </div>
    }
    <p id="usage-range-problem" class="problem" role="status">
      @if (choice() === 'custom' && problem(); as problem) {
        {{ 'usage.range-' + problem | transloco }}
      }
    </p>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--s2) var(--s4);
    }
    .days {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s2) var(--s4);
    }
    label {
      display: flex;
      align-items: center;
      gap: var(--s2);
      color: var(--ink-soft);
      font-size: var(--size-small);
    }
    .input {
      width: auto;
      min-height: var(--control-small);
      padding: var(--s1) var(--s2);
      color: var(--ink);
    }
    .problem {
      color: var(--bad);
      font-size: var(--size-small);
    }
    .problem:empty {
      display: none;
    }
  `,
})
export class RangePicker {
  private readonly languages = inject(LanguageStore);
  readonly range = input.required<DayRange>();
  /** The day it is at the server. */
  readonly today = input.required<Day>();
  readonly picked = output<DayRange>();
  protected readonly choices = computed(() =>
    ([...PRESETS, 'custom'] as const).map((value) => ({
      value,
      label: this.languages.text(`usage.range-${value}`),
    })),
  );
  protected readonly choice = linkedSignal<
    { readonly range: DayRange; readonly today: Day },
    Preset | 'custom' | null
  >({
    source: () => ({ range: this.range(), today: this.today() }),
    // What was chosen stays chosen where two names mean the same days, and while somebody types.
    computation: ({ range, today }, before) =>
      before?.value && means(before.value, range, today)
        ? before.value
        : (presetOf(range, today) ?? 'custom'),
  });
  /** What stands in the fields, which may not make sense yet. */
  protected readonly draft = linkedSignal<DayRange, DayRange>({
    source: this.range,
    // Days that come back as they were typed do not undo what was typed since.
    computation: (range, before) =>
      before && this.typed && isSame(range, this.typed) ? before.value : range,
  });
  private typed: DayRange | null = null;
  protected readonly problem = computed(() => problemOf(this.draft()));

  /** Typing begins with the days that are shown. */
  protected choose(choice: Preset | 'custom' | null): void {
    this.choice.set(choice);
    this.typed = null;
    if (choice && choice !== 'custom') this.picked.emit(rangeOf(choice, this.today()));
  }

  protected type(change: Partial<DayRange>): void {
    this.draft.update((draft) => ({ ...draft, ...change }));
    if (this.problem() !== null) return;
    this.typed = this.draft();
    this.picked.emit(this.typed);
  }
}

function means(choice: Preset | 'custom', range: DayRange, today: Day): boolean {
  if (choice === 'custom') return true;
  return isSame(rangeOf(choice, today), range);
}

const isSame = (a: DayRange, b: DayRange): boolean => a.from === b.from && a.to === b.to;
