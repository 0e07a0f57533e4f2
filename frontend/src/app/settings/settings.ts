import { Component, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { AccountApi, type ProfileChange } from '../api/account-api';
import { type ApiFailure, toApiFailure } from '../api/api-failure';
import { NO_PROBLEM, fieldOf } from '../auth/password-problem.rules';
import { SessionStore } from '../auth/session-store';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import { LANGUAGES, LANGUAGE_NAMES, type Language } from '../i18n/language.rules';
import { OwnInstructions } from '../instructions/own-instructions';
import { TrainingConsent } from '../training/training-consent';
import { Field } from '../ui/field';
import { THEMES, Theme } from '../ui/theme';
import { Toasts } from '../ui/toasts';

/** What a person may change about themselves and about how Prosa looks to them. */
@Component({
  selector: 'app-settings',
  imports: [Field, OwnInstructions, RouterLink, TrainingConsent, TranslocoPipe],
  templateUrl: './settings.html',
  styleUrl: './settings.css',
})
export class Settings {
  private readonly api = inject(AccountApi);
  private readonly toasts = inject(Toasts);
  private readonly failures = inject(FailureTexts);
  protected readonly session = inject(SessionStore);
  protected readonly languageStore = inject(LanguageStore);
  protected readonly theme = inject(Theme);
  protected readonly languages = LANGUAGES;
  protected readonly languageNames = LANGUAGE_NAMES;
  protected readonly themes = THEMES;
  protected readonly displayName = signal(this.session.user()?.displayName ?? '');
  protected readonly currentPassword = signal('');
  protected readonly newPassword = signal('');
  protected readonly nameProblem = signal('');
  protected readonly passwordProblem = signal(NO_PROBLEM);

  protected async saveName(): Promise<void> {
    this.nameProblem.set('');
    await this.change({ displayName: this.displayName().trim() || null }, (problem) =>
      this.nameProblem.set(problem),
    );
  }

  protected async useLanguage(language: Language): Promise<void> {
    await this.languageStore.use(language);
    await this.change({ locale: language }, (problem) => this.toasts.show(problem));
  }

  protected async savePassword(): Promise<void> {
    this.passwordProblem.set(NO_PROBLEM);
    const change = { currentPassword: this.currentPassword(), newPassword: this.newPassword() };
    const changed = await this.change(change, (problem, failure) =>
      this.passwordProblem.set({ ...NO_PROBLEM, [fieldOf(failure)]: problem }),
    );
    if (!changed) return;
    this.currentPassword.set('');
    this.newPassword.set('');
  }

  protected async signOutEverywhere(): Promise<void> {
    try {
      await this.session.signOutEverywhere();
    } catch (thrown) {
      this.failures.show(thrown);
    }
  }

  private async change(
    change: ProfileChange,
    complain: (problem: string, failure: ApiFailure) => void,
  ): Promise<boolean> {
    try {
      this.session.updateUser(await this.api.changeProfile(change));
      this.toasts.show(this.languageStore.text('settings.saved'));
      return true;
    } catch (thrown) {
      complain(this.failures.of(thrown), toApiFailure(thrown));
      return false;
    }
  }
}
