import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Command } from '../api/commands-api';
import { matching, queryOf } from './command.rules';
import { CommandsStore } from './commands-store';

/**
 * The commands that fit what is typed after `/`. The focus stays in the box where one types: that
 * names this list and its active option (`aria-controls`, `aria-activedescendant`) and hands its
 * keys to `heed`.
 */
@Component({
  selector: 'app-command-menu',
  imports: [TranslocoPipe],
  // By mouse and finger; the focus stays in the box, whose keys come to `heed`.
  host: { '(mousedown)': '$event.preventDefault()', '(click)': 'choose($event)' },
  templateUrl: './command-menu.html',
  styleUrl: './command-menu.css',
})
export class CommandMenu {
  private readonly store = inject(CommandsStore);
  readonly text = input.required<string>();
  /** Whether one is typing: the list closes with the focus. */
  readonly focused = input.required<boolean>();
  readonly chosen = output<Command>();
  readonly listId = 'command-menu';
  private readonly query = computed(() => queryOf(this.text()));
  /** Closed by Escape, until another name is begun. */
  private readonly dismissed = linkedSignal({
    source: () => this.query() !== null,
    computation: () => false,
  });
  protected readonly groups = computed(() => {
    const query = this.query();
    return query === null ? [] : matching(this.store.callable(), query);
  });
  private readonly hits = computed(() => this.groups().flatMap(({ commands }) => commands));
  private readonly active = linkedSignal({ source: () => this.query(), computation: () => 0 });
  readonly isOpen = computed(
    () => this.focused() && !this.dismissed() && this.hits().length > 0 && this.query() !== null,
  );
  protected readonly activeCommand = computed(() => this.hits()[this.active()] ?? null);
  readonly activeId = computed(() => {
    const command = this.activeCommand();
    return this.isOpen() && command ? this.idOf(command) : null;
  });

  protected readonly count = computed(() => this.hits().length);

  /** Takes a key of the box. @returns whether it was meant for this list. */
  heed(event: KeyboardEvent): boolean {
    if (!this.isOpen()) return false;
    const command = this.activeCommand();
    switch (event.key) {
      case 'ArrowDown':
        this.move(1);
        break;
      case 'ArrowUp':
        this.move(-1);
        break;
      case 'Escape':
        this.dismissed.set(true);
        break;
      case 'Enter':
      case 'Tab':
        if (event.shiftKey || !command) return false;
        this.chosen.emit(command);
        break;
      default:
        return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  protected choose({ target }: Event): void {
    const id = target instanceof Element ? target.closest('[role=option]')?.id : undefined;
    const command = this.hits().find((one) => this.idOf(one) === id);
    if (command) this.chosen.emit(command);
  }

  protected idOf({ scope, name }: Command): string {
    return `command-${scope}-${name}`;
  }

  private move(step: 1 | -1): void {
    const count = this.hits().length;
    this.active.update((index) => (index + step + count) % count);
    const id = this.activeId();
    if (id) document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
  }
}
