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
import { changedFiles, withDraft } from './policy-draft.rules';
import { PolicyDrafts } from './policy-drafts';

/** After the last key, in milliseconds: what is written is checked once it stands still. */
const CHECK_AFTER_MS = 400;

/** One version of the rails as it is read and changed. What is stored never changes: saving makes another. */
@Service()
export class PolicyStore {
  private readonly api = inject(GuardrailsApi);
  private readonly failures = inject(FailureTexts);
  private readonly languages = inject(LanguageStore);
  private readonly toasts = inject(Toasts);
  private readonly drafts = inject(PolicyDrafts);
  private readonly stored = signal<PolicyWithFiles | null>(null);
  private readonly written = signal<readonly PolicyFile[]>([]);
  private readonly said = signal('');
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
  /** What the writer says of the change. */
  readonly note = this.said.asReadonly();
  private readonly changed = computed(() =>
    changedFiles(this.stored()?.files ?? [], this.written()),
  );
  /** Paths of the files that differ from what is stored. */
  readonly changedPaths = computed(() => this.changed().map(({ path }) => path));
  readonly isChanged = computed(() => this.changed().length > 0);

  /** Never rejects: a failure is a state. What was written there before and not saved is back. */
  async load(id: number): Promise<void> {
    const asked = ++this.asked;
    this.condition.set('loading');
    this.checked.set(null);
    try {
      const policy = await this.api.policy(id);
      if (asked !== this.asked) return;
      this.stored.set(policy);
      const draft = this.drafts.read(id);
      this.written.set(withDraft(policy.files, draft?.files ?? []));
      this.said.set(draft?.note ?? '');
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

  describe(note: string): void {
    this.said.set(note);
    this.keep();
  }

  /** Back to what is stored, with a way back to what was written. */
  discard(): void {
    const id = this.stored()?.id ?? 0;
    const [written, note] = [this.written(), this.said()];
    this.take(this.stored()?.files ?? [], '');
    const run = (): void => {
      if (this.stored()?.id === id) this.take(written, note);
    };
    const undo = { label: this.languages.text('action.undo'), run };
    this.toasts.show(this.languages.text('guardrails.discarded'), undo);
  }

  /**
   * Stores the files as a new version. Never rejects: a failure is shown.
   * @returns its id, or null where it was refused.
   */
  async save(): Promise<number | null> {
    const from = this.stored()?.id ?? 0;
    this.working.set(true);
    try {
      const { id } = await this.api.create([...this.written()], this.said());
      this.drafts.forget(from);
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

  private take(files: readonly PolicyFile[], note: string): void {
    this.written.set(files);
    this.said.set(note);
    this.keep();
    void this.checkNow();
  }

  private keep(): void {
    const id = this.stored()?.id ?? 0;
    const isDraft = this.isChanged() || this.said() !== '';
    if (isDraft) this.drafts.write(id, this.changed(), this.said());
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
