import { Component, inject, output, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { FailureTexts } from '../i18n/failure-texts';
import { CopyLine } from '../ui/copy-line';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { makePassword } from './password-maker';
import { PeopleStore } from './people-store';

/** Makes an account with a first password, which is shown once to be handed over. */
@Component({
  selector: 'app-new-person',
  imports: [CopyLine, Dialog, Field, TranslocoPipe],
  template: `
    <app-dialog
      [heading]="'people.new' | transloco"
      [closeLabel]="'action.close' | transloco"
      (closed)="closed.emit()"
    >
      @if (done()) {
        <p role="status">{{ 'people.handOver' | transloco: { name: username() } }}</p>
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
        <form (submit)="$event.preventDefault(); create()">
          <app-field
            name="person-username"
            autocomplete="off"
            [label]="'field.username' | transloco"
            [required]="true"
            [maxLength]="100"
            [error]="problem()"
            [(value)]="username"
          />
          <app-field
            name="person-name"
            autocomplete="off"
            [label]="'field.personName' | transloco"
            [maxLength]="100"
            [(value)]="displayName"
          />
          <label class="check">
            <input type="checkbox" #role [checked]="admin()" (change)="admin.set(role.checked)" />
            {{ 'people.isAdmin' | transloco }}
          </label>
          <div class="decision">
            <button type="button" class="button" (click)="closed.emit()">
              {{ 'action.cancel' | transloco }}
            </button>
            <button type="submit" class="button primary" [disabled]="busy() || !username().trim()">
              {{ 'people.create' | transloco }}
            </button>
          </div>
        </form>
      }
    </app-dialog>
  `,
  styleUrl: './admin-dialog.css',
})
export class NewPersonDialog {
  private readonly store = inject(PeopleStore);
  private readonly failures = inject(FailureTexts);
  readonly closed = output();
  protected readonly username = signal('');
  protected readonly displayName = signal('');
  protected readonly admin = signal(false);
  protected readonly busy = signal(false);
  protected readonly done = signal(false);
  protected readonly problem = signal('');
  protected readonly password = makePassword();

  protected async create(): Promise<void> {
    this.busy.set(true);
    this.problem.set('');
    const displayName = this.displayName().trim();
    try {
      await this.store.create({
        username: this.username().trim(),
        password: this.password,
        role: this.admin() ? 'admin' : 'member',
        ...(displayName && { displayName }),
      });
      this.done.set(true);
    } catch (thrown) {
      this.problem.set(this.failures.of(thrown));
    } finally {
      this.busy.set(false);
    }
  }
}
