import { Component, inject, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { LanguageStore } from '../i18n/language-store';
import { LANGUAGES, LANGUAGE_NAMES } from '../i18n/language.rules';

/** The page before one is inside: one card, the product's name, the language switch. */
@Component({
  selector: 'app-auth-card',
  imports: [TranslocoPipe],
  template: `
    <main>
      <p class="brand">{{ 'product' | transloco }}</p>
      <div class="card">
        <h1>{{ heading() }}</h1>
        @if (about(); as text) {
          <p class="quiet">{{ text }}</p>
        }
        <ng-content />
      </div>
    </main>
    <footer>
      @for (language of languages; track language) {
        <button
          type="button"
          class="link-button"
          [attr.lang]="language"
          [attr.aria-pressed]="store.language() === language"
          (click)="store.use(language)"
        >
          {{ names[language] }}
        </button>
      }
    </footer>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      align-items: center;
      justify-content: safe center;
      min-height: 100dvh;
      padding: var(--s6) var(--s4);
    }
    main {
      width: 100%;
      max-width: 25rem;
    }
    .brand {
      margin-bottom: var(--s5);
      font: 550 1.75rem/1 var(--font-title);
      letter-spacing: -0.015em;
      text-align: center;
    }
    .card {
      padding: var(--s8) var(--s6);
      border-radius: var(--radius-composer);
    }
    h1 {
      font: 500 1.75rem/1.2 var(--font-title);
    }
    h1 + p {
      margin-top: var(--s2);
    }
    footer {
      display: flex;
      gap: var(--s5);
      margin-top: var(--s6);
    }
    footer button {
      min-height: 1.5rem;
      color: var(--ink-soft);
    }
    footer button[aria-pressed='true'] {
      color: var(--ink);
      font-weight: 600;
      text-decoration: none;
    }
  `,
})
export class AuthCard {
  protected readonly store = inject(LanguageStore);
  readonly heading = input.required<string>();
  readonly about = input('');
  protected readonly languages = LANGUAGES;
  protected readonly names = LANGUAGE_NAMES;
}
