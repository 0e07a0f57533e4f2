import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '../../platform/language.rules.js';
import { passagesOf, type DocumentationPassage } from './passages.rules.js';

/**
 * Reads every `<folder>/<language>/*.md` into passages, whose documents are named `docs/…`.
 * @throws when a language's folder is missing or cannot be read.
 */
export function readDocumentation(folder: string): DocumentationPassage[] {
  return LANGUAGES.flatMap((language) =>
    readdirSync(join(folder, language))
      .filter((name) => name.endsWith('.md'))
      .sort()
      .flatMap((name) =>
        passagesOf(
          `docs/${language}/${name}`,
          language,
          readFileSync(join(folder, language, name), 'utf8'),
        ),
      ),
  );
}
