import { DOCUMENT } from '@angular/common';
import { inject, Service, signal } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { chooseLanguage, isLanguage, type Language } from './language.rules';

const LAST_USED = 'prosa.language';

/** The language of the screens: read by everything that formats or asks, changed at run time. */
@Service()
export class LanguageStore {
  private readonly transloco = inject(TranslocoService);
  private readonly document = inject(DOCUMENT);
  private readonly chosen = signal<Language>(
    chooseLanguage([readLastUsed()], navigator.languages ?? []),
  );

  readonly language = this.chosen.asReadonly();

  /** Loads the language file before the first screen. */
  async start(): Promise<void> {
    await this.use(this.language());
  }

  /** Speaks `language` from now on, and on this device until another is chosen. */
  async use(language: Language): Promise<void> {
    await firstValueFrom(this.transloco.load(language));
    this.transloco.setActiveLang(language);
    this.document.documentElement.lang = language;
    this.chosen.set(language);
    try {
      localStorage.setItem(LAST_USED, language);
    } catch {
      // Storage is closed: the browser's language is used again next time.
    }
  }

  /** A text of the language in use. */
  text(key: string, params: Record<string, unknown> = {}): string {
    this.chosen();
    return this.transloco.translate<string>(key, params);
  }
}

function readLastUsed(): string | null {
  try {
    const value = localStorage.getItem(LAST_USED);
    return isLanguage(value) ? value : null;
  } catch {
    return null;
  }
}
