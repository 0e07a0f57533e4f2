import { Service } from '@angular/core';
import type { Translation, TranslocoLoader } from '@jsverse/transloco';
import { isLanguage, type Language } from './language.rules';

const FILES: Readonly<Record<Language, () => Promise<{ readonly default: Translation }>>> = {
  'pt-BR': () => import('./pt-BR.json', { with: { type: 'json' } }),
  en: () => import('./en.json', { with: { type: 'json' } }),
};

/** Fetches only the language in use, as a hashed chunk of the app. */
@Service()
export class LanguageFiles implements TranslocoLoader {
  async getTranslation(language: string): Promise<Translation> {
    const file = await FILES[isLanguage(language) ? language : 'pt-BR']();
    return file.default;
  }
}
