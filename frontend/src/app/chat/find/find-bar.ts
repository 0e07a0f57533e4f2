import {
  Component,
  DestroyRef,
  type ElementRef,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { LanguageStore } from '../../i18n/language-store';
import { Icon } from '../../ui/icon';
import { FindStore } from './find-store';
import { soughtWords } from './find.rules';
import { HitMarks } from './hit-marks';

/** Letters are waited for this long, in milliseconds. */
const TYPING_MS = 200;

/** The box that finds words in the open conversation, whether or not they are in the page. */
@Component({
  selector: 'app-find-bar',
  imports: [Icon, TranslocoPipe],
  host: { role: 'search', '(keydown.escape)': 'leave($event)' },
  templateUrl: './find-bar.html',
  styleUrl: './find-bar.css',
})
export class FindBar {
  private readonly languages = inject(LanguageStore);
  protected readonly store = inject(FindStore);
  readonly conversationId = input.required<number>();
  /** What holds the posts. */
  readonly thread = input.required<HTMLElement>();
  /** A post that holds the words is to be shown. */
  readonly went = output<number>();
  /** The first match in that post is on the page. */
  readonly reached = output<Range>();
  readonly closed = output();
  protected readonly says = computed(() => {
    const found = this.store.found();
    if (!found) return '';
    const elsewhere =
      found.elsewhere > 0
        ? ` ${this.languages.text('find.elsewhere', { count: found.elsewhere })}`
        : '';
    const { total } = found;
    const here =
      total === 0
        ? this.languages.text('find.none')
        : this.languages.text('find.position', { position: this.store.position(), total });
    return here + elsewhere;
  });
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');
  private timer: ReturnType<typeof setTimeout> | undefined;

  private readonly marks = computed(() => new HitMarks(this.thread()));

  constructor() {
    effect(() => {
      const post = this.store.current();
      const reached = (range: Range): void => this.reached.emit(range);
      this.marks().show(soughtWords(this.store.query()), post, post === null ? null : reached);
    });
    effect(() => {
      const post = this.store.current();
      if (post !== null) this.went.emit(post);
    });
    afterNextRender(() => this.focus());
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(this.timer);
      this.marks().stop();
      this.store.forget();
    });
  }

  /** Puts the cursor into the box. */
  focus(): void {
    const box = this.box().nativeElement;
    box.focus();
    box.select();
  }

  protected search(query: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.store.search(this.conversationId(), query), TYPING_MS);
  }

  protected step(by: 1 | -1): void {
    void this.store.step(this.conversationId(), by);
  }

  protected leave(event: Event): void {
    event.preventDefault();
    event.stopPropagation();
    this.closed.emit();
  }
}
