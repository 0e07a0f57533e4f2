import {
  afterRenderEffect,
  Component,
  type ElementRef,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { When } from '../i18n/when';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icon';
import { PageState } from '../ui/page-state';

/** Something that was deleted and can still come back. */
export interface Discarded {
  readonly id: number;
  readonly name: string;
  readonly deletedAt: string | null;
}

/** A trash: bring back, or delete for good (the only act here that is asked about). */
@Component({
  selector: 'app-trash-list',
  imports: [Dialog, Icon, PageState, RouterLink, TranslocoPipe, When],
  templateUrl: './trash-list.html',
  styleUrl: './trash-list.css',
})
export class TrashList {
  /** What lies here, and what becomes of it. */
  readonly about = input.required<string>();
  readonly discarded = input.required<readonly Discarded[]>();
  readonly state = input.required<'loading' | 'ready' | 'failed'>();
  /** What the person is told when it failed. */
  readonly failure = input('');
  readonly hasMore = input(false);
  /** Above the page of one thing, where it can still be read; absent: it cannot. */
  readonly opensAt = input<string>();
  readonly retried = output();
  readonly restored = output<number>();
  readonly removed = output<number>();
  readonly cleared = output();
  readonly more = output();
  /** What is asked about: one thing, or all of them. */
  protected readonly asking = signal<Discarded | 'all' | null>(null);
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');
  private acted = false;

  constructor() {
    afterRenderEffect(() => {
      this.discarded();
      // The row that had the focus is gone: reading goes on at the top of the page.
      if (this.acted && document.activeElement === document.body) {
        this.heading().nativeElement.focus();
      }
    });
  }

  protected restore({ id }: Discarded): void {
    this.acted = true;
    this.restored.emit(id);
  }

  protected removeForGood(what: Discarded | 'all'): void {
    this.acted = true;
    this.asking.set(null);
    if (what === 'all') this.cleared.emit();
    else this.removed.emit(what.id);
  }
}
