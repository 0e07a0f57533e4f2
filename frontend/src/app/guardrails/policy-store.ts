import { computed, inject, Service, signal } from '@angular/core';
import {
  GuardrailsApi,
  type PolicyCheck,
  type PolicyFile,
  type PolicyWithFiles,
} from '../api/guardrails-api';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import { Toasts } from '../ui/toasts';
import { Drafts } from './policy-drafts';

/** After the last key, in milliseconds: what is written is checked once it stands still. */
const CHECK_AFTER_MS = 400;

/** One version of the rails as it is read and changed. What is stored never changes: saving makes another. */
@Service()
export class PolicyStore {
  private readonly api = inject(GuardrailsApi);
  private readonly failures = inject(FailureTexts);
  private readonly languages = inject(LanguageStore);
  private readonly toasts = inject(Toasts);
  private readonly drafts = inject(Drafts);
  private readonly stored = signal<PolicyWithFiles | null>(null);
  private readonly written = signal<readonly PolicyFile[]>([]);
  private readonly checked = signal<PolicyCheck | null>(null);
  private readonly condition = signal<'loading' | 'ready' | 'failed'>('loading');
  private readonly problem = signal('');
  private readonly working = signal(false);
  private timer: ReturnType<typeof setTimeout> | null = null;
  private asked = 0;

  readonly policy = this.stored.asReadonly();
  readonly files = this.written.asReadonly();
  /** What the server says of the files as they stand; null until it has said anything. */
  readonly check = this.checked.asReadonly();
  readonly state = this.condition.asReadonly();
  readonly failure = this.problem.asReadonly();
  readonly busy = this.working.asReadonly();
  readonly isChanged = computed(() => {
    const before = this.stored()?.files ?? [];
    return this.written().some(({ path, text }) => textOf(before, path) !== text);
  });

  /** Never rejects: a failure is a state. What was written there before and not saved is back. */
  async load(id: number): Promise<void> {
    const asked = ++this.asked;
    this.condition.set('loading');
    this.checked.set(null);
    try {
      const policy = await this.api.policy(id);
      if (asked !== this.asked) return;
      this.stored.set(policy);
      this.written.set(this.drafts.of(id) ?? policy.files);
      this.condition.set('ready');
      void this.checkNow();
    } catch (thrown) {
      if (asked !== this.asked) return;
      this.problem.set(this.failures.of(thrown));
      this.condition.set('failed');
    }
  }

  write(path: string, text: string): void {
    this.written.update((files) =>
      files.map((file) => (file.path === path ? { path, text } : file)),
    );
    this.keep();
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.checkNow(), CHECK_AFTER_MS);
  }

  /** Back to what is stored. */
  discard(): void {
    this.written.set(this.stored()?.files ?? []);
    this.keep();
    void this.checkNow();
  }

  /**
   * Stores the files as a new version. Never rejects: a failure is shown.
   * @returns its id, or null where it was refused.
   */
  async save(note: string): Promise<number | null> {
    this.working.set(true);
    try {
      const { id } = await this.api.create([...this.written()], note);
      this.drafts.forget(this.stored()?.id ?? 0);
      this.toasts.show(this.languages.text('guardrails.saved', { id }));
      return id;
    } catch (thrown) {
      await this.checkNow();
      if (this.checked()?.problems.length === 0) this.failures.show(thrown);
      return null;
    } finally {
      this.working.set(false);
    }
  }

  private keep(): void {
    const id = this.stored()?.id ?? 0;
    if (this.isChanged()) this.drafts.keep(id, this.written());
    else this.drafts.forget(id);
  }

  private async checkNow(): Promise<void> {
    const files = this.written();
    try {
      const check = await this.api.check([...files]);
      if (files === this.written()) this.checked.set(check);
    } catch {
      this.checked.set(null); // Said when it is saved.
    }
  }
}

const textOf = (files: readonly PolicyFile[], path: string): string | undefined =>
  files.find((file) => file.path === path)?.text;
