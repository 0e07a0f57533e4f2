import { Component, computed, inject, resource, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { NoticesApi } from '../api/notices-api';
import { LanguageStore } from '../i18n/language-store';
import { Icon } from '../ui/icon';

/** What the administrator should know of how Prosa is set up, over whatever page they are on. */
@Component({
  selector: 'app-server-notices',
  imports: [Icon, TranslocoPipe],
  template: `
    @for (notice of shown(); track notice.code) {
      <div class="note warn" role="status">
        <app-icon name="circle-alert" />
        <span class="grow">{{ notice.message }}</span>
        <button type="button" class="button small" (click)="dismiss(notice.code)">
          {{ 'action.dismiss' | transloco }}
        </button>
      </div>
    }
  `,
  styleUrl: './server-notices.css',
})
export class ServerNotices {
  private readonly api = inject(NoticesApi);
  private readonly notices = resource({
    params: inject(LanguageStore).language,
    loader: () => this.api.list(),
  });
  /** Until the app is loaded again. */
  private readonly dismissed = signal<readonly string[]>([]);
  protected readonly shown = computed(() =>
    // A server that cannot be asked is told of elsewhere.
    (this.notices.hasValue() ? this.notices.value() : []).filter(
      ({ code }) => !this.dismissed().includes(code),
    ),
  );

  protected dismiss(code: string): void {
    this.dismissed.update((codes) => [...codes, code]);
  }
}
