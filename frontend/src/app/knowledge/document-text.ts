import {
  afterNextRender,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  Injector,
  input,
  signal,
  untracked,
} from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { DocumentsApi } from '../api/documents-api';
import type { Passage } from '../api/knowledge-contract';
import { FailureTexts } from '../i18n/failure-texts';
import { PageState } from '../ui/page-state';
import { toSections } from './passage.rules';

/** A version's text, page by page, as it was read. It is anybody's text: shown as text only. */
@Component({
  selector: 'app-document-text',
  imports: [PageState, TranslocoPipe],
  template: `
    <app-page-state
      [state]="state()"
      [failure]="failure()"
      [lines]="12"
      (retried)="open(documentId(), version(), passage())"
    />
    @if (hasEarlier()) {
      <button type="button" class="button plain small" (click)="showAll()">
        {{ 'knowledge.fromStart' | transloco }}
      </button>
    }
    @for (section of sections(); track section.key) {
      <section>
        @if (section.page; as page) {
          <p class="page-number">{{ 'knowledge.page' | transloco: { page } }}</p>
        }
        @for (block of section.blocks; track block.key) {
          @if (block.heading) {
            <p class="crumb" dir="auto">{{ block.heading }}</p>
          }
          @for (one of block.passages; track one.n) {
            <p
              dir="auto"
              class="passage"
              [id]="'passage-' + one.n"
              [attr.tabindex]="one.n === passage() ? -1 : null"
              [class.current]="one.n === passage()"
              [textContent]="one.text"
            ></p>
          }
        }
      </section>
    }
    @if (cursor()) {
      <button type="button" class="button" [disabled]="busy()" (click)="more()">
        {{ 'action.more' | transloco }}
      </button>
    }
  `,
  styles: `
    :host {
      display: block;
      max-width: var(--measure);
      line-height: 1.6;
    }
    .page-number {
      display: flex;
      align-items: center;
      gap: var(--s3);
      margin: var(--s6) 0 var(--s3);
      color: var(--ink-faint);
      font-size: var(--size-small);
    }
    .page-number::after {
      content: '';
      flex: 1;
      height: 1px;
      background: var(--line);
    }
    section:first-of-type .page-number {
      margin-top: 0;
    }
    /* The headings themselves stand in the text: this says which they are under. */
    .crumb {
      margin: var(--s4) 0 var(--s1);
      color: var(--ink-soft);
      font-size: var(--size-small);
    }
    .passage {
      padding: var(--s1) 0;
      white-space: pre-wrap;
      scroll-margin: 20vh;
      outline: none;
    }
    .passage.current {
      margin-inline: calc(-1 * var(--s3));
      padding: var(--s2) var(--s3);
      border-radius: var(--radius-small);
      background: color-mix(in oklab, var(--mark) 55%, transparent);
    }
    .button {
      margin: var(--s3) 0;
    }
  `,
})
export class DocumentText {
  private readonly api = inject(DocumentsApi);
  private readonly failures = inject(FailureTexts);
  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly documentId = input.required<number>();
  /** Id of the version to show; null: the one that is found. */
  readonly version = input<number | null>(null);
  /** The passage to show, marked; null: the beginning. */
  readonly passage = input<number | null>(null);
  protected readonly state = signal<'loading' | 'ready' | 'failed'>('loading');
  protected readonly failure = signal('');
  protected readonly busy = signal(false);
  protected readonly cursor = signal<string | null>(null);
  private readonly passages = signal<readonly Passage[]>([]);
  protected readonly sections = computed(() => toSections(this.passages()));
  /** A passage is shown among its neighbours: what stands before them is left out. */
  protected readonly hasEarlier = computed(
    () => this.state() === 'ready' && (this.passages()[0]?.n ?? 1) > 1,
  );
  private readings = 0;

  constructor() {
    effect(() => {
      const [id, version, passage] = [this.documentId(), this.version(), this.passage()];
      untracked(() => void this.open(id, version, passage));
    });
  }

  protected showAll(): void {
    void this.open(this.documentId(), this.version(), null);
  }

  protected async open(id: number, version: number | null, passage: number | null): Promise<void> {
    const reading = ++this.readings;
    this.state.set('loading');
    this.passages.set([]);
    this.cursor.set(null);
    try {
      const page = await this.read(id, version, passage);
      if (reading !== this.readings) return;
      this.passages.set(page.items);
      this.cursor.set(page.nextCursor);
      this.state.set('ready');
      if (passage !== null) this.goTo(passage);
    } catch (thrown) {
      if (reading !== this.readings) return;
      this.failure.set(this.failures.of(thrown));
      this.state.set('failed');
    }
  }

  protected async more(): Promise<void> {
    const reading = this.readings;
    this.busy.set(true);
    try {
      const page = await this.api.text(this.documentId(), this.version(), this.cursor());
      if (reading !== this.readings) return;
      this.passages.update((known) => [...known, ...page.items]);
      this.cursor.set(page.nextCursor);
    } catch (thrown) {
      this.failures.show(thrown);
    } finally {
      this.busy.set(false);
    }
  }

  /** From the beginning; a passage further on than the first page is shown among its neighbours. */
  private async read(
    id: number,
    version: number | null,
    passage: number | null,
  ): Promise<{ items: readonly Passage[]; nextCursor: string | null }> {
    const page = await this.api.text(id, version, null);
    const isThere = passage === null || page.items.some(({ n }) => n === passage);
    if (isThere) return page;
    const { passages } = await this.api.passage(id, passage, version);
    return { items: passages, nextCursor: null };
  }

  private goTo(passage: number): void {
    const go = (): void => {
      const element = this.host.querySelector<HTMLElement>(`#passage-${passage}`);
      element?.scrollIntoView({ block: 'center' });
      element?.focus({ preventScroll: true });
    };
    afterNextRender(go, { injector: this.injector });
  }
}
