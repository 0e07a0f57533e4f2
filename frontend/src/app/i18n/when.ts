import { Component, computed, inject, input } from '@angular/core';
import { Clock } from './clock';
import { LanguageStore } from './language-store';
import { dayOf, exactTime, relativeTime } from './when.rules';

/** A moment in relative words (or its day), the exact time on hover. */
@Component({
  selector: 'app-when',
  template: `<time [attr.datetime]="at()" [title]="exact()">{{ shown() }}</time>`,
})
export class When {
  private readonly languages = inject(LanguageStore);
  private readonly clock = inject(Clock);
  readonly at = input.required<string>();
  /** True for the day alone, in a sentence that relative words do not fit. */
  readonly day = input(false);
  private readonly time = computed(() => Date.parse(this.at()));
  protected readonly shown = computed(() =>
    this.day()
      ? dayOf(this.time(), this.languages.language())
      : relativeTime(this.time(), this.clock.now(), this.languages.language()),
  );
  protected readonly exact = computed(() => exactTime(this.time(), this.languages.language()));
}
