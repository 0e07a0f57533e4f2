import { Component, ElementRef, computed, effect, inject, input } from '@angular/core';
import type { MarkupBlock as MarkupBlockData } from './blocks.rules';
import { type CitedNumbers, markCitations } from './citations';
import { patch } from './patch';
import { sanitize } from './sanitize';

/**
 * One block of prose, list, quote or table, in the direction its own letters run. The only place
 * where a model's markup enters the page.
 */
@Component({ selector: 'app-markup-block', template: '', host: { dir: 'auto' } })
export class MarkupBlock {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly block = input.required<MarkupBlockData>();
  readonly cited = input.required<CitedNumbers>();

  /** A block that becomes final says what it said before. */
  private readonly untrusted = computed(() => this.block().untrusted);

  constructor() {
    effect(() => {
      const nodes = sanitize(this.untrusted());
      markCitations(nodes, this.cited());
      patch(this.host, nodes);
    });
  }
}
