import { Clipboard } from '@angular/cdk/clipboard';
import { Component, inject, input, signal } from '@angular/core';
import { Icon } from './icon';

/** A line to be copied whole, such as a command. */
@Component({
  selector: 'app-copy-line',
  imports: [Icon],
  template: `
    <code tabindex="0">{{ text() }}</code>
    <button type="button" class="icon-button" [attr.aria-label]="label()" (click)="copy()">
      <app-icon [name]="copied() ? 'check' : 'copy'" />
    </button>
    <span class="visually-hidden" role="status">{{ copied() ? doneLabel() : '' }}</span>
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: var(--s2);
      padding: var(--s1) var(--s1) var(--s1) var(--s3);
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--well);
    }
    code {
      flex: 1;
      min-width: 0;
      padding: var(--s1) 0;
      overflow-x: auto;
      font: 450 var(--size-small) / 1.5 var(--font-code);
      white-space: pre;
    }
  `,
})
export class CopyLine {
  readonly text = input.required<string>();
  readonly label = input.required<string>();
  readonly doneLabel = input.required<string>();
  private readonly clipboard = inject(Clipboard);
  protected readonly copied = signal(false);

  protected copy(): void {
    if (!this.clipboard.copy(this.text())) return;
    this.copied.set(true);
    setTimeout(() => this.copied.set(false), 2000);
  }
}
