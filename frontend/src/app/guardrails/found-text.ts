import { Component, computed, inject, input } from '@angular/core';
import { LanguageStore } from '../i18n/language-store';
import { type FoundPlace, partsOf } from './found-text.rules';
import { railKey } from './rail-names.rules';

/** A text with what the rails found in it marked. */
@Component({
  selector: 'app-found-text',
  template: `@for (part of parts(); track $index) {
    @if (part.found; as found) {
      <mark [class]="found.action" [title]="told(found)">{{ part.text }}</mark>
    } @else {
      <span>{{ part.text }}</span>
    }
  }`,
  styles: `
    :host {
      display: block;
      overflow-wrap: anywhere;
      white-space: pre-wrap;
    }
    mark {
      border-bottom: 2px solid var(--warn);
      background: color-mix(in oklab, var(--warn) 16%, transparent);
      color: inherit;
    }
    mark.block {
      border-color: var(--bad);
      background: color-mix(in oklab, var(--bad) 16%, transparent);
    }
    mark.flag,
    mark.pass {
      border-bottom-style: dotted;
      background: none;
    }
  `,
})
export class FoundText {
  private readonly languages = inject(LanguageStore);
  readonly text = input.required<string>();
  readonly places = input.required<readonly FoundPlace[]>();
  protected readonly parts = computed(() => partsOf(this.text(), this.places()));

  protected told({ rail, rule, action }: Omit<FoundPlace, 'start' | 'end'>): string {
    const key = railKey(rail);
    const name = key === null ? rail : this.languages.text(key);
    return `${name} · ${rule} · ${this.languages.text(`guardrails.action-${action}`)}`;
  }
}
