import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Replay } from '../api/guardrails-api';
import { Figures } from '../i18n/figures';
import { LanguageStore } from '../i18n/language-store';
import { When } from '../i18n/when';
import { PageState } from '../ui/page-state';
import { GuardrailsNav } from './guardrails-nav';
import { ReplaysStore } from './replays-store';

/** Letters of a digest that tell two drafts apart; all of them are shown on hover. */
const SHOWN_OF_DIGEST = 12;

/** Which administrators had the prompts of others judged once more, for all of them to see. */
@Component({
  selector: 'app-replays-page',
  imports: [GuardrailsNav, PageState, RouterLink, TranslocoPipe, When],
  templateUrl: './replays-page.html',
  styleUrl: './replays-page.css',
})
export class ReplaysPage {
  private readonly figures = inject(Figures);
  private readonly languages = inject(LanguageStore);
  protected readonly store = inject(ReplaysStore);

  constructor() {
    void this.store.load();
  }

  /** How much was replayed, in a sentence. */
  protected what({ prompts, days }: Replay): string {
    const form = `guardrails.replayed-${this.figures.plural(prompts)}`;
    const span = `guardrails.replayDays-${this.figures.plural(days)}`;
    const of = this.languages.text(span, { days: this.figures.count(days) });
    return this.languages.text(form, { count: this.figures.count(prompts), of });
  }

  protected short(digest: string): string {
    return digest.slice(0, SHOWN_OF_DIGEST);
  }
}
