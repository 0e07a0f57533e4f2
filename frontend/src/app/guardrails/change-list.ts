import { Component, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { ComparedChange } from '../api/guardrail-comparisons';
import { When } from '../i18n/when';
import { FoundText } from './found-text';
import { RailName } from './rail-name';

/** Prompts that two policies judge differently, each with what either found. */
@Component({
  selector: 'app-change-list',
  imports: [FoundText, RailName, TranslocoPipe, When],
  template: `
    <ol role="list" class="card">
      @for (change of changes(); track change.n) {
        <li>
          <p class="verdicts">
            <span class="tag">{{ 'guardrails.action-' + change.current.action | transloco }}</span>
            <span aria-hidden="true">→</span>
            <span class="tag now">{{
              'guardrails.action-' + change.draft.action | transloco
            }}</span>
            @if (change.expected) {
              <span class="quiet">{{ 'guardrails.expected-' + change.expected | transloco }}</span>
            }
          </p>
          @if (change.text !== null) {
            <app-found-text dir="auto" [text]="change.text" [places]="change.draft.findings" />
          } @else {
            <p class="quiet">
              {{ 'guardrails.someones' | transloco }}
              @if (change.at; as at) {
                · <app-when [at]="at" />
              }
            </p>
          }
          <p class="found">
            @for (found of change.draft.findings; track $index) {
              <app-rail-name [rail]="found.rail" [rule]="found.rule" />
            } @empty {
              <span class="quiet">{{ 'guardrails.nothingFound' | transloco }}</span>
            }
          </p>
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
    .verdicts,
    .found {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--s1) var(--s3);
      font-size: var(--size-small);
    }
    .now {
      border-color: var(--accent);
      color: var(--accent);
    }
  `,
})
export class ChangeList {
  readonly changes = input.required<readonly ComparedChange[]>();
}
