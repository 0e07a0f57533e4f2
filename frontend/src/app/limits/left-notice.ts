import { Component, computed, inject } from '@angular/core';
import { Icon } from '../ui/icon';
import { AskingPause } from './asking-pause';
import { LimitTexts } from './limit-texts';
import { WhatIsLeftStore } from './what-is-left-store';

/** One quiet line: what is left of the limit that is nearest, or until when nothing may be asked. */
@Component({
  selector: 'app-left-notice',
  imports: [Icon],
  host: { role: 'status' },
  template: `
    @if (text(); as shown) {
      <p [title]="exact()">
        <app-icon name="gauge" />
        <span>{{ shown }}</span>
      </p>
    }
  `,
  styles: `
    /* Nothing to say takes no room; the element stays, so that what it says later is heard. */
    :host:not(:has(p)) {
      position: absolute;
    }
    p {
      display: flex;
      align-items: flex-start;
      justify-content: center;
      gap: var(--s2);
      padding: 0 var(--s3);
      color: var(--ink-soft);
      font-size: var(--size-small);
    }
    app-icon {
      --icon-size: 1rem;
      margin-top: 0.1em;
    }
  `,
})
export class LeftNotice {
  private readonly whatIsLeft = inject(WhatIsLeftStore);
  private readonly pause = inject(AskingPause);
  private readonly texts = inject(LimitTexts);
  protected readonly text = computed(() => {
    const pause = this.pause.current();
    if (pause) return this.texts.paused(pause.resetsAt ?? pause.until);
    const limit = this.whatIsLeft.pressing();
    if (!limit) return '';
    const left = this.texts.left(limit);
    // What is nothing at all stays so.
    return limit.resetsAt && limit.amount > 0
      ? `${left} · ${this.texts.resets(limit.resetsAt)}`
      : left;
  });
  /** How long that is, on hover. */
  protected readonly exact = computed(() => {
    const resetsAt = this.whatIsLeft.pressing()?.resetsAt;
    const until = this.pause.current()?.until ?? (resetsAt ? Date.parse(resetsAt) : null);
    return until === null ? null : this.texts.until(until);
  });

  constructor() {
    void this.whatIsLeft.ensure();
  }
}
