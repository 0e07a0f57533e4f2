import { Component, inject, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { AccountApi } from '../api/account-api';
import { FailureTexts } from '../i18n/failure-texts';
import { PageState } from '../ui/page-state';
import { InstructionsForm } from './instructions-form';

/** How a person wants to be answered in every conversation of theirs. */
@Component({
  selector: 'app-own-instructions',
  imports: [InstructionsForm, PageState, TranslocoPipe],
  template: `
    <app-page-state [state]="state()" [failure]="failure()" [lines]="4" (retried)="load()" />
    @if (state() === 'ready') {
      <app-instructions-form
        [label]="'instructions.own' | transloco"
        [placeholder]="'instructions.ownExample' | transloco"
        [stored]="stored()"
        [busy]="busy()"
        [error]="refusal()"
        (saved)="save($event)"
      />
    }
  `,
})
export class OwnInstructions {
  private readonly api = inject(AccountApi);
  private readonly failures = inject(FailureTexts);
  protected readonly state = signal<'loading' | 'ready' | 'failed'>('loading');
  protected readonly failure = signal('');
  protected readonly stored = signal<string | null>(null);
  protected readonly busy = signal(false);
  protected readonly refusal = signal('');

  constructor() {
    void this.load();
  }

  protected async load(): Promise<void> {
    this.state.set('loading');
    try {
      this.stored.set((await this.api.readMe()).instructions);
      this.state.set('ready');
    } catch (thrown) {
      this.failure.set(this.failures.of(thrown));
      this.state.set('failed');
    }
  }

  protected async save(instructions: string | null): Promise<void> {
    this.busy.set(true);
    this.refusal.set('');
    try {
      this.stored.set((await this.api.changeProfile({ instructions })).instructions);
    } catch (thrown) {
      this.refusal.set(this.failures.of(thrown));
    } finally {
      this.busy.set(false);
    }
  }
}
