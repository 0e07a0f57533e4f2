import { inject, Service } from '@angular/core';
import type { KeptReason, LeftReason } from '../../api/contract';
import { Figures } from '../../i18n/figures';
import { LanguageStore } from '../../i18n/language-store';
import type { PostMark } from './window.rules';

/** What the window holds, in the words of the language in use. */
@Service()
export class WindowTexts {
  private readonly figures = inject(Figures);
  private readonly languages = inject(LanguageStore);

  /** "1,234 tokens". */
  tokens(count: number): string {
    return this.counted(`window.tokens-${this.figures.plural(count)}`, count);
  }

  /** "12 left out". */
  leftOut(count: number): string {
    return this.counted(`window.out-${this.figures.plural(count)}`, count);
  }

  /** "12 that do not fit". */
  left(reason: LeftReason, count: number): string {
    return this.counted(`window.left-${reason}-${this.figures.plural(count)}`, count);
  }

  /** "2 pinned". */
  kept(reason: KeptReason, count: number): string {
    return this.counted(`window.kept-${reason}-${this.figures.plural(count)}`, count);
  }

  /** "31 earlier messages go as a summary". */
  summarised(count: number): string {
    return this.counted(`window.summarised-${this.figures.plural(count)}`, count);
  }

  /** What a post is marked with; null where nothing needs saying. */
  mark(mark: PostMark, pinned: boolean): string | null {
    if (!mark.sent) {
      return this.languages.text(
        pinned && mark.because === 'window' ? 'window.pinnedOut' : `window.is-${mark.because}`,
      );
    }
    if (pinned) return this.languages.text('window.is-pinned');
    return mark.because && this.languages.text(`window.is-${mark.because}`);
  }

  private counted(key: string, count: number): string {
    return this.languages.text(key, { count: this.figures.count(count) });
  }
}
