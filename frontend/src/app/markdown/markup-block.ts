import { Component, ElementRef, computed, effect, inject, input } from '@angular/core';
import type { MarkupBlock as MarkupBlockData } from './blocks.rules';
import { type CitedNumbers, markCitations } from './citations';
import { guardLinks } from './links/guard-links';
import type { KnownAddresses } from './links/link-trust.rules';
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
  /** Where a link may lead without being asked about first. */
  readonly known = input.required<() => KnownAddresses>();

  /** A block that becomes final says what it said before. */
  private readonly untrusted = computed(() => this.block().untrusted);

  constructor() {
    effect(() => {
      const nodes = sanitize(this.untrusted());
      guardLinks(nodes, this.known());
      markCitations(nodes, this.cited());
      patch(this.host, nodes);
    });
  }
}
