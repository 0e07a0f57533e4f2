import { Component, computed, inject, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { KnowledgeStorage } from '../api/knowledge-contract';
import { Figures } from '../i18n/figures';

/** From this part of the room on, a person had better know. */
const NEARLY_FULL = 0.9;

/** How much room a person's own documents take, of what they may take. */
@Component({
  selector: 'app-storage-used',
  imports: [TranslocoPipe],
  template: `
    <span id="storage-used">{{
      'knowledge.storage'
        | transloco: { used: figures.size(of().usedBytes), all: figures.size(of().maximumBytes) }
    }}</span>
    <progress
      aria-labelledby="storage-used"
      [class.nearly-full]="part() >= nearlyFull"
      [value]="part()"
      max="1"
    ></progress>
    @if (part() >= nearlyFull) {
      <span class="warning">{{ 'knowledge.storageFull' | transloco }}</span>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--s1) var(--s3);
      color: var(--ink-soft);
      font-size: var(--size-small);
    }
    progress {
      width: 8rem;
      height: 0.375rem;
      overflow: hidden;
      border: 0;
      border-radius: var(--radius-round);
      background: var(--line);
      appearance: none;
      --part: var(--ink-faint);
    }
    progress.nearly-full {
      --part: var(--warn);
    }
    progress::-webkit-progress-bar {
      background: var(--line);
    }
    progress::-webkit-progress-value {
      background: var(--part);
    }
    progress::-moz-progress-bar {
      background: var(--part);
    }
    .warning {
      color: var(--warn);
    }
  `,
})
export class StorageUsed {
  protected readonly figures = inject(Figures);
  readonly of = input.required<KnowledgeStorage>();
  protected readonly nearlyFull = NEARLY_FULL;
  /** 1 is all of it. */
  protected readonly part = computed(() => {
    const { usedBytes, maximumBytes } = this.of();
    return maximumBytes > 0 ? Math.min(1, usedBytes / maximumBytes) : 1;
  });
}
