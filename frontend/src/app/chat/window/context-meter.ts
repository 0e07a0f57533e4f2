import { CdkTrapFocus } from '@angular/cdk/a11y';
import {
  CdkConnectedOverlay,
  CdkOverlayOrigin,
  type ConnectedPosition,
} from '@angular/cdk/overlay';
import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Figures } from '../../i18n/figures';
import { Asking } from '../asking';
import { modelName } from '../model-name.rules';
import { ThreadStore } from '../thread-store';
import { WindowDetails } from './window-details';
import { WindowStore } from './window-store';
import { WindowTexts } from './window-texts';
import {
  figuresOf,
  leftByWindow,
  levelOf,
  sameQuestion,
  type WindowQuestion,
} from './window.rules';

const ABOVE: ConnectedPosition[] = [
  { originX: 'end', originY: 'top', overlayX: 'end', overlayY: 'bottom', offsetY: -8 },
];

/** The longest prompt the server counts, in characters. */
const LONGEST = 200_000;

let lastId = 0;

/** How full the model's window would be with what is being written; behind it, what is in it. */
@Component({
  selector: 'app-context-meter',
  imports: [CdkTrapFocus, CdkConnectedOverlay, CdkOverlayOrigin, TranslocoPipe, WindowDetails],
  templateUrl: './context-meter.html',
  styleUrl: './context-meter.css',
})
export class ContextMeter {
  private readonly window = inject(WindowStore);
  private readonly thread = inject(ThreadStore);
  private readonly asking = inject(Asking);
  private readonly figures = inject(Figures);
  protected readonly texts = inject(WindowTexts);
  /** What is typed now. */
  readonly prompt = input.required<string>();
  /** Who would answer. */
  readonly model = input.required<string | null>();
  protected readonly id = `window-${++lastId}`;
  protected readonly positions = ABOVE;
  protected readonly open = signal(false);
  protected readonly use = computed(() => {
    const model = this.model();
    // Quotes of the documentation read no conversation: there is no window to speak of.
    return model !== null && modelName(model) === null ? null : this.window.use();
  });
  protected readonly view = computed(() => {
    const use = this.use();
    if (!use) return null;
    const { share, excess } = figuresOf(use);
    const level = levelOf(use);
    return {
      level,
      share,
      text: level === 'left' ? this.texts.leftOut(leftByWindow(use)) : this.figures.percent(share),
      excess: this.texts.tokens(excess),
    };
  });
  /** What the server is asked; null while there is nothing to ask. */
  private readonly question = computed<WindowQuestion | null>(
    () => {
      const state = this.thread.state();
      const gone = this.thread.remembered() || this.thread.conversation()?.status === 'deleted';
      if (gone || this.model() === null || (state !== 'new' && state !== 'ready')) return null;
      return {
        conversationId: this.thread.conversationId(),
        parentId: this.thread.lastPost()?.id ?? null,
        prompt: this.prompt().slice(0, LONGEST),
        model: this.model(),
      };
    },
    { equal: sameQuestion },
  );

  constructor() {
    effect(() => {
      const question = this.question();
      this.window.version();
      // An answer that is being written tells itself what it was given.
      if (this.asking.busy()) return;
      untracked(() => (question ? this.window.ask(question) : this.window.forget()));
    });
  }

  protected close(): void {
    this.open.set(false);
  }
}
