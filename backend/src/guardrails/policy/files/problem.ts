import { type Language, LANGUAGES } from '../../../platform/language.rules.js';

/** The same in each language. */
export type Said = Readonly<Record<Language, string>>;

/** Something that keeps the files of a policy from being used. */
export interface PolicyProblem {
  /** Path within the folder, `rails/greetings.yml`. */
  readonly file: string;
  /** From 1; of the whole file: 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  readonly message: Said;
}

/** A problem as one reader sees it. */
export interface ToldProblem extends Omit<PolicyProblem, 'message'> {
  readonly message: string;
}

/** What a reader has to know, in their language. */
export const toldIn =
  (language: Language) =>
  ({ message, ...place }: PolicyProblem): ToldProblem => ({ ...place, message: message[language] });

/** A problem of a file as a whole. */
export const ofFile = (file: string, message: Said): PolicyProblem => ({
  file,
  line: 1,
  column: 1,
  message,
});

/** What somebody wrote who speaks one language only. */
export const inEach = (words: string): Said => sayEach(() => words);

/** Words made for each language. */
export const sayEach = (say: (language: Language) => string): Said =>
  Object.fromEntries(LANGUAGES.map((language) => [language, say(language)])) as Record<
    Language,
    string
  >;
