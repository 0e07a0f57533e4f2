import { Component, inject, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { ComparedChange } from '../api/guardrail-comparisons';
import { LanguageStore } from '../i18n/language-store';
import type { ComparedVersions } from './bench-store';
import { FoundText } from './found-text';
import type { FoundPlace } from './found-text.rules';
import { RailName } from './rail-name';

/** Prompts that two policies judge differently, each with what either found. */
@Component({
  selector: 'app-change-list',
  imports: [FoundText, RailName, TranslocoPipe],
  template: `
    <ol role="list" class="card">
      @for (change of changes(); track change.n) {
        <li>
          <app-found-text dir="auto" [text]="change.text" [places]="placesOf(change)" />
          @if (change.expected) {
            <p class="quiet small">{{ 'guardrails.expected-' + change.expected | transloco }}</p>
          }
          <dl>
            @for (side of sidesOf(change); track $index) {
              <dt>{{ side.name }}</dt>
              <dd>
                <span class="tag" [class]="side.judged.action">{{
                  'guardrails.action-' + side.judged.action | transloco
                }}</span>
                @for (found of side.judged.findings; track $index) {
                  <app-rail-name [rail]="found.rail" [rule]="found.rule" />
                }
              </dd>
            }
          </dl>
        </li>
      }
    </ol>
  `,
  styles: `
    li {
      display: grid;
      gap: var(--s2);
      padding: var(--s4);
    }
    li + li {
      border-top: 1px solid var(--line);
    }
    .small {
      font-size: var(--size-small);
    }
    dl {
      display: grid;
      grid-template-columns: max-content minmax(0, 1fr);
      gap: var(--s1) var(--s3);
      margin: 0;
      font-size: var(--size-small);
    }
    dt {
      color: var(--ink-soft);
    }
    dd {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: var(--s1) var(--s3);
      margin: 0;
    }
  `,
})
export class ChangeList {
  private readonly languages = inject(LanguageStore);
  readonly changes = input.required<readonly ComparedChange[]>();
  readonly versions = input.required<ComparedVersions>();

  /** Where the other version finds something; where it finds nothing, what the one in force did. */
  protected placesOf({ current, draft }: ComparedChange): readonly FoundPlace[] {
    return draft.findings.length > 0 ? draft.findings : current.findings;
  }

  protected sidesOf({ current, draft }: ComparedChange) {
    const { current: before, draft: after } = this.versions();
    return [
      { name: this.languages.text('guardrails.version', { id: before }), judged: current },
      { name: this.languages.text('guardrails.version', { id: after }), judged: draft },
    ];
  }
}
