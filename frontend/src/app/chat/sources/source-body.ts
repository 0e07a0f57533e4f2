import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Source } from '../../api/contract';
import { When } from '../../i18n/when';
import { PassagePlace } from '../../knowledge/passage-place';
import type { Verdict } from '../../markdown/citation.rules';
import { hostOf } from '../../markdown/harmless-markup';
import { Markdown } from '../../markdown/markdown';
import { Icon } from '../../ui/icon';
import { highlight } from './highlight.rules';
import { PassagesAround } from './passages-around';

/**
 * A source: where it stands, its passage with what the answer took from it marked, and the way to the
 * whole of it. Its text is anybody's: shown as text only, but for Prosa's own documentation.
 */
@Component({
  selector: 'app-source-body',
  imports: [Icon, Markdown, PassagePlace, RouterLink, TranslocoPipe, When],
  providers: [PassagesAround],
  template: `
    @if (doubt(); as key) {
      <p class="doubt">
        <app-icon name="triangle-alert" />
        {{ key | transloco }}
      </p>
    }
    <app-passage-place [passage]="source()" />
    @if (around.remark(); as key) {
      <p class="remark" role="status">{{ key | transloco }}</p>
    }
    @if (source().kind === 'documentation') {
      <blockquote><app-markdown [text]="source().quote" /></blockquote>
    } @else {
      <blockquote>
        @for (one of around.before(); track one.n) {
          <p class="neighbour" dir="auto" [textContent]="one.text"></p>
        }
        <p class="passage" dir="auto">
          @for (piece of pieces(); track $index) {
            @if (piece.marked) {
              <mark [textContent]="piece.text"></mark>
            } @else {
              <span [textContent]="piece.text"></span>
            }
          }
        </p>
        @for (one of around.after(); track one.n) {
          <p class="neighbour" dir="auto" [textContent]="one.text"></p>
        }
      </blockquote>
    }
    @if (address(); as url) {
      <p class="facts">
        @if (source().host; as host) {
          <strong>{{ host }}</strong>
        }
        @if (source().publishedAt; as at) {
          <span>{{ 'sources.published' | transloco }} <app-when [at]="at" [day]="true" /></span>
        }
        @if (source().foundAt; as at) {
          <span>{{ 'sources.foundAt' | transloco }} <app-when [at]="at" /></span>
        }
      </p>
      <a class="address" [href]="url" target="_blank" rel="noopener noreferrer nofollow"
        >{{ url }}<app-icon name="external-link"
      /></a>
    }
    @if (around.isThere()) {
      <a
        class="button small"
        [routerLink]="['/knowledge/documents', source().documentId]"
        [queryParams]="{ passage: source().passage, version: source().versionId }"
      >
        {{ 'sources.openDocument' | transloco }}
      </a>
    }
  `,
  styleUrl: './source-body.css',
})
export class SourceBody {
  protected readonly around = inject(PassagesAround);
  readonly source = input.required<Source>();
  /** What the answer says with it; empty where the source itself was asked for. */
  readonly claim = input('');
  readonly verdict = input<Verdict | null>(null);
  protected readonly pieces = computed(() =>
    highlight(this.around.passage() ?? this.source().quote, this.claim()),
  );
  /** Only an address on the web becomes a link; what a source calls its address is not trusted. */
  protected readonly address = computed(() => {
    const url = this.source().url ?? '';
    return hostOf(url) ? url : null;
  });
  protected readonly doubt = computed(() => {
    const verdict = this.verdict();
    if (verdict === 'misquoted') return 'sources.doubt-misquoted';
    return verdict === 'unsupported' ? 'sources.doubt-unsupported' : '';
  });

  constructor() {
    this.around.follow(this.source);
  }
}
