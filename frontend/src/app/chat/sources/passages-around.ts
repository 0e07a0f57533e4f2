import { computed, effect, inject, Service, type Signal, signal, untracked } from '@angular/core';
import { toApiFailure } from '../../api/api-failure';
import type { Source } from '../../api/contract';
import { DocumentsApi } from '../../api/documents-api';
import type { PassageInPlace } from '../../api/knowledge-contract';

type Reading = 'none' | 'loading' | 'ready' | 'gone' | 'failed';

/** What stands around the passage of a source in its document, as far as it may still be read. */
@Service({ autoProvided: false })
export class PassagesAround {
  private readonly api = inject(DocumentsApi);
  private readonly place = signal<PassageInPlace | null>(null);
  private readonly reading = signal<Reading>('none');

  private readonly index = computed(() => {
    const place = this.place();
    return place?.passages.findIndex(({ n }) => n === place.n) ?? -1;
  });
  /** The passage itself, as the document has it; null where only the kept quote is known. */
  readonly passage = computed(() => this.place()?.passages[this.index()]?.text ?? null);
  readonly before = computed(
    () => this.place()?.passages.slice(0, Math.max(0, this.index())) ?? [],
  );
  readonly after = computed(() => this.place()?.passages.slice(this.index() + 1) ?? []);
  /** Whether the document can be opened. */
  readonly isThere = computed(() => this.reading() === 'ready');
  /** Key of what is to be said of it; empty where there is nothing. */
  readonly remark = computed(() => {
    if (this.reading() === 'gone') return 'sources.gone';
    if (this.reading() === 'failed') return 'sources.onlyKept';
    return this.place()?.isCurrent === false ? 'sources.changed' : '';
  });

  /** Reads what stands around each source that is shown. */
  follow(source: Signal<Source>): void {
    effect(() => {
      const shown = source();
      untracked(() => void this.read(shown));
    });
  }

  private async read({ kind, documentId, passage, versionId }: Source): Promise<void> {
    this.place.set(null);
    this.reading.set('none');
    if (kind !== 'document') return;
    if (documentId === null || passage === null) {
      this.reading.set('gone');
      return;
    }
    this.reading.set('loading');
    try {
      this.place.set(await this.api.passage(documentId, passage, versionId));
      this.reading.set('ready');
    } catch (thrown) {
      this.reading.set(toApiFailure(thrown).status === 404 ? 'gone' : 'failed');
    }
  }
}
