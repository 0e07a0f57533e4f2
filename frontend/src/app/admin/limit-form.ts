import {
  Component,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Limit, NewLimit } from '../api/limits-api';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import { LimitTexts } from '../limits/limit-texts';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { Icon } from '../ui/icon';
import { EXAMPLES, FINEST_DIGITS, MOST, readAmount, writeAmount } from './amount.rules';
import { PERIODS_OF, isSameLimit } from './limit-list.rules';
import { LimitsStore } from './limits-store';
import { PersonNames } from './person-names';

/** Whom a limit is for, as one choice. */
type Owner = Exclude<Limit['scope'], 'role'> | NonNullable<Limit['role']>;

const OWNERS: readonly Owner[] = ['everyone', 'team', 'member', 'administrator', 'person'];

/** Makes a limit, or changes how much an existing one allows. Says in a sentence what will hold. */
@Component({
  selector: 'app-limit-form',
  imports: [Dialog, Field, Icon, TranslocoPipe],
  templateUrl: './limit-form.html',
  styleUrls: ['./admin-dialog.css', './limit-form.css'],
})
export class LimitForm {
  private readonly store = inject(LimitsStore);
  private readonly failures = inject(FailureTexts);
  private readonly languages = inject(LanguageStore);
  protected readonly texts = inject(LimitTexts);
  protected readonly people = inject(PersonNames);
  /** The limit to change; null for a new one. */
  readonly limit = input<Limit | null>(null);
  /** What a new limit begins with. */
  readonly suggestion = input<NewLimit | null>(null);
  readonly closed = output();
  protected readonly owners = OWNERS;
  protected readonly measures = Object.keys(PERIODS_OF) as readonly Limit['measure'][];
  protected readonly owner = linkedSignal<Owner>(() => ownerOf(this.suggestion()));
  protected readonly username = signal('');
  protected readonly measure = linkedSignal(
    () => (this.limit() ?? this.suggestion())?.measure ?? 'requests',
  );
  protected readonly periods = computed(() => PERIODS_OF[this.measure()]);
  private readonly wished = linkedSignal<Limit['period']>(
    () => (this.limit() ?? this.suggestion())?.period ?? 'day',
  );
  /** The one chosen, or a day where that is none of this measure's. */
  protected readonly period = computed<Limit['period']>(() => {
    const periods = this.periods();
    return periods.find((one) => one === this.wished()) ?? (periods.length > 0 ? 'day' : null);
  });
  protected readonly amountText = linkedSignal(() => {
    const start = this.limit() ?? this.suggestion();
    return start ? writeAmount(start.amount, start.measure, this.languages.language()) : '';
  });
  protected readonly busy = signal(false);
  protected readonly refusal = signal('');
  /** Problems are said once somebody has tried, not while they type. */
  protected readonly tried = signal(false);
  private readonly read = computed(() =>
    readAmount(this.amountText(), this.measure(), this.languages.language()),
  );
  private readonly person = computed(() => this.people.find(this.username()));
  protected readonly example = computed(() =>
    writeAmount(EXAMPLES[this.measure()], this.measure(), this.languages.language()),
  );
  protected readonly amountProblem = computed(() => {
    const read = this.read();
    if (!this.tried() || 'amount' in read) return '';
    const most = this.texts.amount(this.measure(), MOST[this.measure()]);
    const params = { example: this.example(), most, count: FINEST_DIGITS };
    return this.languages.text(`limits.problem-${read.problem}`, params);
  });
  protected readonly personProblem = computed(() => {
    if (!this.tried() || this.owner() !== 'person' || this.person()) return '';
    const name = this.username().trim();
    const key = name ? 'limits.problem-person' : 'limits.problem-noPerson';
    return this.people.failure() || this.languages.text(key, { name });
  });
  /** What would hold; null while something is missing. */
  protected readonly draft = computed<NewLimit | null>(() => {
    const read = this.read();
    if (!('amount' in read)) return null;
    const changed = this.limit();
    if (changed) return { ...withoutNames(changed), amount: read.amount };
    const whose = this.whose();
    return whose && { ...whose, ...this.what(), amount: read.amount };
  });
  protected readonly sentence = computed(() => {
    const draft = this.draft();
    const username = this.limit()?.username ?? this.person()?.username;
    return draft ? this.texts.sentence({ ...draft, ...(username && { username }) }) : '';
  });
  /** The limit that a new one takes the place of. */
  protected readonly replaced = computed(() => {
    const draft = this.draft();
    if (this.limit() || !draft) return null;
    return this.store.limits().find((one) => isSameLimit(one, draft)) ?? null;
  });
  private readonly amountField = viewChild.required<Field>('amountField');
  private readonly personField = viewChild<Field>('personField');

  constructor() {
    effect(() => {
      if (this.owner() === 'person') untracked(() => void this.people.load());
    });
  }

  protected chooseOwner(value: string): void {
    this.owner.set(value as Owner);
  }

  protected chooseMeasure(value: string): void {
    this.measure.set(value as Limit['measure']);
  }

  protected choosePeriod(value: string): void {
    this.wished.set(value as Limit['period']);
  }

  protected async save(): Promise<void> {
    this.tried.set(true);
    this.refusal.set('');
    const draft = this.draft();
    if (!draft) {
      (this.personProblem() ? this.personField() : this.amountField())?.focus();
      return;
    }
    this.busy.set(true);
    try {
      await this.store.put(draft);
      this.closed.emit();
    } catch (thrown) {
      this.refusal.set(this.failures.of(thrown));
    } finally {
      this.busy.set(false);
    }
  }

  private what(): Pick<NewLimit, 'measure' | 'period'> {
    return { measure: this.measure(), period: this.period() };
  }

  private whose(): Pick<NewLimit, 'scope' | 'role' | 'userId'> | null {
    const owner = this.owner();
    if (owner === 'administrator' || owner === 'member') return { scope: 'role', role: owner };
    if (owner !== 'person') return { scope: owner };
    const person = this.person();
    return person && { scope: owner, userId: person.id };
  }
}

function ownerOf(limit: NewLimit | null): Owner {
  if (!limit) return 'everyone';
  return limit.scope === 'role' ? (limit.role ?? 'member') : limit.scope;
}

const withoutNames = ({ scope, role, userId, measure, period, amount }: Limit): NewLimit => ({
  scope,
  ...(role && { role }),
  ...(userId !== undefined && { userId }),
  measure,
  period,
  amount,
});
