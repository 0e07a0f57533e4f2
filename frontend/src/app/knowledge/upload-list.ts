import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { UploadTarget } from '../api/files-api';
import { Figures } from '../i18n/figures';
import { Icon } from '../ui/icon';
import { Uploads } from './uploads';

/** The files on their way to a place: how far each is, or why it did not arrive. */
@Component({
  selector: 'app-upload-list',
  imports: [Icon, RouterLink, TranslocoPipe],
  template: `
    @if (uploads().length > 0) {
      <ul role="list" class="card" [attr.aria-label]="'knowledge.uploading' | transloco">
        @for (upload of uploads(); track upload.key) {
          <li [class.bad]="upload.state === 'failed'">
            <app-icon [name]="upload.state === 'failed' ? 'circle-alert' : 'upload'" />
            <div class="what">
              <p class="name">
                <span dir="auto">{{ upload.file.name }}</span>
                <span class="quiet">{{ figures.size(upload.file.size) }}</span>
              </p>
              @if (upload.state === 'failed') {
                <p class="problem">
                  {{ upload.problem }}
                  @if (upload.sameAs; as id) {
                    <a [routerLink]="['/knowledge/documents', id]">{{
                      'knowledge.seeSame' | transloco
                    }}</a>
                  }
                </p>
              } @else {
                <progress
                  max="1"
                  [attr.value]="upload.state === 'queued' ? 0 : upload.sent"
                  [attr.aria-label]="'knowledge.progressOf' | transloco: { name: upload.file.name }"
                ></progress>
              }
            </div>
            @if (upload.state === 'queued') {
              <span class="quiet">{{ 'knowledge.queued' | transloco }}</span>
            } @else if (upload.state === 'sending') {
              <span class="quiet share">{{ figures.percent(upload.sent) }}</span>
            } @else if (upload.mayRetry) {
              <button
                type="button"
                class="icon-button"
                [title]="'action.tryAgain' | transloco"
                [attr.aria-label]="'knowledge.retryUpload' | transloco: { name: upload.file.name }"
                (click)="queue.retry(upload)"
              >
                <app-icon name="refresh-cw" />
              </button>
            }
            <button
              type="button"
              class="icon-button"
              [title]="(upload.state === 'failed' ? 'action.dismiss' : 'action.cancel') | transloco"
              [attr.aria-label]="
                (upload.state === 'failed' ? 'knowledge.dismissUpload' : 'knowledge.cancelUpload')
                  | transloco: { name: upload.file.name }
              "
              (click)="queue.cancel(upload)"
            >
              <app-icon name="x" />
            </button>
          </li>
        }
      </ul>
      <p class="quiet" role="status">
        @if (failed()) {
          {{ 'knowledge.failed-' + figures.plural(failed()) | transloco: { count: failed() } }}
        }
        @if (onTheirWay() > 0) {
          {{
            'knowledge.sending-' + figures.plural(onTheirWay()) | transloco: { count: onTheirWay() }
          }}
        }
      </p>
    }
  `,
  styleUrl: './upload-list.css',
})
export class UploadList {
  protected readonly queue = inject(Uploads);
  protected readonly figures = inject(Figures);
  readonly target = input.required<UploadTarget>();
  protected readonly uploads = computed(() => this.queue.of(this.target()));
  protected readonly failed = computed(
    () => this.uploads().filter(({ state }) => state === 'failed').length,
  );
  protected readonly onTheirWay = computed(() => this.uploads().length - this.failed());
}
