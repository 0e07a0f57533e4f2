import { Component, input, output } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { PolicyProblem } from '../api/guardrails-api';

/** What is wrong with the files of a policy, each with its line. */
@Component({
  selector: 'app-problem-list',
  imports: [TranslocoPipe],
  template: `
    <ul role="list">
      @for (problem of problems(); track $index) {
        <li>
          @if (linked()) {
            <button type="button" class="link-button place" (click)="chosen.emit(problem)">
              {{ 'guardrails.place' | transloco: { file: problem.file, line: problem.line } }}
            </button>
          } @else {
            <span class="place">{{
              'guardrails.place' | transloco: { file: problem.file, line: problem.line }
            }}</span>
          }
          <span>{{ problem.message }}</span>
        </li>
      }
    </ul>
  `,
  styles: `
    li {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--s3);
      padding: var(--s1) 0;
    }
    .place {
      font-family: var(--font-code);
      font-size: var(--size-small);
    }
  `,
})
export class ProblemList {
  readonly problems = input.required<readonly PolicyProblem[]>();
  /** True where a problem's place can be gone to. */
  readonly linked = input(false);
  readonly chosen = output<PolicyProblem>();
}
