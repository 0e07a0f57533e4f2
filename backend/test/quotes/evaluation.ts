import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { DocumentationIndex } from '../../src/knowledge/documentation/documentation-index.js';
import type { DocumentationPassage } from '../../src/knowledge/documentation/passages.rules.js';
import { type Language, LANGUAGES } from '../../src/platform/language.rules.js';

/** A question with the passage that should come first, or `null` where it must be declined. */
export interface QuotesQuestion {
  readonly question: string;
  readonly locale: Language;
  /** `docs/en/accounts.md#anchor`; the language and the anchor may be left out. */
  readonly expect: string | readonly string[] | null;
}

export interface QuotesOutcome {
  readonly question: QuotesQuestion;
  /** Place of the first right passage, from 1; for an off-topic question 1 means declined. */
  readonly place: number | null;
  /** What came, best first, as `document#anchor`. */
  readonly came: readonly string[];
}

export interface QuotesScore {
  readonly questions: number;
  readonly first: number;
  readonly withinThree: number;
}

/** The least that counts as useful (issue: quotes). */
export const FLOORS = { first: 0.8, declined: 0.9 } as const;

const PASSAGES = 3;

const questionSchema = z.object({
  question: z.string().min(1),
  locale: z.enum(LANGUAGES),
  expect: z.union([z.string(), z.array(z.string()).min(1), z.null()]),
});

function readQuestion(line: string, place: string): QuotesQuestion {
  try {
    return questionSchema.parse(JSON.parse(line));
  } catch (error) {
    throw new Error(`${place} is not a question`, { cause: error });
  }
}

/**
 * Reads the `*.jsonl` files of a folder, a question a line.
 * @throws naming the file and line that cannot be read.
 */
export function readQuestions(folder: string): QuotesQuestion[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .map((line, index) => ({ line, place: `${name}:${String(index + 1)}` })),
    )
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, place }) => readQuestion(line, place));
}

/** Whether a passage is what `expected` names. */
export function isExpected(passage: DocumentationPassage, expected: string): boolean {
  const [path = '', anchor] = expected.replace(/^\/?(?:docs\/)?/, '').split('#');
  const document = passage.document.replace(/^docs\//, '');
  const named = path.startsWith(`${passage.language}/`) ? path : `${passage.language}/${path}`;
  return named === document && (anchor === undefined || anchor === passage.anchor);
}

/** Asks every question. */
export function evaluate(
  questions: readonly QuotesQuestion[],
  documentation: DocumentationIndex,
): QuotesOutcome[] {
  return questions.map((question) => {
    const passages = documentation.search(question.question, {
      locale: question.locale,
      limit: PASSAGES,
    });
    const came = passages.map((passage) => `${passage.document}#${passage.anchor}`);
    if (question.expect === null) return { question, place: came.length === 0 ? 1 : null, came };
    const expected = typeof question.expect === 'string' ? [question.expect] : question.expect;
    const place = passages.findIndex((passage) =>
      expected.some((each) => isExpected(passage, each)),
    );
    return { question, place: place < 0 ? null : place + 1, came };
  });
}

/** Shares (0…1) of questions answered by the first, or one of the first three, passages. */
export function scoreOf(outcomes: readonly QuotesOutcome[]): QuotesScore {
  const share = (least: number) =>
    outcomes.filter(({ place }) => place !== null && place <= least).length /
    Math.max(1, outcomes.length);
  return { questions: outcomes.length, first: share(1), withinThree: share(PASSAGES) };
}
