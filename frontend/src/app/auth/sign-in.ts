import {
  Component,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { toApiFailure } from '../api/api-failure';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import { Field } from '../ui/field';
import { AuthCard } from './auth-card';
import { nextPage } from './next-page.rules';
import { SessionStore } from './session-store';

/** Who are you? A refused password is said beside the field; a pause says when to come back. */
@Component({
  selector: 'app-sign-in',
  imports: [AuthCard, Field, TranslocoPipe],
  template: `
    <app-auth-card
      [heading]="'signIn.greeting' | transloco"
      [about]="(session.wasEnded() ? 'signIn.ended' : 'signIn.about') | transloco"
    >
      <form (submit)="$event.preventDefault(); signIn()">
        <app-field
          #nameField
          name="username"
          autocomplete="username"
          [label]="'field.username' | transloco"
          [required]="true"
          [maxLength]="200"
          [(value)]="username"
        />
        <app-field
          name="password"
          type="password"
          autocomplete="current-password"
          [label]="'field.password' | transloco"
          [revealLabel]="'field.showPassword' | transloco"
          [required]="true"
          [error]="error()"
          [(value)]="password"
        />
        <button type="submit" class="button primary" [disabled]="busy() || paused()">
          {{ (busy() ? 'signIn.busy' : 'signIn.submit') | transloco }}
        </button>
      </form>
    </app-auth-card>
  `,
  styleUrl: './auth-form.css',
})
export class SignIn {
  protected readonly session = inject(SessionStore);
  private readonly router = inject(Router);
  private readonly failures = inject(FailureTexts);
  private readonly languages = inject(LanguageStore);
  /** From the address: where the person wanted to go. */
  readonly next = input<string>();
  protected readonly username = signal('');
  protected readonly password = signal('');
  protected readonly busy = signal(false);
  protected readonly paused = signal(false);
  private readonly problem = signal('');
  private readonly resumesAt = signal<Date | null>(null);
  protected readonly error = computed(() => {
    const at = this.resumesAt();
    if (!at) return this.problem();
    const time = new Intl.DateTimeFormat(this.languages.language(), { timeStyle: 'medium' });
    return this.languages.text('signIn.paused', { time: time.format(at) });
  });
  private readonly nameField = viewChild.required<Field>('nameField');

  constructor() {
    setTimeout(() => this.nameField().focus());
    // Also when the person has just signed in in another tab.
    effect(() => {
      if (!this.session.user()) return;
      const next = untracked(this.next) ?? null;
      void this.router.navigateByUrl(nextPage(next));
    });
  }

  protected async signIn(): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.problem.set('');
    this.resumesAt.set(null);
    try {
      await this.session.signIn(this.username().trim(), this.password());
    } catch (thrown) {
      const { retryAfter } = toApiFailure(thrown);
      this.problem.set(this.failures.of(thrown));
      if (retryAfter) this.pause(retryAfter);
    } finally {
      this.busy.set(false);
    }
  }

  private pause(seconds: number): void {
    this.resumesAt.set(new Date(Date.now() + seconds * 1000));
    this.paused.set(true);
    setTimeout(() => this.paused.set(false), seconds * 1000);
  }
}
