import { Component, output } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { isApple } from './ui/apple';
import { Dialog } from './ui/dialog';

/** What the keyboard can do. */
@Component({
  selector: 'app-shortcut-list',
  imports: [Dialog, TranslocoPipe],
  template: `
    <app-dialog
      [heading]="'shortcuts.title' | transloco"
      [closeLabel]="'action.close' | transloco"
      (closed)="closed.emit()"
    >
      <dl>
        @for (shortcut of shortcuts; track shortcut.text) {
          <div>
            <dt>{{ shortcut.text | transloco }}</dt>
            <dd>
              @for (key of shortcut.keys; track key) {
                <kbd>{{ key }}</kbd>
              }
            </dd>
          </div>
        }
      </dl>
    </app-dialog>
  `,
  styles: `
    dl {
      display: grid;
      gap: var(--s3);
    }
    dl > div {
      display: flex;
      justify-content: space-between;
      gap: var(--s4);
    }
    dd {
      display: flex;
      gap: var(--s1);
      flex: none;
    }
  `,
})
export class ShortcutList {
  readonly closed = output();
  private readonly command = isApple() ? '⌘' : 'Ctrl';
  protected readonly shortcuts = [
    { text: 'shortcuts.search', keys: [this.command, 'K'] },
    { text: 'shortcuts.find', keys: [this.command, 'F'] },
    { text: 'shortcuts.new', keys: [this.command, 'Shift', 'O'] },
    { text: 'shortcuts.knowledge', keys: [this.command, 'Shift', 'L'] },
    { text: 'shortcuts.sidebar', keys: [this.command, 'B'] },
    { text: 'shortcuts.send', keys: ['Enter'] },
    { text: 'shortcuts.newLine', keys: ['Shift', 'Enter'] },
    { text: 'shortcuts.lastPrompt', keys: ['↑'] },
    { text: 'shortcuts.stop', keys: ['Esc'] },
    { text: 'shortcuts.list', keys: ['?'] },
  ];
}
