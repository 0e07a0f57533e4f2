import { inject, Service, signal } from '@angular/core';
import { UsageApi, type OwnUsage } from '../api/usage-api';
import { FailureTexts } from '../i18n/failure-texts';
import type { Month } from './day.rules';

/** What the person used in a month. */
@Service()
export class OwnUsageStore {
  private readonly api = inject(UsageApi);
  private readonly failures = inject(FailureTexts);
  private readonly answer = signal<OwnUsage | null>(null);
  private readonly condition = signal<'loading' | 'ready' | 'failed'>('loading');
  private readonly problem = signal('');
  private readonly waiting = signal(false);
  private asked = 0;

  readonly usage = this.answer.asReadonly();
  readonly state = this.condition.asReadonly();
  readonly failure = this.problem.asReadonly();
  /** True while another month is fetched and the one before is still shown. */
  readonly busy = this.waiting.asReadonly();

  /** Nothing of what was shown before, perhaps to somebody else, is shown again. */
  begin(): void {
    this.answer.set(null);
    this.condition.set('loading');
  }

  /** Null for the month it is at the server. Never rejects: a failure is a state. */
  async load(month: Month | null): Promise<void> {
    const asked = ++this.asked;
    if (this.condition() !== 'ready') this.condition.set('loading');
    this.waiting.set(true);
    try {
      const usage = await this.api.mine(month);
      if (asked !== this.asked) return;
      this.answer.set(usage);
      this.condition.set('ready');
    } catch (thrown) {
      if (asked !== this.asked) return;
      this.problem.set(this.failures.of(thrown));
      this.condition.set('failed');
    } finally {
      if (asked === this.asked) this.waiting.set(false);
    }
  }
}
