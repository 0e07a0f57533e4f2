import { Component, computed, inject, input, output } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { ContextUse } from '../../api/contract';
import { Figures } from '../../i18n/figures';
import { Icon } from '../../ui/icon';
import { modelName } from '../model-name.rules';
import { ThreadStore } from '../thread-store';
import { WindowActs } from './window-acts';
import { WindowTexts } from './window-texts';
import { figuresOf, keptCounts, leftCounts } from './window.rules';

/** What the window holds in figures, what stays out and why, and what can be done about it. */
@Component({
  selector: 'app-window-details',
  imports: [Icon, TranslocoPipe],
  templateUrl: './window-details.html',
  styleUrl: './window-details.css',
})
export class WindowDetails {
  private readonly acts = inject(WindowActs);
  private readonly thread = inject(ThreadStore);
  private readonly texts = inject(WindowTexts);
  private readonly figures = inject(Figures);
  readonly use = input.required<ContextUse>();
  readonly model = input.required<string | null>();
  readonly closed = output();
  protected readonly name = computed(() => modelName(this.model() ?? '') ?? '');
  protected readonly tokens = computed(() => {
    const { limit, used, reserved, free, excess } = figuresOf(this.use());
    return {
      limit: this.figures.count(limit),
      used: this.figures.count(used),
      reserved: this.figures.count(reserved),
      free: this.figures.count(free),
      excess: excess > 0 ? this.texts.tokens(excess) : null,
    };
  });
  /** Widths of the bar's parts, in percent of the window. */
  protected readonly parts = computed(() => {
    const { limit, used, reserved } = figuresOf(this.use());
    const reservedPart = (reserved / limit) * 100;
    return { used: Math.min((used / limit) * 100, 100 - reservedPart), reserved: reservedPart };
  });
  protected readonly left = computed(() =>
    leftCounts(this.use()).map(({ reason, count }) => this.texts.left(reason, count)),
  );
  protected readonly kept = computed(() =>
    keptCounts(this.use()).map(({ reason, count }) => this.texts.kept(reason, count)),
  );
  protected readonly summary = computed(() => {
    const { summary } = this.use();
    return summary && this.texts.tokens(summary.tokens);
  });
  /** The post that a fresh start would follow; it makes no room for a prompt too long by itself. */
  protected readonly last = computed(() => {
    const post = this.thread.lastPost();
    if (this.use().excess > 0) return null;
    return post && post.id !== 0 && post.status !== 'answering' ? post : null;
  });

  protected startFresh(on: boolean): void {
    const post = this.last();
    if (post) void this.acts.startFresh(post, on);
    this.closed.emit();
  }
}
