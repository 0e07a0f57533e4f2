import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '../../platform/language.rules.js';
import { passagesOf, type DocumentationPassage } from './passages.rules.js';

/**
 * For those who change the code. Their headings and examples (add, write, model, SQLite) take
 * questions away from the pages for those who use Prosa; `getting-started.md` says what to read.
 */
const NOT_QUOTED = ['architecture.md', 'extending.md'];

/**
 * Reads every `<folder>/<language>/*.md` that `quotes` may quote into passages, whose documents are
 * named `docs/…`.
 * @throws when a language's folder is missing or cannot be read.
 */
export function readDocumentation(folder: string): DocumentationPassage[] {
  return LANGUAGES.flatMap((language) =>
    readdirSync(join(folder, language))
      .filter((name) => name.endsWith('.md') && !NOT_QUOTED.includes(name))
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
