import { Component, computed, inject, input, output } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { ModelDownload } from '../api/model-files-api';
import { LanguageStore } from '../i18n/language-store';
import { sizeOf } from '../i18n/size.rules';
import { CopyLine } from '../ui/copy-line';
import { Icon } from '../ui/icon';
import { timeLeft } from './model-figures.rules';

/** How far a download is, or how it has ended. */
@Component({
  selector: 'app-download-card',
  imports: [CopyLine, Icon, TranslocoPipe],
  templateUrl: './download-card.html',
  styleUrl: './download-card.css',
})
export class DownloadCard {
  private readonly languages = inject(LanguageStore);
  readonly download = input.required<ModelDownload>();
  /** What people know the model by. */
  readonly heading = input.required<string>();
  /** It is to be stopped, or has been read. */
  readonly dismissed = output();
  readonly again = output();

  protected readonly facts = computed(() => {
    const { doneBytes, totalBytes, bytesPerSecond, phase } = this.download();
    const language = this.languages.language();
    if (phase === 'asking') return this.languages.text('modelFiles.asking');
    const done = sizeOf(doneBytes, language);
    const total = sizeOf(totalBytes, language);
    const parts = [this.languages.text('modelFiles.progress', { done, total })];
    if (phase === 'checking') parts.push(this.languages.text('modelFiles.checking'));
    else if (bytesPerSecond > 0) {
      const left = timeLeft((totalBytes - doneBytes) / bytesPerSecond, language);
      parts.push(`${sizeOf(bytesPerSecond, language)}/s`);
      parts.push(this.languages.text('modelFiles.left', { time: left }));
    }
    return parts.join(' · ');
  });
}
