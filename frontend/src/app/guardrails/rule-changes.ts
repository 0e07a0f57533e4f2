import { Component, inject, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { RuleChange } from '../api/guardrail-comparisons';
import { Figures } from '../i18n/figures';
import type { ComparedVersions } from './bench-store';
import { RailName } from './rail-name';

/** Rules that would do something else about what people asked, each with how many prompts it concerns. */
@Component({
  selector: 'app-rule-changes',
  imports: [RailName, TranslocoPipe],
  template: `
    <div class="card">
      <table>
        <thead>
          <tr>
            <th scope="col">{{ 'guardrails.benchRule' | transloco }}</th>
            @for (id of [versions().current, versions().draft]; track $index) {
              <th scope="col">{{ 'guardrails.version' | transloco: { id } }}</th>
            }
            <th scope="col" class="count">{{ 'guardrails.benchPromptCount' | transloco }}</th>
          </tr>
        </thead>
        <tbody>
          @for (change of rules(); track $index) {
            <tr>
              <th scope="row"><app-rail-name [rail]="change.rail" [rule]="change.rule" /></th>
              @for (action of [change.current, change.draft]; track $index) {
                <td>
                  <span class="tag" [class]="action ?? 'pass'">{{
                    'guardrails.action-' + (action ?? 'pass') | transloco
                  }}</span>
                </td>
              }
              <td class="count">{{ figures.count(change.prompts) }}</td>
            </tr>
          }
        </tbody>
      </table>
    </div>
  `,
  styles: `
    .card {
      overflow-x: auto;
    }
    table {
      width: 100%;
      border-collapse: collapse;
    }
    th,
    td {
      padding: var(--s2) var(--s3);
      font-weight: 400;
      text-align: start;
    }
    tbody tr {
      border-top: 1px solid var(--line);
    }
    .count {
      text-align: end;
      font-variant-numeric: tabular-nums;
    }
  `,
})
export class RuleChanges {
  protected readonly figures = inject(Figures);
  readonly rules = input.required<readonly RuleChange[]>();
  readonly versions = input.required<ComparedVersions>();
}
