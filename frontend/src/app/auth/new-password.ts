import { Component, inject, input, signal } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { AccountApi } from '../api/account-api';
import { toApiFailure } from '../api/api-failure';
import { FailureTexts } from '../i18n/failure-texts';
import { Field } from '../ui/field';
import { AuthCard } from './auth-card';
import { nextPage } from './next-page.rules';
import { NO_PROBLEM, fieldOf } from './password-problem.rules';
import { SessionStore } from './session-store';

/** A password that an administrator gave must be replaced before anything else. */
@Component({
  selector: 'app-new-password',
  imports: [AuthCard, Field, TranslocoPipe],
  template: `
    <app-auth-card
      [heading]="'newPassword.title' | transloco"
      [about]="'newPassword.about' | transloco"
    >
      <form (submit)="$event.preventDefault(); change()">
        <app-field
          name="current"
          type="password"
          autocomplete="current-password"
          [label]="'field.currentPassword' | transloco"
          [revealLabel]="'field.showPassword' | transloco"
          [required]="true"
          [error]="problem().current"
          [(value)]="current"
        />
        <app-field
          name="new"
          type="password"
          autocomplete="new-password"
          [label]="'field.newPassword' | transloco"
          [revealLabel]="'field.showPassword' | transloco"
          [hint]="'field.passwordHint' | transloco"
          [required]="true"
          [error]="problem().new"
          [(value)]="replacement"
        />
        <button
          type="submit"
          class="button primary"
          [disabled]="busy() || !current() || !replacement()"
        >
          {{ 'newPassword.submit' | transloco }}
        </button>
      </form>
      <p class="after">
        <button type="button" class="link-button" (click)="session.signOut()">
          {{ 'action.signOut' | transloco }}
        </button>
      </p>
    </app-auth-card>
  `,
  styleUrl: './auth-form.css',
})
export class NewPassword {
  private readonly api = inject(AccountApi);
  private readonly router = inject(Router);
  private readonly failures = inject(FailureTexts);
  protected readonly session = inject(SessionStore);
  /** From the address: where the person wanted to go. */
  readonly next = input<string>();
  protected readonly current = signal('');
  protected readonly replacement = signal('');
  protected readonly busy = signal(false);
  protected readonly problem = signal(NO_PROBLEM);

  protected async change(): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.problem.set(NO_PROBLEM);
    try {
      const user = await this.api.changeProfile({
        currentPassword: this.current(),
        newPassword: this.replacement(),
      });
      this.session.updateUser(user);
      await this.router.navigateByUrl(nextPage(this.next() ?? null));
    } catch (thrown) {
      const field = fieldOf(toApiFailure(thrown));
      this.problem.set({ ...NO_PROBLEM, [field]: this.failures.of(thrown) });
    } finally {
      this.busy.set(false);
    }
  }
}
