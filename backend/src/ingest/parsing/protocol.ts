import type { Passage } from '../chunking/passages.rules.js';

/** What a parser is told. */
export interface ParseOrder {
  /** Where the bytes are. */
  readonly path: string;
  /** As the file was called; only its ending is looked at, and only where the content does not say. */
  readonly fileName: string;
  readonly kind: 'file' | 'page' | 'text' | 'pairs';
  /** What the bytes were declared to be encoded in; null: not declared. */
  readonly charset: string | null;
}

/** Why a parser refuses a file; `DOCUMENT.` stands before it elsewhere. */
export const PARSE_PROBLEMS = [
  'EMPTY',
  'TYPE',
  'ENCRYPTED',
  'NO_TEXT',
  'BOMB',
  'DAMAGED',
  'TOO_LARGE_TO_READ',
] as const;
export type ParseProblem = (typeof PARSE_PROBLEMS)[number];

/** What a parser says, one JSON text a line. */
export type ParserLine =
  | { readonly type: 'found'; readonly mediaType: string; readonly pages: number | null }
  | { readonly type: 'title'; readonly title: string }
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'passages'; readonly passages: readonly Passage[] }
  | { readonly type: 'end' }
  | { readonly type: 'refused'; readonly problem: ParseProblem };

/** A file that a parser refuses. Thrown in the child only: it reaches the server as a line. */
export class ParseRefusal extends Error {
  override readonly name = 'ParseRefusal';
  readonly problem: ParseProblem;

  constructor(problem: ParseProblem, options?: ErrorOptions) {
    super(problem, options);
    this.problem = problem;
  }
}
