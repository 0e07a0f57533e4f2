import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from '../ui/icon';

/**
 * What can be done beside writing: commands, attachments that are no files, how to answer in this
 * conversation, finding in it.
 */
@Component({
  selector: 'app-composer-acts',
  imports: [CdkMenu, CdkMenuItem, CdkMenuTrigger, Icon, RouterLink, TranslocoPipe],
  template: `
    <button
      type="button"
      class="icon-button"
      [cdkMenuTriggerFor]="menu"
      [attr.aria-label]="'commands.more' | transloco"
      [title]="'commands.more' | transloco"
    >
      <app-icon name="plus" />
    </button>
    <ng-template #menu>
      <div class="menu" cdkMenu>
        <button
          type="button"
          class="menu-item"
          cdkMenuItem
          [cdkMenuItemDisabled]="!empty()"
          (cdkMenuItemTriggered)="listed.emit()"
        >
          <app-icon name="slash" />
          {{ 'commands.use' | transloco }}
        </button>
        <button
          type="button"
          class="menu-item"
          cdkMenuItem
          [cdkMenuItemDisabled]="empty()"
          (cdkMenuItemTriggered)="kept.emit()"
        >
          <app-icon name="bookmark-plus" />
          {{ 'commands.save' | transloco }}
        </button>
        <a class="menu-item" cdkMenuItem routerLink="/settings/commands">
          <app-icon name="settings" />
          {{ 'commands.manage' | transloco }}
        </a>
        <hr class="menu-rule" />
        <button
          type="button"
          class="menu-item"
          cdkMenuItem
          (cdkMenuItemTriggered)="attached.emit('page')"
        >
          <app-icon name="globe" />
          {{ 'knowledge.attachPage' | transloco }}
        </button>
        <button
          type="button"
          class="menu-item"
          cdkMenuItem
          (cdkMenuItemTriggered)="attached.emit('text')"
        >
          <app-icon name="file-text" />
          {{ 'knowledge.attachText' | transloco }}
        </button>
        <hr class="menu-rule" />
        <button
          type="button"
          class="menu-item"
          cdkMenuItem
          (cdkMenuItemTriggered)="instructed.emit()"
        >
          <app-icon name="message-square-text" />
          {{ 'instructions.conversation' | transloco }}
        </button>
        @if (findable()) {
          <button
            type="button"
            class="menu-item"
            cdkMenuItem
            (cdkMenuItemTriggered)="sought.emit()"
          >
            <app-icon name="search" />
            {{ 'find.label' | transloco }}
          </button>
        }
      </div>
    </ng-template>
  `,
  styles: `
    .icon-button {
      width: 2.25rem;
      height: 2.25rem;
      border-radius: var(--radius-round);
    }
    @media (pointer: coarse) {
      .icon-button {
        width: 2.75rem;
        height: 2.75rem;
      }
    }
  `,
})
export class ComposerActs {
  /** Whether nothing has been typed. */
  readonly empty = input.required<boolean>();
  /** Whether there is a conversation to find words in. */
  readonly findable = input.required<boolean>();
  /** The list of commands is wanted. */
  readonly listed = output();
  /** What is typed is to become a command. */
  readonly kept = output();
  /** A page of the web or a text is to be attached. */
  readonly attached = output<'page' | 'text'>();
  /** The instructions of the conversation are wanted. */
  readonly instructed = output();
  /** Words are to be found in the conversation: a phone has no Ctrl+F. */
  readonly sought = output();
}
