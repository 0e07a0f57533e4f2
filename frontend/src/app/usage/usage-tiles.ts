import { Component, computed, inject, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { UsageFigures } from '../api/usage-api';
import { Figures } from '../i18n/figures';
import { UsageWords } from './usage-words';
import { costKnowledge } from './usage-rows.rules';

/** The sums at the top of a usage page, and what is not in them. */
@Component({
  selector: 'app-usage-tiles',
  imports: [TranslocoPipe],
  template: `
    <dl>
      <div class="card">
        <dt>{{ 'usage.measure-cost' | transloco }}</dt>
        <dd [class.unknown]="unknown()">{{ words.cost(total()) }}</dd>
      </div>
      <div class="card">
        <dt>{{ 'usage.measure-tokens' | transloco }}</dt>
        <dd>{{ figures.count(total().promptTokens + total().completionTokens) }}</dd>
        <dd class="detail">
          {{
            'usage.inAndOut'
              | transloco
                : {
                    in: figures.count(total().promptTokens),
                    out: figures.count(total().completionTokens),
                  }
          }}
        </dd>
      </div>
      <div class="card">
        <dt>{{ 'usage.measure-calls' | transloco }}</dt>
        <dd>{{ figures.count(total().calls) }}</dd>
      </div>
      @if (people() !== null) {
        <div class="card">
          <dt>{{ 'usage.people' | transloco }}</dt>
          <dd>{{ figures.count(people() ?? 0) }}</dd>
        </div>
      }
    </dl>
    @if (total().unpricedCalls > 0) {
      <p class="quiet">
        {{
          (total().unpricedCalls === 1 ? 'usage.unpricedOne' : 'usage.unpriced')
            | transloco: { count: figures.count(total().unpricedCalls) }
        }}
      </p>
    }
    @if (total().estimatedCalls > 0) {
      <p class="quiet">
        {{
          (total().estimatedCalls === 1 ? 'usage.estimatedOne' : 'usage.estimated')
            | transloco: { count: figures.count(total().estimatedCalls) }
        }}
      </p>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(11rem, 100%), 1fr));
      gap: var(--s3);
    }
    .card {
      padding: var(--s3) var(--s4) var(--s4);
    }
    dt {
      color: var(--ink-soft);
      font-size: var(--size-small);
    }
    dd {
      margin-top: var(--s1);
      font-size: 1.5rem;
      font-weight: 600;
      line-height: 1.25;
      font-variant-numeric: tabular-nums;
      letter-spacing: -0.015em;
    }
    dd.unknown {
      color: var(--ink-soft);
    }
    dd.detail {
      color: var(--ink-soft);
      font-size: var(--size-small);
      font-weight: 400;
      line-height: var(--leading-ui);
      letter-spacing: 0;
    }
    p {
      margin-top: var(--s3);
      font-size: var(--size-small);
    }
    p + p {
      margin-top: var(--s1);
    }
    @media (max-width: 47.99rem) {
      dl {
        grid-template-columns: 1fr 1fr;
      }
      /* Of three, the first takes a row of its own. */
      .card:first-child:nth-last-child(3) {
        grid-column: 1 / -1;
      }
    }
  `,
})
export class UsageTiles {
  protected readonly figures = inject(Figures);
  protected readonly words = inject(UsageWords);
  readonly total = input.required<UsageFigures>();
  /** How many people it was; null to leave that out. */
  readonly people = input<number | null>(null);
  protected readonly unknown = computed(() => costKnowledge(this.total()) === 'unknown');
}
