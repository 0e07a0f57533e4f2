import { computed, effect, inject, Service, signal, untracked } from '@angular/core';
import { Subject, type Subscription } from 'rxjs';
import { toApiFailure } from '../api/api-failure';
import type { KnowledgeDocument } from '../api/knowledge-contract';
import { FilesApi, type UploadTarget } from '../api/files-api';
import { SessionStore } from '../auth/session-store';
import { FailureTexts } from '../i18n/failure-texts';
import { isSameTarget, isWorthRetrying, nextUploads, type Upload } from './upload.rules';

/** A file that has become a document. */
export interface Uploaded {
  readonly target: UploadTarget;
  readonly document: KnowledgeDocument;
}

let lastKey = 0;

/**
 * The files on their way to the server, three at a time. They go on while one looks at other pages;
 * closing the tab asks first. One that fails stays in the list with its reason; the rest goes on.
 */
@Service()
export class Uploads {
  private readonly api = inject(FilesApi);
  private readonly failures = inject(FailureTexts);
  private readonly session = inject(SessionStore);
  private readonly list = signal<readonly Upload[]>([]);
  private readonly calls = new Map<string, Subscription>();
  private readonly arrived = new Subject<Uploaded>();

  readonly all = this.list.asReadonly();
  readonly busy = computed(() => this.list().some(({ state }) => state !== 'failed'));
  readonly arrived$ = this.arrived.asObservable();

  constructor() {
    effect((onCleanup) => {
      if (!this.busy()) return;
      const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
      window.addEventListener('beforeunload', warn);
      onCleanup(() => window.removeEventListener('beforeunload', warn));
    });
    // What somebody chose is theirs: it is not sent in another's name.
    let person = this.session.user()?.id;
    effect(() => {
      const now = this.session.user()?.id;
      if (now !== person) untracked(() => this.cancelAll());
      person = now;
    });
  }

  /** The files on their way to a place. */
  of(target: UploadTarget): readonly Upload[] {
    return this.list().filter((upload) => isSameTarget(upload.target, target));
  }

  add(target: UploadTarget, files: readonly File[]): void {
    const uploads = files.map((file): Upload => ({
      key: `u${++lastKey}`,
      file,
      target,
      state: 'queued',
      sent: 0,
      problem: '',
      sameAs: null,
      mayRetry: true,
    }));
    this.list.update((all) => [...all, ...uploads]);
    this.sendNext();
  }

  retry({ key }: Upload): void {
    this.change(key, { state: 'queued', sent: 0, problem: '' });
    this.sendNext();
  }

  /** Gives a file up, or puts a failed one out of sight. */
  cancel({ key }: Upload): void {
    this.calls.get(key)?.unsubscribe();
    this.calls.delete(key);
    this.drop(key);
    this.sendNext();
  }

  private cancelAll(): void {
    for (const call of this.calls.values()) call.unsubscribe();
    this.calls.clear();
    this.list.set([]);
  }

  private sendNext(): void {
    for (const upload of nextUploads(this.list())) this.send(upload);
  }

  private send({ key, target, file }: Upload): void {
    this.change(key, { state: 'sending' });
    const call = this.api.send$(target, file).subscribe({
      next: (step) => {
        if ('sent' in step) this.change(key, { sent: step.sent });
        else {
          this.drop(key);
          this.arrived.next({ target, document: step.document });
        }
      },
      error: (thrown: unknown) => {
        this.fail(key, thrown);
        this.finish(key);
      },
      complete: () => this.finish(key),
    });
    if (!call.closed) this.calls.set(key, call);
  }

  private finish(key: string): void {
    this.calls.delete(key);
    this.sendNext();
  }

  private fail(key: string, thrown: unknown): void {
    const { code, details } = toApiFailure(thrown);
    const problem = this.failures.of(thrown);
    this.change(key, {
      state: 'failed',
      problem,
      sameAs: sameDocument(details),
      mayRetry: isWorthRetrying(code),
    });
  }

  private change(key: string, change: Partial<Upload>): void {
    this.list.update((all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)));
  }

  private drop(key: string): void {
    this.list.update((all) => all.filter((one) => one.key !== key));
  }
}

/** The document that a refusal names as the same. */
function sameDocument(details: unknown): number | null {
  const id = (details as { documentId?: unknown } | null)?.documentId;
  return typeof id === 'number' ? id : null;
}
