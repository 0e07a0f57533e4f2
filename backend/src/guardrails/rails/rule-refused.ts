import { type Language } from '../../platform/language.rules.js';

/** The same words in each language. */
export type InEachLanguage = Readonly<Record<Language, string>>;

/** Something wrong with a rule that a schema cannot see. */
export interface RuleProblem {
  /** Path within the folder, `rails/blocked_terms.yml`. */
  readonly file: string;
  /** Where in the file, `['lists', 0, 'terms', 3]`. */
  readonly path: readonly (string | number)[];
  readonly message: InEachLanguage;
}

/** A file of rails that cannot be used, with everything that is wrong. */
export class RuleRefused extends Error {
  constructor(readonly problems: readonly RuleProblem[]) {
    super(
      problems
        .map(({ file, path, message }) => `${file} ${path.join('.')}: ${message.en}`)
        .join('\n'),
    );
    this.name = 'RuleRefused';
  }
}
