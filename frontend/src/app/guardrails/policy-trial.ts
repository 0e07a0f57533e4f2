import { Component, computed, inject, input, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import {
  GuardrailsApi,
  type PolicyFile,
  type Stage,
  type TrialResult,
} from '../api/guardrails-api';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import { Segments } from '../ui/segments';
import { TextArea } from '../ui/text-area';
import { FoundText } from './found-text';
import { RailName } from './rail-name';
import { RailsNotRun } from './rails-not-run';

const STAGES: readonly Stage[] = ['input', 'retrieved', 'output'];

/** Tries a text against the rails as they stand in the editor, saved or not. */
@Component({
  selector: 'app-policy-trial',
  imports: [FoundText, RailName, RailsNotRun, Segments, TextArea, TranslocoPipe],
  template: `
    <section class="card">
      <h2>{{ 'guardrails.try' | transloco }}</h2>
      <form (submit)="$event.preventDefault(); run()">
        <app-segments
          [legend]="'guardrails.stage' | transloco"
          [options]="stages()"
          [(value)]="stage"
        />
        <app-text-area
          [label]="'guardrails.tryLabel' | transloco"
          [placeholder]="'guardrails.tryExample' | transloco"
          [rows]="3"
          [(value)]="text"
        />
        <button
          type="submit"
          class="button"
          [disabled]="text().trim() === '' || busy() || broken()"
        >
          {{ 'guardrails.tryDo' | transloco }}
        </button>
      </form>
      <div aria-live="polite">
        @if (failure()) {
          <p class="note bad">{{ failure() }}</p>
        } @else if (result(); as told) {
          <p>
            <span class="tag" [class]="told.action">{{
              'guardrails.action-' + told.action | transloco
            }}</span>
          </p>
          @if (told.findings.length > 0) {
            <app-found-text class="shown" [text]="tried()" [places]="told.findings" />
            <ul role="list">
              @for (found of told.findings; track $index) {
                <li>
                  <app-rail-name [rail]="found.rail" [rule]="found.rule" />
                  <span class="quiet">{{ 'guardrails.action-' + found.action | transloco }}</span>
                </li>
              }
            </ul>
            <h3>{{ 'guardrails.goesOn' | transloco }}</h3>
            <p class="shown" dir="auto">{{ told.output }}</p>
          } @else {
            <p class="quiet">{{ 'guardrails.nothingFound' | transloco }}</p>
          }
          <app-rails-not-run [rails]="told.notRun" />
        }
      </div>
    </section>
  `,
  styles: `
    section,
    form {
      display: grid;
      gap: var(--s3);
    }
    section {
      padding: var(--s5);
    }
    form .button {
      justify-self: start;
    }
    h2 {
      font-size: 1.0625rem;
    }
    h3 {
      margin: var(--s3) 0 var(--s1);
      font-size: var(--size-small);
    }
    .shown {
      margin-top: var(--s2);
      padding: var(--s3);
      border: 1px solid var(--line);
      border-radius: var(--radius);
      overflow-wrap: anywhere;
      white-space: pre-wrap;
    }
    li {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--s3);
      padding: var(--s1) 0;
    }
  `,
})
export class PolicyTrial {
  private readonly api = inject(GuardrailsApi);
  private readonly failures = inject(FailureTexts);
  private readonly languages = inject(LanguageStore);
  readonly files = input.required<readonly PolicyFile[]>();
  /** The files cannot be tried as they stand. */
  readonly broken = input(false);
  protected readonly stage = signal<Stage | null>('input');
  protected readonly text = signal('');
  /** The text that the result is about. */
  protected readonly tried = signal('');
  protected readonly busy = signal(false);
  protected readonly failure = signal('');
  protected readonly result = signal<TrialResult | null>(null);
  protected readonly stages = computed(() =>
    STAGES.map((value) => ({ value, label: this.languages.text(`guardrails.stage-${value}`) })),
  );

  protected async run(): Promise<void> {
    const text = this.text();
    if (text.trim() === '' || this.busy()) return;
    this.busy.set(true);
    this.failure.set('');
    try {
      const stage = this.stage() ?? 'input';
      const result = await this.api.try([...this.files()], text, stage);
      this.tried.set(text);
      this.result.set(result);
    } catch (thrown) {
      this.failure.set(this.failures.of(thrown));
    } finally {
      this.busy.set(false);
    }
  }
}
