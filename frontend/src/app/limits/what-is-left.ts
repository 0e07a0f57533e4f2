import { Component, computed, inject } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from '../ui/icon';
import { Skeleton } from '../ui/skeleton';
import { toRow } from './left-row.rules';
import { LimitTexts } from './limit-texts';
import { WhatIsLeftStore } from './what-is-left-store';

/** What is left to the person of each limit, as bars; it loads by itself. */
@Component({
  selector: 'app-what-is-left',
  imports: [Icon, Skeleton, TranslocoPipe],
  templateUrl: './what-is-left.html',
  styleUrl: './what-is-left.css',
})
export class WhatIsLeft {
  private readonly texts = inject(LimitTexts);
  protected readonly store = inject(WhatIsLeftStore);
  protected readonly rows = computed(() =>
    this.store.limits()?.map((limit) => {
      const { resetsAt, measure, reserved } = limit;
      return {
        ...toRow(limit),
        figures: this.texts.leftOf(limit),
        reserved:
          reserved > 0 && measure !== 'openRuns' ? this.texts.amount(measure, reserved) : '',
        resets: resetsAt ? this.texts.resets(resetsAt) : '',
        resetsIn: resetsAt ? this.texts.until(Date.parse(resetsAt)) : '',
      };
    }),
  );

  constructor() {
    void this.store.load();
  }
}
