import { Clipboard } from '@angular/cdk/clipboard';
import { Component, computed, inject, input, output, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Dialog } from '../../ui/dialog';
import { Icon } from '../../ui/icon';
import { type JudgedLink, partsOf } from './link-trust.rules';

/** Shows the whole address of a link, the site in it before all, and opens it if somebody says so. */
@Component({
  selector: 'app-ask-link',
  imports: [Dialog, Icon, TranslocoPipe],
  template: `
    <app-dialog
      [heading]="'links.title' | transloco: { host: parts().host }"
      [closeLabel]="'action.close' | transloco"
      (closed)="closed.emit()"
    >
      <div class="line">
        <p class="address" dir="ltr" tabindex="0">
          <span [textContent]="parts().before"></span><strong [textContent]="parts().host"></strong
          ><span [textContent]="parts().after"></span>
        </p>
        <button
          type="button"
          class="icon-button"
          [attr.aria-label]="'links.copy' | transloco"
          [title]="'links.copy' | transloco"
          (click)="copy()"
        >
          <app-icon [name]="copied() ? 'check' : 'copy'" />
        </button>
        <span class="visually-hidden" role="status">{{
          copied() ? ('action.copied' | transloco) : ''
        }}</span>
      </div>
      <ul role="list">
        @for (doubt of link().doubts; track doubt) {
          <li>
            <app-icon name="triangle-alert" />
            {{ 'links.doubt-' + doubt | transloco: { host: parts().host } }}
          </li>
        }
      </ul>
      <p>{{ 'links.whoReads' | transloco }}</p>
      <div class="decision">
        <button type="button" class="button" (click)="closed.emit()">
          {{ 'action.cancel' | transloco }}
        </button>
        <a
          class="button"
          target="_blank"
          rel="noopener noreferrer nofollow"
          [href]="link().address"
          (click)="closed.emit()"
          >{{ 'links.open' | transloco }}<app-icon name="external-link"
        /></a>
      </div>
    </app-dialog>
  `,
  styles: `
    .line {
      display: flex;
      align-items: flex-start;
      gap: var(--s1);
      padding: var(--s1) var(--s1) var(--s1) var(--s3);
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--well);
    }
    .address {
      flex: 1;
      min-width: 0;
      max-height: 12rem;
      margin: 0;
      padding: var(--s1) 0;
      overflow: auto;
      color: var(--ink-soft);
      font: 450 var(--size-small) / 1.6 var(--font-code);
      overflow-wrap: anywhere;
    }
    strong {
      color: var(--ink);
      font-weight: 750;
      text-decoration: underline;
      text-underline-offset: 0.2em;
    }
    ul {
      display: grid;
      gap: var(--s2);
      margin: var(--s4) 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: flex;
      gap: var(--s2);
      overflow-wrap: anywhere;
    }
    li app-icon {
      margin-top: 0.15em;
      color: var(--warn);
    }
    .decision {
      display: flex;
      flex-wrap: wrap;
      justify-content: flex-end;
      gap: var(--s3);
      margin-top: var(--s5);
    }
  `,
})
export class AskLink {
  readonly link = input.required<JudgedLink>();
  readonly closed = output();
  private readonly clipboard = inject(Clipboard);
  protected readonly parts = computed(() => partsOf(this.link().address));
  protected readonly copied = signal(false);

  protected copy(): void {
    this.copied.set(this.clipboard.copy(this.link().address));
  }
}
