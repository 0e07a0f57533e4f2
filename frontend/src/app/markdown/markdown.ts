import {
  Component,
  DestroyRef,
  ViewEncapsulation,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  output,
  untracked,
} from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { LanguageStore } from '../i18n/language-store';
import { NO_BLOCKS, advanceTowards, type BlockState, isReached } from './blocks.rules';
import { CodeBlock } from './code-block';
import { MarkupBlock } from './markup-block';
import { type PacedWork, RenderPace } from './render-pace';

/** Characters that are shown in the frame in which they come: two screens of text. */
const AT_ONCE = 3_000;

/** Shows a model's text, finished or still growing. All of it is taken to be hostile. */
@Component({
  selector: 'app-markdown',
  imports: [CodeBlock, MarkupBlock, TranslocoPipe],
  encapsulation: ViewEncapsulation.None,
  styleUrl: './markdown.css',
  host: { '[class.streaming]': 'streaming()', '(click)': 'openCitation($event)' },
  template: `
    @for (block of state().blocks; track block.id) {
      @switch (block.kind) {
        @case ('code') {
          <app-code-block [block]="block" />
        }
        @case ('table') {
          <app-markup-block
            class="table"
            tabindex="0"
            role="region"
            [attr.aria-label]="'table.label' | transloco"
            [block]="block"
            [cited]="citedNumbers()"
            [citeLabel]="citeLabel"
          />
        }
        @case ('markup') {
          <app-markup-block [block]="block" [cited]="citedNumbers()" [citeLabel]="citeLabel" />
        }
      }
    }
  `,
})
export class Markdown {
  private readonly languages = inject(LanguageStore);
  private readonly pace = inject(RenderPace);
  readonly text = input.required<string>();
  readonly streaming = input(false);
  /** Numbers of the sources that `[n]` may open. */
  readonly sources = input<readonly number[]>([]);
  /** Somebody asked for the source of that number. */
  readonly cited = output<number>();

  protected readonly citedNumbers = computed(() => new Set(this.sources()), {
    equal: (a, b) => a.size === b.size && [...a].every((n) => b.has(n)),
  });
  protected readonly citeLabel = (n: number): string => this.languages.text('source.open', { n });
  protected readonly state = linkedSignal<{ text: string; done: boolean }, BlockState>({
    source: () => ({ text: this.text(), done: !this.streaming() }),
    computation: ({ text, done }, previous) =>
      advanceTowards(previous?.value ?? NO_BLOCKS, text, done, AT_ONCE),
  });
  private readonly work: PacedWork = (characters) => this.goOn(characters);

  constructor() {
    effect(() => {
      if (!isReached(this.state(), this.text(), !this.streaming())) this.pace.add(this.work);
    });
    inject(DestroyRef).onDestroy(() => this.pace.drop(this.work));
  }

  private goOn(characters: number): number {
    const before = untracked(this.state);
    const [text, done] = [untracked(this.text), !untracked(this.streaming)];
    if (isReached(before, text, done)) return 0;
    const after = advanceTowards(before, text, done, characters);
    this.state.set(after);
    return Math.max(1, after.source.length - before.source.length);
  }

  protected openCitation(event: Event): void {
    const chip = event.target instanceof Element ? event.target.closest('button[data-cite]') : null;
    if (chip instanceof HTMLElement) this.cited.emit(Number(chip.dataset['cite']));
  }
}
