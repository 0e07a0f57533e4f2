import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { type Judged, judgeRoute } from '../../src/answering/routing/route.rules.js';

const ROUTES = ['direct', 'knowledge', 'web', 'both'] as const;
type RouteName = (typeof ROUTES)[number];

/** The least that routes on Prosa's own table must reach. */
export const FLOOR = 0.97;

/**
 * What is known beside a question. Without it: the web is on, and there are documents, whose
 * collection has a name that says nothing.
 */
const contextSchema = z
  .looseObject({
    web: z.boolean().nullable().default(null),
    knowledge: z.boolean().nullable().default(null),
    collections: z.array(z.string()).default(['Documentos']),
    attachments: z.array(z.string()).default([]),
    earlier: z.string().nullable().default(null),
    webSearch: z.string().default('on'),
    model: z.enum(['connected', 'none']).default('connected'),
    /** The day on which it is asked. */
    now: z.coerce.date().default(() => new Date()),
  })
  .prefault({});

/** Other tables call it otherwise. */
const EXPECTED = ['expected', 'route', 'expected_route', 'expectedRoute', 'label'];

const questionSchema = z.object({
  question: z.string().min(1),
  expected: z.string().trim().toLowerCase().pipe(z.enum(ROUTES)),
  context: contextSchema,
});

/** A question with the route that it should take. */
export type RoutedQuestion = z.infer<typeof questionSchema>;

/** What became of it. */
export interface RoutingOutcome {
  readonly asked: RoutedQuestion;
  readonly judged: Judged;
  readonly right: boolean;
}

/**
 * Reads the tables of a folder: `*.jsonl`, a question a line, and `*.csv` with the columns
 * `question`, `expected` and, as JSON or plain words, `context`.
 * @throws naming the place that cannot be read.
 */
export function readTables(folder: string): RoutedQuestion[] {
  return readdirSync(folder)
    .filter((name) => ['.jsonl', '.csv'].includes(extname(name)))
    .sort()
    .flatMap((name) => {
      const content = readFileSync(join(folder, name), 'utf8').replace(/^\uFEFF/, '');
      const rows = extname(name) === '.csv' ? fromCsv(content) : fromLines(content);
      return rows.map((row, index) => readQuestion(row, `${name}: question ${String(index + 1)}`));
    });
}

const fromLines = (content: string): (() => unknown)[] =>
  content
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => () => JSON.parse(line) as unknown);

const fromCsv = (content: string): (() => unknown)[] =>
  parse(content, { columns: true, skip_empty_lines: true, trim: true }).map((row) => () => row);

function readQuestion(row: () => unknown, place: string): RoutedQuestion {
  try {
    const { context, ...rest } = z.looseObject({ context: z.unknown().optional() }).parse(row());
    const expected = EXPECTED.map((name) => rest[name]).find((route) => route !== undefined);
    return questionSchema.parse({ ...rest, expected, context: toContext(context) });
  } catch (error) {
    throw new Error(`${place} cannot be read`, { cause: error });
  }
}

/** Words that are no JSON are a note for people. */
function toContext(context: unknown): unknown {
  if (typeof context !== 'string') return context ?? {};
  try {
    const value: unknown = JSON.parse(context);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

/** Routes each question by the rules alone: no model is asked. */
export function route(questions: readonly RoutedQuestion[]): RoutingOutcome[] {
  return questions.map((asked) => {
    const { context, question } = asked;
    const judged = judgeRoute({
      ...{ question, earlier: context.earlier, now: context.now },
      wishes: { web: context.web, knowledge: context.knowledge, collectionIds: null },
      provider: context.model === 'none' ? 'quotes' : 'openai',
      web: context.webSearch !== 'off',
      collections: context.collections,
      attachments: context.attachments,
    });
    return { asked, judged, right: judged.route === asked.expected };
  });
}

/** The share of questions that took the right route. */
export const accuracyOf = (outcomes: readonly RoutingOutcome[]): number =>
  outcomes.filter(({ right }) => right).length / Math.max(1, outcomes.length);

/** How often each route was taken where each was right: rows are what was expected. */
export function confusionOf(
  outcomes: readonly RoutingOutcome[],
): Record<RouteName, Record<RouteName, number>> {
  const row = () => ({ direct: 0, knowledge: 0, web: 0, both: 0 });
  const table = { direct: row(), knowledge: row(), web: row(), both: row() };
  for (const { asked, judged } of outcomes) table[asked.expected][judged.route] += 1;
  return table;
}
