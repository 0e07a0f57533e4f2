import { Component, inject, input, output, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { User } from '../api/contract';
import { FailureTexts } from '../i18n/failure-texts';
import { CopyLine } from '../ui/copy-line';
import { Dialog } from '../ui/dialog';
import { makePassword } from './password-maker';
import { PeopleStore } from './people-store';

/** Gives somebody a new first password: their sessions end, and they must choose their own. */
@Component({
  selector: 'app-reset-password',
  imports: [CopyLine, Dialog, TranslocoPipe],
  template: `
    <app-dialog
      [heading]="'people.reset' | transloco"
      [closeLabel]="'action.close' | transloco"
      (closed)="closed.emit()"
    >
      @if (done()) {
        <p role="status">{{ 'people.handOver' | transloco: { name: person().username } }}</p>
        <app-copy-line
          [text]="password"
          [label]="'action.copy' | transloco"
          [doneLabel]="'action.copied' | transloco"
        />
        <div class="decision">
          <button type="button" class="button primary" (click)="closed.emit()">
            {{ 'action.done' | transloco }}
          </button>
        </div>
      } @else {
        <p>{{ 'people.resetAbout' | transloco: { name: person().username } }}</p>
        @if (problem()) {
          <p role="alert">{{ problem() }}</p>
        }
        <div class="decision">
          <button type="button" class="button" (click)="closed.emit()">
            {{ 'action.cancel' | transloco }}
          </button>
          <button type="button" class="button primary" [disabled]="busy()" (click)="reset()">
            {{ 'people.resetDo' | transloco }}
          </button>
        </div>
      }
    </app-dialog>
  `,
  styleUrl: './admin-dialog.css',
})
export class ResetPassword {
  private readonly store = inject(PeopleStore);
  private readonly failures = inject(FailureTexts);
  readonly person = input.required<User>();
  readonly closed = output();
  protected readonly busy = signal(false);
  protected readonly done = signal(false);
  protected readonly problem = signal('');
  protected readonly password = makePassword();

  protected async reset(): Promise<void> {
    this.busy.set(true);
    try {
      await this.store.change(this.person().id, { password: this.password });
      this.done.set(true);
    } catch (thrown) {
      this.problem.set(this.failures.of(thrown));
    } finally {
      this.busy.set(false);
    }
  }
}
