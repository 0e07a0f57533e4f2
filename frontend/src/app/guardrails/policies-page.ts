import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Policy } from '../api/guardrails-api';
import { LanguageStore } from '../i18n/language-store';
import { When } from '../i18n/when';
import { Icon } from '../ui/icon';
import { PageState } from '../ui/page-state';
import { GuardrailsNav } from './guardrails-nav';
import { PoliciesStore } from './policies-store';
import { PolicyDrafts } from './policy-drafts';
import { ProblemList } from './problem-list';
import { railsOf } from './rail-names.rules';

/** Which rails are in force, since when, and every version they ever had. */
@Component({
  selector: 'app-policies-page',
  imports: [GuardrailsNav, Icon, PageState, ProblemList, RouterLink, TranslocoPipe, When],
  templateUrl: './policies-page.html',
  styleUrl: './policies-page.css',
})
export class PoliciesPage {
  private readonly languages = inject(LanguageStore);
  private readonly drafts = inject(PolicyDrafts);
  protected readonly store = inject(PoliciesStore);
  /** Ids of versions in which this person wrote something that is not saved. */
  protected readonly unsaved = computed(() =>
    this.store
      .policies()
      .map(({ id }) => id)
      .filter((id) => this.drafts.read(id)?.files.length),
  );
  protected readonly rails = computed(() => railsOf(this.store.status()?.rules ?? {}));

  constructor() {
    void this.store.load();
  }

  /** What a version is called: by what its writer says of it, else by where it came from. */
  protected nameOf({ note, source }: Pick<Policy, 'note' | 'source'>): string {
    return note || this.languages.text(`guardrails.source-${source}`);
  }
}
