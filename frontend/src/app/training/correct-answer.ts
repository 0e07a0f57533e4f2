import { Component, inject, input, type OnInit, output, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { TrainingApi } from '../api/training-api';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import { Dialog } from '../ui/dialog';
import { PageState } from '../ui/page-state';
import { TextArea } from '../ui/text-area';
import { Toasts } from '../ui/toasts';

/** The longest the server takes, in characters. */
const LONGEST = 100_000;

/** What should have been answered; the answer itself stays as it is. */
@Component({
  selector: 'app-correct-answer',
  imports: [Dialog, PageState, TextArea, TranslocoPipe],
  template: `
    <app-dialog
      [heading]="'training.correct' | transloco"
      [wide]="true"
      [byButtons]="true"
      [closeLabel]="'action.close' | transloco"
      (closed)="closed.emit()"
    >
      <p class="quiet">{{ 'training.correctAbout' | transloco }}</p>
      <app-page-state [state]="state()" [failure]="failure()" [lines]="6" (retried)="load()" />
      @if (state() === 'ready') {
        <form novalidate (submit)="$event.preventDefault(); save()">
          <app-text-area
            name="correction"
            [label]="'training.right' | transloco"
            [rows]="10"
            [most]="longest"
            [error]="problem()"
            [(value)]="text"
          />
          <div class="decision">
            @if (isCorrected()) {
              <button type="button" class="button plain" [disabled]="busy()" (click)="remove()">
                {{ 'training.remove' | transloco }}
              </button>
            }
            <button type="button" class="button" (click)="closed.emit()">
              {{ 'action.cancel' | transloco }}
            </button>
            <button type="submit" class="button primary" [disabled]="busy()">
              {{ 'action.save' | transloco }}
            </button>
          </div>
        </form>
      }
    </app-dialog>
  `,
  styles: `
    p {
      margin: 0 0 var(--s4);
    }
    form {
      display: flex;
      flex-direction: column;
      gap: var(--s4);
    }
    .decision {
      display: flex;
      flex-wrap: wrap;
      justify-content: flex-end;
      gap: var(--s3);
    }
    .plain {
      margin-inline-end: auto;
    }
  `,
})
export class CorrectAnswer implements OnInit {
  private readonly api = inject(TrainingApi);
  private readonly failures = inject(FailureTexts);
  private readonly languages = inject(LanguageStore);
  private readonly toasts = inject(Toasts);
  readonly postId = input.required<number>();
  /** What was answered: a correction begins with it. */
  readonly answer = input.required<string>();
  readonly closed = output();
  protected readonly longest = LONGEST;
  protected readonly state = signal<'loading' | 'ready' | 'failed'>('loading');
  protected readonly failure = signal('');
  protected readonly isCorrected = signal(false);
  protected readonly text = signal('');
  protected readonly busy = signal(false);
  protected readonly problem = signal('');

  ngOnInit(): void {
    void this.load();
  }

  protected async load(): Promise<void> {
    this.state.set('loading');
    try {
      const { answer } = await this.api.correction(this.postId());
      this.isCorrected.set(answer !== null);
      this.text.set(answer ?? this.answer());
      this.state.set('ready');
    } catch (thrown) {
      this.failure.set(this.failures.of(thrown));
      this.state.set('failed');
    }
  }

  protected async save(): Promise<void> {
    const text = this.text().trim();
    if (!text || text.length > LONGEST) {
      this.problem.set(this.languages.text(text ? 'training.tooLong' : 'training.empty-answer'));
      return;
    }
    await this.write(() => this.api.correct(this.postId(), text), 'training.corrected');
  }

  protected remove(): Promise<void> {
    return this.write(() => this.api.removeCorrection(this.postId()), 'training.removed');
  }

  private async write(change: () => Promise<unknown>, done: string): Promise<void> {
    this.busy.set(true);
    this.problem.set('');
    try {
      await change();
      this.toasts.show(this.languages.text(done));
      this.closed.emit();
    } catch (thrown) {
      this.problem.set(this.failures.of(thrown));
    } finally {
      this.busy.set(false);
    }
  }
}
