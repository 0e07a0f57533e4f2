import { computed, inject, Service, signal } from '@angular/core';
import { LimitsApi, type Limit, type NewLimit } from '../api/limits-api';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import { LimitTexts } from '../limits/limit-texts';
import { WhatIsLeftStore } from '../limits/what-is-left-store';
import { Toasts } from '../ui/toasts';
import { toGroups, withLimit } from './limit-list.rules';

/** Every limit of this Prosa, for administrators. */
@Service()
export class LimitsStore {
  private readonly api = inject(LimitsApi);
  private readonly failures = inject(FailureTexts);
  private readonly languages = inject(LanguageStore);
  private readonly texts = inject(LimitTexts);
  private readonly toasts = inject(Toasts);
  private readonly whatIsLeft = inject(WhatIsLeftStore);
  private readonly list = signal<readonly Limit[]>([]);
  private readonly zone = signal('');
  private readonly condition = signal<'loading' | 'ready' | 'failed'>('loading');
  private readonly problem = signal('');

  readonly limits = this.list.asReadonly();
  readonly groups = computed(() => toGroups(this.list()));
  /** In which days and months begin. */
  readonly timeZone = this.zone.asReadonly();
  readonly state = this.condition.asReadonly();
  readonly failure = this.problem.asReadonly();

  /** Never rejects: a failure is a state. */
  async load(): Promise<void> {
    this.condition.set('loading');
    try {
      const { limits, timeZone } = await this.api.list();
      this.list.set(limits);
      this.zone.set(timeZone);
      this.condition.set('ready');
    } catch (thrown) {
      this.problem.set(this.failures.of(thrown));
      this.condition.set('failed');
    }
  }

  /** Makes a limit, or changes the one it takes the place of. @throws ApiFailure */
  async put(limit: NewLimit): Promise<void> {
    const taken = await this.api.put(limit);
    this.list.update((limits) => withLimit(limits, taken));
    this.toasts.show(this.languages.text('limits.saved', { limit: this.texts.sentence(taken) }));
    // It may be the administrator's own, too.
    void this.whatIsLeft.load();
  }

  /** Removes it, with an undo for as long as the note stays. Never rejects: a failure is shown. */
  async remove(limit: Limit): Promise<void> {
    this.list.update((limits) => limits.filter(({ id }) => id !== limit.id));
    try {
      await this.api.remove(limit.id);
    } catch (thrown) {
      this.list.update((limits) => withLimit(limits, limit));
      this.failures.show(thrown);
      return;
    }
    void this.whatIsLeft.load();
    this.toasts.show(this.languages.text('limits.removed', { limit: this.texts.sentence(limit) }), {
      label: this.languages.text('action.undo'),
      run: () => void this.putBack(limit),
    });
  }

  private async putBack({ scope, role, userId, measure, period, amount }: Limit): Promise<void> {
    const owner = { scope, ...(role && { role }), ...(userId !== undefined && { userId }) };
    try {
      await this.put({ ...owner, measure, period, amount });
    } catch (thrown) {
      this.failures.show(thrown);
    }
  }
}
