import { Component, computed, DestroyRef, inject, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { CatalogueModel, ModelDownload } from '../api/model-files-api';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import { sizeOf } from '../i18n/size.rules';
import { CopyLine } from '../ui/copy-line';
import { Field } from '../ui/field';
import { Icon } from '../ui/icon';
import { PageState } from '../ui/page-state';
import { DownloadCard } from './download-card';

import { ModelFilesStore } from './model-files-store';
import { PresentModelState } from './present-model-state';
import { type Removal, RemoveModel } from './remove-model';

/** The models that run on the server itself: what is there, and what can be downloaded. */
@Component({
  selector: 'app-models',
  imports: [
    CopyLine,
    DownloadCard,
    Field,
    Icon,
    PresentModelState,
    RemoveModel,
    PageState,
    TranslocoPipe,
  ],
  templateUrl: './models.html',
  styleUrl: './models.css',
})
export class Models {
  private readonly failures = inject(FailureTexts);
  private readonly languages = inject(LanguageStore);
  protected readonly store = inject(ModelFilesStore);
  protected readonly removal = signal<Removal | null>(null);
  protected readonly wanted = signal('');
  protected readonly refusal = signal('');
  /** What is there already first, then what can be had, as the catalogue has it. */
  protected readonly items = computed(() => {
    const items = this.store.catalogue()?.items ?? [];
    const rank = ({ present, arrivedBytes }: CatalogueModel): number =>
      present ? 0 : arrivedBytes > 0 ? 1 : 2;
    return [...items].sort((a, b) => rank(a) - rank(b));
  });

  constructor() {
    void this.store.watch();
    inject(DestroyRef).onDestroy(() => this.store.leave());
  }

  protected size(bytes: number): string {
    return sizeOf(bytes, this.languages.language());
  }

  /** What people know it by. */
  protected titleOf({ name }: ModelDownload): string {
    return this.items().find((item) => item.name === name)?.title ?? name;
  }

  protected isRunning({ name }: CatalogueModel): boolean {
    return this.store.running()?.name === name;
  }

  protected async begin(name: string): Promise<void> {
    try {
      await this.store.start(name);
    } catch (thrown) {
      this.failures.show(thrown);
    }
  }

  /** What was typed stays until it is understood. */
  protected async downloadWanted(): Promise<void> {
    this.refusal.set('');
    try {
      await this.store.start(this.wanted().trim());
      this.wanted.set('');
    } catch (thrown) {
      this.refusal.set(this.failures.of(thrown));
    }
  }

  protected async dismiss(download: ModelDownload): Promise<void> {
    try {
      await this.store.dismiss(download);
    } catch (thrown) {
      this.failures.show(thrown);
    }
  }
}
