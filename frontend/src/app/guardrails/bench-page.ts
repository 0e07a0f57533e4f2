import { Component, computed, DestroyRef, effect, inject, input, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Figures } from '../i18n/figures';
import { LanguageStore } from '../i18n/language-store';
import { Icon } from '../ui/icon';
import { PageState } from '../ui/page-state';
import { Segments } from '../ui/segments';
import { TextArea } from '../ui/text-area';
import { BenchStore } from './bench-store';
import { ChangeList } from './change-list';
import { GuardrailsNav } from './guardrails-nav';
import { PoliciesStore } from './policies-store';
import { MOST_PROMPTS, promptsIn } from './prompt-set.rules';

const DAYS = ['1', '3', '7'] as const;
type Days = (typeof DAYS)[number];
type Source = 'prompts' | 'replay';

/** In which order counts are listed. */
const COUNTS = [
  'blocked',
  'masked',
  'answered',
  'flagged',
  'passed',
  'wronglyBlocked',
  'missed',
] as const;

/** What would change if another policy were in force: over prompts given here, or over last week's. */
@Component({
  selector: 'app-bench-page',
  imports: [ChangeList, GuardrailsNav, Icon, PageState, Segments, TextArea, TranslocoPipe],
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
  protected readonly draft = signal<number | null>(null);
  protected readonly source = signal<Source | null>('prompts');
  protected readonly days = signal<Days | null>('7');
  protected readonly text = signal('');
  protected readonly counts = COUNTS;
  protected readonly others = computed(() =>
    this.policies.policies().filter(({ active }) => !active),
  );
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
      this.draft() !== null &&
      this.store.progress() === null &&
      (this.source() === 'replay' || this.set().prompts.length > 0),
  );
  protected readonly most = this.figures.count(MOST_PROMPTS);

  constructor() {
    void this.policies.load();
    effect(() => {
      const wished = Number(this.policy());
      const others = this.others();
      this.draft.set(others.some(({ id }) => id === wished) ? wished : (others[0]?.id ?? null));
    });
    inject(DestroyRef).onDestroy(() => this.store.stop());
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
    const policyId = this.draft();
    if (policyId === null) return;
    const draft = { policyId };
    this.store.start(
      this.source() === 'replay'
        ? { draft, replayDays: Number(this.days() ?? '7') }
        : { draft, prompts: this.set().prompts },
    );
  }

  protected publish(): void {
    const id = this.draft();
    if (id !== null) void this.policies.publish(id);
  }
}
