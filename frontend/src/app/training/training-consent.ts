import { Component, inject, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { TrainingApi, type TrainingFormat } from '../api/training-api';
import { SessionStore } from '../auth/session-store';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import { PageState } from '../ui/page-state';
import { saveFile } from '../usage/save-file';
import { Toasts } from '../ui/toasts';

/** Whether a person's corrections may train a model; administrators fetch the set here. */
@Component({
  selector: 'app-training-consent',
  imports: [PageState, TranslocoPipe],
  template: `
    <app-page-state [state]="state()" [failure]="failure()" [lines]="1" (retried)="load()" />
    @if (state() === 'ready') {
      <label>
        <input
          #box
          type="checkbox"
          [checked]="given()"
          [disabled]="busy()"
          (change)="change(box)"
        />
        {{ 'training.consent' | transloco }}
      </label>
    }
    @if (session.isAdministrator()) {
      <p class="quiet">{{ 'training.exportAbout' | transloco }}</p>
      <div class="formats">
        @for (format of formats; track format) {
          <button type="button" class="button" [disabled]="saving()" (click)="save(format)">
            {{ 'training.export-' + format | transloco }}
          </button>
        }
      </div>
    }
  `,
  styles: `
    label {
      display: flex;
      align-items: baseline;
      gap: var(--s2);
      cursor: pointer;
    }
    p {
      margin: var(--s5) 0 var(--s3);
    }
    .formats {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s2);
    }
  `,
})
export class TrainingConsent {
  private readonly api = inject(TrainingApi);
  private readonly failures = inject(FailureTexts);
  private readonly languages = inject(LanguageStore);
  private readonly toasts = inject(Toasts);
  protected readonly session = inject(SessionStore);
  protected readonly formats: readonly TrainingFormat[] = ['openai', 'bedrock'];
  protected readonly state = signal<'loading' | 'ready' | 'failed'>('loading');
  protected readonly failure = signal('');
  protected readonly given = signal(false);
  protected readonly busy = signal(false);
  protected readonly saving = signal(false);

  constructor() {
    void this.load();
  }

  protected async load(): Promise<void> {
    this.state.set('loading');
    try {
      this.given.set(await this.api.consent());
      this.state.set('ready');
    } catch (thrown) {
      this.failure.set(this.failures.of(thrown));
      this.state.set('failed');
    }
  }

  protected async change(box: HTMLInputElement): Promise<void> {
    this.busy.set(true);
    try {
      this.given.set(await this.api.setConsent(box.checked));
      this.toasts.show(this.languages.text('settings.saved'));
    } catch (thrown) {
      box.checked = this.given();
      this.failures.show(thrown);
    } finally {
      this.busy.set(false);
    }
  }

  protected async save(format: TrainingFormat): Promise<void> {
    this.saving.set(true);
    try {
      const set = await this.api.set(format);
      if (set.size === 0) this.toasts.show(this.languages.text('training.empty'));
      else saveFile(set, `prosa-training-${format}.jsonl`);
    } catch (thrown) {
      this.failures.show(thrown);
    } finally {
      this.saving.set(false);
    }
  }
}
