import { Clipboard } from '@angular/cdk/clipboard';
import {
  Component,
  type ElementRef,
  effect,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from '../ui/icon';
import { RenderPace } from '../ui/render-pace';
import type { CodeBlock as CodeBlockData } from './blocks.rules';
import { colourInSteps } from './colour-in-steps';
import { Colouring } from './colouring';

/** A piece of code with its language and a copy button; coloured once it is complete. */
@Component({
  selector: 'app-code-block',
  imports: [Icon, TranslocoPipe],
  template: `
    <div class="bar">
      <span>{{ block().language || ('code.plain' | transloco) }}</span>
      <button type="button" class="button plain small" (click)="copy()">
        <app-icon [name]="copied() ? 'check' : 'copy'" />
        {{ (copied() ? 'action.copied' : 'action.copy') | transloco }}
      </button>
    </div>
    <pre tabindex="0" role="region" [attr.aria-label]="'code.label' | transloco"><code
      #code
    ></code></pre>
  `,
  styles: `
    :host {
      display: block;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--well);
      overflow: hidden;
    }
    .bar {
      display: flex;
      align-items: center;
      justify-content: space-between;
      padding: var(--s1) var(--s1) var(--s1) var(--s4);
      border-bottom: 1px solid var(--line);
      color: var(--ink-soft);
      font-size: var(--size-small);
    }
    .button {
      color: inherit;
      font-weight: 500;
    }
    pre {
      max-height: 36rem;
      margin: 0;
      padding: var(--s3) var(--s4);
      overflow: auto;
      font: 430 0.875rem/1.6 var(--font-code);
      font-variant-ligatures: none;
      tab-size: 2;
      overflow-wrap: normal;
    }
    pre:focus-visible {
      outline-offset: -2px;
    }
    code {
      font: inherit;
    }
  `,
})
export class CodeBlock {
  readonly block = input.required<CodeBlockData>();
  private readonly code = viewChild.required<ElementRef<HTMLElement>>('code');
  private readonly clipboard = inject(Clipboard);
  private readonly pace = inject(RenderPace);
  private readonly colouring = inject(Colouring);
  protected readonly copied = signal(false);

  constructor() {
    effect((onCleanup) => {
      const { code, language, final } = this.block();
      const element = this.code().nativeElement;
      showPlain(element, code);
      const gone = new AbortController();
      if (final) void this.colour(element, code, language, gone.signal);
      onCleanup(() => gone.abort());
    });
  }

  protected copy(): void {
    if (!this.clipboard.copy(this.block().code)) return;
    this.copied.set(true);
    setTimeout(() => this.copied.set(false), 2000);
  }

  /** Colours the code once the page is still, unless the block has gone until then. */
  private async colour(
    element: HTMLElement,
    code: string,
    language: string,
    gone: AbortSignal,
  ): Promise<void> {
    const markup = await this.colouring.colour(language, code);
    if (markup === null || gone.aborted) return;
    let step: (() => boolean) | undefined;
    const goOn = (): void => {
      step ??= colourInSteps(element, markup);
      if (step()) this.pace.addLast(goOn);
    };
    this.pace.addLast(goOn);
    gone.addEventListener('abort', () => this.pace.drop(goOn));
  }
}

/** Of code that grows only the end is made anew. */
function showPlain(element: HTMLElement, code: string): void {
  const { firstChild } = element;
  const shown = firstChild instanceof Text && !firstChild.nextSibling ? firstChild : null;
  if (shown && code.startsWith(shown.data)) shown.appendData(code.slice(shown.data.length));
  else element.textContent = code;
}
