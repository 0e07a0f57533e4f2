import type { RetrievalQuestion } from './question-set.js';

/** Passages that count as found. */
const FIRST = 5;

/** What came of a question. */
export interface RetrievalOutcome {
  readonly question: RetrievalQuestion;
  /** Passages found, best first. */
  readonly found: readonly { readonly document: string; readonly text: string }[];
  /** Documents behind the sources that the answer cites, one for each source. */
  readonly cited: readonly string[];
}

/** Shares from 0 to 1; NaN where no question asks for it. */
export interface RetrievalScores {
  readonly questions: number;
  /** Of the documents that answer a question, those among the first five passages. */
  readonly recall: number;
  /** Mean of 1 / place of the first passage of a right document (Voorhees, TREC-8, 1999). */
  readonly mrr: number;
  /** Questions whose evidence stands in one of the first five passages. */
  readonly evidence: number;
  /** Of the sources that answers cite, those from a right document. */
  readonly citationPrecision: number;
  /** Questions that can be answered whose answer cites a right document. */
  readonly answered: number;
  /** Questions that cannot be answered whose answer cites nothing. */
  readonly declined: number;
}

/** Sums outcomes up. */
export function scoresOf(outcomes: readonly RetrievalOutcome[]): RetrievalScores {
  const answerable = outcomes.filter(({ question }) => question.documents.length > 0);
  const others = outcomes.filter(({ question }) => question.documents.length === 0);
  const withEvidence = answerable.filter(({ question }) => question.evidence !== undefined);
  const cited = answerable.flatMap(({ question, cited: names }) =>
    names.map((name) => question.documents.includes(name)),
  );
  return {
    questions: outcomes.length,
    recall: mean(answerable.map(recallOf)),
    mrr: mean(answerable.map((outcome) => 1 / placeOf(outcome))),
    evidence: mean(withEvidence.map((outcome) => Number(hasEvidence(outcome)))),
    citationPrecision: mean(cited.map(Number)),
    answered: mean(answerable.map((outcome) => Number(citesRight(outcome)))),
    declined: mean(others.map(({ cited: names }) => Number(names.length === 0))),
  };
}

/** Whether the answer did not do what was expected of it. */
export const isMissed = (outcome: RetrievalOutcome): boolean =>
  outcome.question.documents.length === 0
    ? outcome.cited.length > 0
    : !citesRight(outcome) || recallOf(outcome) < 1;

function recallOf({ question, found }: RetrievalOutcome): number {
  const first = new Set(found.slice(0, FIRST).map(({ document }) => document));
  return mean(question.documents.map((name) => Number(first.has(name))));
}

/** From 1; infinite where no passage is of a right document. */
function placeOf({ question, found }: RetrievalOutcome): number {
  const at = found.findIndex(({ document }) => question.documents.includes(document));
  return at === -1 ? Infinity : at + 1;
}

function hasEvidence({ question, found }: RetrievalOutcome): boolean {
  const evidence = folded(question.evidence ?? '');
  return found.slice(0, FIRST).some(({ text }) => folded(text).includes(evidence));
}

const citesRight = ({ question, cited }: RetrievalOutcome): boolean =>
  cited.some((name) => question.documents.includes(name));

/** Markup and line breaks say nothing about what a passage says. */
const folded = (text: string): string =>
  text
    .replace(/[\s|*_#>`-]+/g, ' ')
    .trim()
    .toLowerCase();

const mean = (values: readonly number[]): number =>
  values.length === 0 ? NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
