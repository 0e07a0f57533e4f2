import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { Figures } from '../../i18n/figures';
import { iconOf, isUnderWay } from '../../knowledge/document.rules';
import { Uploads } from '../../knowledge/uploads';
import { Icon } from '../../ui/icon';
import { Attachments } from './attachments';

/** What is attached to the conversation: on its way, being read, ready, or why it is not. */
@Component({
  selector: 'app-attachment-chips',
  imports: [Icon, RouterLink, TranslocoPipe],
  templateUrl: './attachment-chips.html',
  styleUrl: './attachment-chips.css',
})
export class AttachmentChips {
  protected readonly attachments = inject(Attachments);
  protected readonly queue = inject(Uploads);
  protected readonly figures = inject(Figures);
  protected readonly isUnderWay = isUnderWay;
  protected readonly iconOf = iconOf;
  protected readonly isAny = computed(
    () => this.attachments.documents().length + this.attachments.uploads().length > 0,
  );
}
