import {
  Component,
  ViewEncapsulation,
  computed,
  inject,
  input,
  linkedSignal,
  output,
} from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { LanguageStore } from '../i18n/language-store';
import { NO_BLOCKS, advance, type BlockState } from './blocks.rules';
import { CodeBlock } from './code-block';
import { MarkupBlock } from './markup-block';

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
    computation: ({ text, done }, previous) => advance(previous?.value ?? NO_BLOCKS, text, done),
  });

  protected openCitation(event: Event): void {
    const chip = event.target instanceof Element ? event.target.closest('button[data-cite]') : null;
    if (chip instanceof HTMLElement) this.cited.emit(Number(chip.dataset['cite']));
  }
}
