import { inject, Service } from '@angular/core';
import type { Limit, LimitLeft } from '../api/limits-api';
import { Clock } from '../i18n/clock';
import { Figures } from '../i18n/figures';
import { LanguageStore } from '../i18n/language-store';
import { resetTime, timeUntil } from './reset.rules';

/** Whose limit it is. */
export type LimitOwner = Pick<Limit, 'scope' | 'role' | 'username'>;

/** Limits in the words of the language in use. */
@Service()
export class LimitTexts {
  private readonly languages = inject(LanguageStore);
  private readonly figures = inject(Figures);
  private readonly clock = inject(Clock);

  /** "Each person: 200 questions a day". */
  sentence(limit: LimitOwner & Pick<Limit, 'measure' | 'period' | 'amount'>): string {
    return this.languages.text('limits.sentence', {
      who: this.owner(limit),
      what: this.allowance(limit),
    });
  }

  /** "Each person", "The whole team", or a person's name. */
  owner({ scope, role, username }: LimitOwner): string {
    if (scope === 'person') return username ?? '';
    return this.languages.text(`limits.who-${scope === 'role' ? (role ?? 'member') : scope}`);
  }

  /** "200 questions a day". */
  allowance({ measure, period, amount }: Pick<Limit, 'measure' | 'period' | 'amount'>): string {
    const what = this.quantity(measure, amount);
    return period ? `${what} ${this.languages.text(`limits.per-${period}`)}` : what;
  }

  /** "3 questions left today, for the whole team"; "No question left today". */
  left({ scope, measure, period, left }: LimitLeft): string {
    const during = this.languages.text(`limits.during-${period ?? 'day'}`);
    const params = { amount: this.amount(measure, left), during };
    const text =
      left > 0
        ? this.languages.text(`limits.left-${measure}-${this.plural(left)}`, params)
        : this.languages.text(`limits.none-${measure}`, params);
    return scope === 'team' ? this.languages.text('limits.for-team', { text }) : text;
  }

  /** "3 of 200 left"; never less than none, where a limit was lowered. */
  leftOf({ measure, left, amount }: Pick<LimitLeft, 'measure' | 'left' | 'amount'>): string {
    const rest = Math.max(0, left);
    return this.languages.text(`limits.rest-${this.plural(rest)}`, {
      left: this.amount(measure, rest),
      amount: this.amount(measure, amount),
    });
  }

  /** "at midnight", "tomorrow at 3:00". `time` in milliseconds. */
  at(time: number): string {
    const { key, params } = resetTime(time, this.clock.now(), this.languages.language());
    return this.languages.text(key, params);
  }

  /** "renews at midnight". */
  resets(resetsAt: string): string {
    return this.languages.text('limits.resets', { at: this.at(Date.parse(resetsAt)) });
  }

  /** "Renews at midnight", as a sentence without its end. `time` in milliseconds. */
  renews(time: number): string {
    return this.languages.text('limits.renews', { at: this.at(time) });
  }

  /** "You can ask again at midnight". `time` in milliseconds. */
  paused(time: number): string {
    return this.languages.text('limits.paused', { at: this.at(time) });
  }

  /** "in 6 hours". `time` in milliseconds. */
  until(time: number): string {
    return timeUntil(time, this.clock.now(), this.languages.language());
  }

  /** A bare amount: dollars for money, a count for the rest. */
  amount(measure: Limit['measure'], amount: number): string {
    return measure === 'usd' ? this.figures.money(amount) : this.figures.count(amount);
  }

  private quantity(measure: Limit['measure'], amount: number): string {
    if (measure === 'usd') return this.figures.money(amount);
    const params = { amount: this.figures.count(amount) };
    const form = amount === 0 ? 'none' : this.plural(amount);
    return this.languages.text(`limits.count-${measure}-${form}`, params);
  }

  /** Both languages have no third form that a limit needs. */
  private plural(count: number): 'one' | 'other' {
    const form = new Intl.PluralRules(this.languages.language()).select(count);
    return form === 'one' ? 'one' : 'other';
  }
}
