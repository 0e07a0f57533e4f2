import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import {
  Component,
  type ElementRef,
  effect,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Conversation } from '../api/contract';
import { Icon } from '../ui/icon';

/** One conversation of the history: a link, renamed in place, with its own menu. */
@Component({
  selector: 'app-history-item',
  imports: [
    CdkMenu,
    CdkMenuItem,
    CdkMenuTrigger,
    Icon,
    RouterLink,
    RouterLinkActive,
    TranslocoPipe,
  ],
  templateUrl: './history-item.html',
  styleUrl: './history-item.css',
})
export class HistoryItem {
  readonly conversation = input.required<Conversation>();
  readonly renamed = output<string>();
  readonly pinned = output<boolean>();
  readonly removed = output();
  protected readonly renaming = signal(false);
  private readonly box = viewChild<ElementRef<HTMLInputElement>>('box');
  private readonly link = viewChild<ElementRef<HTMLAnchorElement>>('link');

  constructor() {
    effect(() => this.box()?.nativeElement.select());
  }

  protected startRenaming(): void {
    // After the menu has given the focus back to its button.
    setTimeout(() => this.renaming.set(true));
  }

  protected heedEnter(event: Event, value: string): void {
    // Enter that ends the composing of a word (Japanese, accents) is not the end of the name.
    if (event instanceof KeyboardEvent && event.isComposing) return;
    this.finishRenaming(value);
    this.focusLink();
  }

  /** Keeps the new name; an empty one or the old one changes nothing. */
  protected finishRenaming(value: string): void {
    if (!this.renaming()) return;
    const title = value.trim();
    if (title && title !== this.conversation().title) this.renamed.emit(title);
    this.stopRenaming();
  }

  protected stopRenaming(): void {
    this.renaming.set(false);
  }

  /** Only after a key: a click elsewhere has put the focus where the person wants it. */
  focusLink(): void {
    setTimeout(() => this.link()?.nativeElement.focus());
  }
}
