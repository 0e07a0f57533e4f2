import { Component, computed, inject, input } from '@angular/core';
import { LanguageStore } from './language-store';
import { exactTime, relativeTime } from './when.rules';

/** A moment in relative words, the exact time on hover. */
@Component({
  selector: 'app-when',
  template: `<time [attr.datetime]="at()" [title]="exact()">{{ relative() }}</time>`,
})
export class When {
  private readonly languages = inject(LanguageStore);
  readonly at = input.required<string>();
  private readonly time = computed(() => Date.parse(this.at()));
  protected readonly relative = computed(() =>
    relativeTime(this.time(), Date.now(), this.languages.language()),
  );
  protected readonly exact = computed(() => exactTime(this.time(), this.languages.language()));
}
