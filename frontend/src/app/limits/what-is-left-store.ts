import { computed, effect, inject, Service, signal, untracked } from '@angular/core';
import { LimitsApi } from '../api/limits-api';
import { SessionStore } from '../auth/session-store';
import { Clock } from '../i18n/clock';
import { FailureTexts } from '../i18n/failure-texts';
import { amountsOf, askAfterAnswer, askByItself, mostPressing, type Heard } from './left.rules';

/** What is left to the person of their own limits and of the team's. */
@Service()
export class WhatIsLeftStore {
  private readonly api = inject(LimitsApi);
  private readonly session = inject(SessionStore);
  private readonly clock = inject(Clock);
  private readonly failures = inject(FailureTexts);
  private readonly heard = signal<Heard | null>(null);
  private readonly problem = signal('');
  private readonly person = computed(() => this.session.user()?.id ?? null);
  private heardFor: number | null = null;
  private loading: Promise<void> | null = null;

  /** Null until they are known. */
  readonly limits = computed(() => this.heard()?.limits ?? null);
  /** Why they are not known; empty when they are, or nobody asked yet. */
  readonly failure = this.problem.asReadonly();
  /** The limit to speak of beside the composer, null while all are far away. */
  readonly pressing = computed(() => mostPressing(this.limits() ?? []));
  /** Changes when somebody changes a limit, not when it is used. */
  readonly amounts = computed(() => amountsOf(this.limits() ?? []));

  constructor() {
    effect(() => {
      if (this.person() !== this.heardFor) untracked(() => this.forget());
    });
    effect(() => {
      const now = this.clock.now();
      untracked(() => this.askByItself(now));
    });
  }

  /** Asks the server; calls at the same time are one. Never rejects: a failure is a state. */
  load(): Promise<void> {
    this.loading ??= this.fetch().finally(() => (this.loading = null));
    return this.loading;
  }

  /** Asks unless it is known: once in a session where nobody is limited. */
  async ensure(): Promise<void> {
    if (!this.heard()) await this.load();
  }

  /** An answer ended: asks, unless nobody is limited. */
  async heedAnswer(): Promise<void> {
    if (askAfterAnswer(this.heard(), Date.now())) await this.load();
  }

  private askByItself(now: number): void {
    const heard = this.heard();
    if (!heard || !this.session.user() || document.visibilityState !== 'visible') return;
    if (askByItself(heard, now)) void this.load();
  }

  private async fetch(): Promise<void> {
    const person = this.person();
    try {
      const { limits } = await this.api.mine();
      if (person !== this.person()) return;
      this.heardFor = person;
      this.heard.set({ limits, at: Date.now() });
      this.problem.set('');
    } catch (thrown) {
      this.problem.set(this.failures.of(thrown));
    }
  }

  private forget(): void {
    this.heard.set(null);
    this.problem.set('');
  }
}
