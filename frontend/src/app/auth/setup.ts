import { Component, computed, inject, signal } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { toApiFailure } from '../api/api-failure';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import { Field } from '../ui/field';
import { AuthCard } from './auth-card';
import { SessionStore } from './session-store';
import { NO_SETUP_PROBLEM, setupFieldOf } from './setup-problem.rules';

/** The first run: whoever stands here first becomes the administrator. */
@Component({
  selector: 'app-setup',
  imports: [AuthCard, Field, TranslocoPipe],
  template: `
    <app-auth-card [heading]="'setup.greeting' | transloco" [about]="'setup.about' | transloco">
      <form (submit)="$event.preventDefault(); setUp()">
        @if (session.setupState().codeRequired) {
          <app-field
            name="code"
            autocomplete="one-time-code"
            [label]="'setup.code' | transloco"
            [hint]="'setup.codeHint' | transloco"
            [required]="true"
            [error]="problem().code"
            [(value)]="code"
          />
        }
        <app-field
          name="name"
          autocomplete="name"
          [label]="'field.displayName' | transloco"
          [hint]="'field.displayNameHint' | transloco"
          [maxLength]="100"
          [(value)]="displayName"
        />
        <app-field
          name="username"
          autocomplete="username"
          [label]="'field.username' | transloco"
          [required]="true"
          [maxLength]="100"
          [error]="problem().username"
          [(value)]="username"
        />
        <app-field
          name="password"
          type="password"
          autocomplete="new-password"
          [label]="'field.password' | transloco"
          [revealLabel]="'field.showPassword' | transloco"
          [hint]="'field.passwordHint' | transloco"
          [required]="true"
          [error]="problem().password"
          [(value)]="password"
        />
        <button type="submit" class="button primary" [disabled]="busy() || !complete()">
          {{ 'setup.submit' | transloco }}
        </button>
      </form>
    </app-auth-card>
  `,
  styleUrl: './auth-form.css',
})
export class Setup {
  protected readonly session = inject(SessionStore);
  private readonly router = inject(Router);
  private readonly failures = inject(FailureTexts);
  private readonly languages = inject(LanguageStore);
  protected readonly code = signal('');
  protected readonly displayName = signal('');
  protected readonly username = signal('');
  protected readonly password = signal('');
  protected readonly busy = signal(false);
  protected readonly problem = signal(NO_SETUP_PROBLEM);
  protected readonly complete = computed(
    () => this.username().trim() !== '' && this.password() !== '',
  );

  protected async setUp(): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.problem.set(NO_SETUP_PROBLEM);
    const code = this.code().trim();
    const displayName = this.displayName().trim();
    try {
      await this.session.setUp({
        username: this.username().trim(),
        password: this.password(),
        locale: this.languages.language(),
        ...(code && { code }),
        ...(displayName && { displayName }),
      });
      await this.router.navigateByUrl('/welcome');
    } catch (thrown) {
      const field = setupFieldOf(toApiFailure(thrown));
      this.problem.set({ ...NO_SETUP_PROBLEM, [field]: this.failures.of(thrown) });
    } finally {
      this.busy.set(false);
    }
  }
}
