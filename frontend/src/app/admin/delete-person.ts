import { Component, inject, input, output, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { User } from '../api/contract';
import { FailureTexts } from '../i18n/failure-texts';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { PeopleStore } from './people-store';

/** Deleting somebody cannot be undone: their name is typed first. */
@Component({
  selector: 'app-delete-person',
  imports: [Dialog, Field, TranslocoPipe],
  template: `
    <app-dialog
      [heading]="'people.delete' | transloco: { name: person().username }"
      [closeLabel]="'action.close' | transloco"
      (closed)="closed.emit()"
    >
      <form (submit)="$event.preventDefault(); remove()">
        <p>{{ 'people.deleteAbout' | transloco }}</p>
        <app-field
          name="confirm-username"
          autocomplete="off"
          [label]="'people.deleteType' | transloco: { name: person().username }"
          [error]="problem()"
          [(value)]="typed"
        />
        <div class="decision">
          <button type="button" class="button" (click)="closed.emit()">
            {{ 'action.cancel' | transloco }}
          </button>
          <button
            type="submit"
            class="button danger"
            [disabled]="busy() || typed().trim() !== person().username"
          >
            {{ 'people.deleteDo' | transloco }}
          </button>
        </div>
      </form>
    </app-dialog>
  `,
  styleUrl: './admin-dialog.css',
})
export class DeletePerson {
  private readonly store = inject(PeopleStore);
  private readonly failures = inject(FailureTexts);
  readonly person = input.required<User>();
  readonly closed = output();
  protected readonly typed = signal('');
  protected readonly busy = signal(false);
  protected readonly problem = signal('');

  protected async remove(): Promise<void> {
    this.busy.set(true);
    this.problem.set('');
    try {
      await this.store.remove(this.person().id);
      this.closed.emit();
    } catch (thrown) {
      this.problem.set(this.failures.of(thrown));
    } finally {
      this.busy.set(false);
    }
  }
}
