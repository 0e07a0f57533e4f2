import { Component, computed, DestroyRef, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { Figures } from '../i18n/figures';
import { LanguageStore } from '../i18n/language-store';
import { Icon } from '../ui/icon';
import { PageState } from '../ui/page-state';
import { Segments } from '../ui/segments';
import { TextArea } from '../ui/text-area';
import { BenchStore, type CountName } from './bench-store';
import { ChangeList } from './change-list';
import { GuardrailsNav } from './guardrails-nav';
import { PoliciesStore } from './policies-store';
import { MOST_PROMPTS, promptsIn } from './prompt-set.rules';
import { RailsNotRun } from './rails-not-run';
import { RuleChanges } from './rule-changes';

const DAYS = ['1', '3', '7'] as const;
type Days = (typeof DAYS)[number];
type Source = 'prompts' | 'replay';

/** In which order counts are listed; the last ones need prompts that say what they are. */
const COUNTS = ['blocked', 'masked', 'answered', 'flagged', 'passed'] as const;
const MISTAKES = ['wronglyBlocked', 'missed'] as const;
/** Of what people asked here: how many pass would tell the rest. */
const REPLAYED = ['blocked', 'masked', 'answered', 'flagged'] as const;

/** What would change if another policy were in force: over prompts given here, or over last week's. */
@Component({
  selector: 'app-bench-page',
  imports: [
    ChangeList,
    GuardrailsNav,
    Icon,
    PageState,
    RailsNotRun,
    RouterLink,
    RuleChanges,
    Segments,
    TextArea,
    TranslocoPipe,
  ],
  templateUrl: './bench-page.html',
  styleUrl: './bench-page.css',
})
export class BenchPage {
  private readonly figures = inject(Figures);
  private readonly languages = inject(LanguageStore);
  protected readonly store = inject(BenchStore);
  protected readonly policies = inject(PoliciesStore);
  /** Of the address: the version to compare. */
  readonly policy = input<string>();
  protected readonly chosen = signal<number | null>(null);
  protected readonly source = signal<Source | null>('prompts');
  protected readonly days = signal<Days | null>('7');
  protected readonly text = signal('');
  protected readonly counts = computed((): readonly CountName[] => {
    const result = this.store.result();
    if (result && result.fewestPeople !== null) return REPLAYED;
    return result?.isLabelled ? [...COUNTS, ...MISTAKES] : COUNTS;
  });
  protected readonly others = computed(() =>
    this.policies.policies().filter(({ active }) => !active),
  );
  /** The version to compare: the chosen one, else that of the address, else the newest. */
  protected readonly draft = computed(() => {
    const ids = this.others().map(({ id }) => id);
    const wished = [this.chosen(), Number(this.policy())];
    return ids.find((id) => id === wished[0]) ?? ids.find((id) => id === wished[1]) ?? ids[0];
  });
  protected readonly set = computed(() => promptsIn(this.text()));
  protected readonly sources = computed(() => [
    { value: 'prompts' as const, label: this.languages.text('guardrails.benchPrompts') },
    { value: 'replay' as const, label: this.languages.text('guardrails.benchReplay') },
  ]);
  protected readonly dayOptions = computed(() =>
    DAYS.map((value) => ({
      value,
      label: this.languages.text(`guardrails.days-${value}`),
    })),
  );
  protected readonly canRun = computed(
    () =>
      this.draft() !== undefined &&
      this.store.progress() === null &&
      (this.source() === 'replay' || this.set().prompts.length > 0),
  );
  protected readonly most = this.figures.count(MOST_PROMPTS);

  constructor() {
    void this.policies.load();
    inject(DestroyRef).onDestroy(() => this.store.stop());
  }

  protected count(count: number): string {
    return this.figures.count(count);
  }

  /** A count that may not be told says so. */
  protected told(count: number | null | undefined): string {
    const fewest = this.store.result()?.fewestPeople ?? 0;
    return typeof count === 'number'
      ? this.count(count)
      : this.languages.text('guardrails.benchFewer', { count: this.count(fewest) });
  }

  /** A sentence about so many prompts. */
  protected counted(key: string, count: number): string {
    const form = `guardrails.${key}-${this.figures.plural(count)}`;
    return this.languages.text(form, { count: this.count(count) });
  }

  protected labelOf(id: number, note: string, source: string): string {
    const name = note || this.languages.text(`guardrails.source-${source}`);
    return `${this.languages.text('guardrails.version', { id })} · ${name}`;
  }

  protected async take(files: FileList | null): Promise<void> {
    const file = files?.[0];
    if (file) this.text.set(await file.text());
  }

  protected run(): void {
    const [current, draft] = [this.policies.status()?.active.id, this.draft()];
    if (current === undefined || draft === undefined) return;
    this.store.start(
      { current, draft },
      this.source() === 'replay'
        ? { replayDays: Number(this.days() ?? '7') }
        : { prompts: this.set().prompts },
    );
  }

  protected publish(id: number): void {
    void this.policies.publish(id);
  }
}
