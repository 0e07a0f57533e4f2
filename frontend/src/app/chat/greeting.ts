import { Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { SessionStore } from '../auth/session-store';
import { Icon } from '../ui/icon';
import { partOfDay } from './greeting.rules';
import { ModelsStore } from './models-store';

/** The page before the first prompt: a greeting, and starters that are asked with one click. */
@Component({
  selector: 'app-greeting',
  imports: [Icon, RouterLink, TranslocoPipe],
  template: `
    <h1>{{ 'greeting.' + part | transloco: { name: firstName() } }}</h1>
    <p class="quiet">{{ 'greeting.invite' | transloco }}</p>
    <ul role="list">
      @for (starter of starters(); track starter) {
        <li>
          @let prompt = starter | transloco;
          <button type="button" [disabled]="disabled()" (click)="asked.emit(prompt)">
            {{ prompt }}
          </button>
        </li>
      }
    </ul>
    @if (models.onlyQuotes()) {
      <p class="note">
        <app-icon name="book-open" />
        <span class="grow">{{ 'greeting.onlyQuotes' | transloco }}</span>
        @if (session.isAdministrator()) {
          <a routerLink="/welcome">{{ 'greeting.connect' | transloco }}</a>
        }
      </p>
    }
  `,
  styles: `
    :host {
      display: block;
      width: 100%;
      max-width: calc(var(--measure) + 2 * var(--s5));
      margin: 0 auto;
      padding: var(--s10) var(--s5);
    }
    h1 {
      font: 500 var(--size-greeting) / 1.15 var(--font-title);
      letter-spacing: -0.015em;
    }
    h1 + p {
      margin: var(--s2) 0 var(--s8);
      font-size: var(--size-answer);
    }
    ul {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr));
      gap: var(--s3);
    }
    li button {
      width: 100%;
      height: 100%;
      padding: var(--s3) var(--s4);
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--sheet);
      text-align: start;
      transition: border-color var(--quick) var(--ease);
    }
    li button:hover:not(:disabled) {
      border-color: var(--accent);
    }
    .note {
      margin-top: var(--s6);
      font-size: var(--size-small);
    }
  `,
})
export class Greeting {
  protected readonly session = inject(SessionStore);
  protected readonly models = inject(ModelsStore);
  readonly disabled = input(false);
  readonly asked = output<string>();
  protected readonly firstName = computed(() => this.session.name().split(/\s/)[0] ?? '');
  protected readonly part = partOfDay(new Date().getHours());
  // With nothing but the documentation to answer, ask what it can answer.
  protected readonly starters = computed(() => {
    const kind = this.models.onlyQuotes() ? 'docs' : 'model';
    return [1, 2, 3, 4].map((n) => `starters.${kind}${n}`);
  });
}
