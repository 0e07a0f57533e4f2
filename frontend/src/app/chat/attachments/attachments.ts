import { computed, effect, inject, Service, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { DocumentsApi } from '../../api/documents-api';
import type { KnowledgeDocument } from '../../api/knowledge-contract';
import { FailureTexts } from '../../i18n/failure-texts';
import { LanguageStore } from '../../i18n/language-store';
import { isUnderWay, withNews } from '../../knowledge/document.rules';
import { isSameTarget } from '../../knowledge/upload.rules';
import { Uploads } from '../../knowledge/uploads';
import { lookWhile } from '../../knowledge/while-seen';
import { Toasts } from '../../ui/toasts';
import { ConversationStart } from '../conversation-start';
import { ThreadStore } from '../thread-store';

/** What is attached to the open conversation, and on its way there. */
@Service({ autoProvided: false })
export class Attachments {
  private readonly api = inject(DocumentsApi);
  private readonly failures = inject(FailureTexts);
  private readonly languages = inject(LanguageStore);
  private readonly start = inject(ConversationStart);
  private readonly thread = inject(ThreadStore);
  private readonly toasts = inject(Toasts);
  private readonly queue = inject(Uploads);
  private readonly list = signal<readonly KnowledgeDocument[]>([]);
  /** The conversation that files are to go to is being made. */
  private readonly starting = signal<Promise<number> | null>(null);

  readonly documents = this.list.asReadonly();
  readonly uploads = computed(() => {
    const conversationId = this.thread.conversationId();
    return conversationId === null ? [] : this.queue.of({ conversationId });
  });
  private readonly underWay = computed(() => this.list().some(({ status }) => isUnderWay(status)));
  /** An answer given now would miss some of them. */
  readonly unready = computed(
    () =>
      this.starting() !== null ||
      this.underWay() ||
      this.uploads().some(({ state }) => state !== 'failed'),
  );

  constructor() {
    effect(() => {
      const id = this.thread.conversationId();
      untracked(() => void this.load(id));
    });
    lookWhile(this.underWay, () => this.look());
    this.queue.arrived$.pipe(takeUntilDestroyed()).subscribe(({ target, document }) => {
      const conversationId = this.thread.conversationId();
      if (conversationId !== null && isSameTarget(target, { conversationId })) this.put(document);
    });
  }

  /**
   * Sends files along; a conversation that does not exist yet is made first. Never rejects.
   * @param model chosen for a conversation that does not exist yet
   */
  async add(files: readonly File[], model: string | null): Promise<void> {
    if (files.length === 0) return;
    try {
      const conversationId = this.thread.conversationId() ?? (await this.begin(model));
      this.queue.add({ conversationId }, files);
    } catch (thrown) {
      this.failures.show(thrown);
    }
  }

  /**
   * Attaches a page of the web, which the server reads.
   * @param model as for `add`
   * @throws ApiFailure
   */
  addPage(url: string, model: string | null): Promise<void> {
    return this.addOne(model, (id) => this.api.attachPage(id, url));
  }

  /**
   * Attaches a text that was copied from elsewhere.
   * @param model as for `add`
   * @throws ApiFailure
   */
  addText(title: string, text: string, model: string | null): Promise<void> {
    return this.addOne(model, (id) => this.api.attachText(id, title, text));
  }

  /** Takes one away, with an undo for as long as the note stays. Never rejects. */
  async remove(document: KnowledgeDocument): Promise<void> {
    try {
      await this.api.remove(document.id);
    } catch (thrown) {
      this.failures.show(thrown);
      return;
    }
    this.list.update((known) => known.filter(({ id }) => id !== document.id));
    const name = document.title;
    this.toasts.show(this.languages.text('knowledge.attachmentRemoved', { name }), {
      label: this.languages.text('action.undo'),
      run: () => void this.bringBack(document.id, this.thread.conversationId()),
    });
  }

  /** Reads one that failed once more. Never rejects. */
  async retry({ id }: KnowledgeDocument): Promise<void> {
    try {
      const again = await this.api.retry(id);
      this.list.update((known) => withNews(known, [again]));
    } catch (thrown) {
      this.failures.show(thrown);
    }
  }

  private async addOne(
    model: string | null,
    send: (conversationId: number) => Promise<KnowledgeDocument>,
  ): Promise<void> {
    const conversationId = this.thread.conversationId() ?? (await this.begin(model));
    const document = await send(conversationId);
    if (conversationId === this.thread.conversationId()) this.put(document);
  }

  private begin(model: string | null): Promise<number> {
    const already = this.starting();
    if (already) return already;
    const made = this.start.begin({ model }).finally(() => this.starting.set(null));
    this.starting.set(made);
    return made;
  }

  private async bringBack(id: number, conversationId: number | null): Promise<void> {
    try {
      const document = await this.api.restore(id);
      if (conversationId === this.thread.conversationId()) this.put(document);
    } catch (thrown) {
      this.failures.show(thrown);
    }
  }

  private async load(id: number | null): Promise<void> {
    this.list.set([]);
    if (id === null) return;
    try {
      const documents = await this.api.attachments(id);
      if (id !== this.thread.conversationId()) return;
      // What was attached while the list was on its way is not in it.
      this.list.update((put) => [
        ...documents.filter(({ id }) => put.every((one) => one.id !== id)),
        ...put,
      ]);
    } catch {
      // Without the list one can still read and ask: the thread itself says when the server is away.
    }
  }

  private async look(): Promise<void> {
    const id = this.thread.conversationId();
    if (id === null) return;
    const news = await this.api.attachments(id);
    if (id === this.thread.conversationId()) this.list.update((known) => withNews(known, news));
  }

  /** In the order in which they came. */
  private put(document: KnowledgeDocument): void {
    this.list.update((known) => [...known.filter(({ id }) => id !== document.id), document]);
  }
}
