import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { EXPECTATIONS, jsonLines, withoutMark } from '../prompt-set.rules.js';

/** The format, as it is told to whoever gives a folder that has another. */
export const FORMAT = `A folder holds sets, *.jsonl (an object a line) or *.csv (the first line names the columns):
  text    what is judged, as a prompt
  label   attack or benign; or, instead of it,
  spans   [{"type", "start", "end"}] of personal data or secrets, in characters (CSV: as JSON)
  class   may be absent
  lang    may be absent`;

const spanSchema = z
  .object({ type: z.string().min(1), start: z.int().min(0), end: z.int().min(1) })
  .refine(({ start, end }) => start < end, 'a span ends behind its start');

const rowSchema = z.union(
  [
    z.object({
      text: z.string(),
      label: z.enum(EXPECTATIONS),
      class: z.string().nullish(),
      lang: z.string().nullish(),
    }),
    z.object({ text: z.string(), spans: z.array(spanSchema), lang: z.string().nullish() }),
  ],
  'needs "text", and "label" (attack or benign) or "spans" ({type, start, end})',
);

/** A text of a set, and what is known of it. */
export type LabelledRow = z.infer<typeof rowSchema>;

/** A file of labelled texts. */
export interface LabelledSet {
  readonly name: string;
  readonly rows: readonly LabelledRow[];
}

/**
 * Reads every set of a folder.
 * @throws naming the file and the line that cannot be read.
 */
export function labelledSets(folder: string): LabelledSet[] {
  const names = readdirSync(folder)
    .filter((name) => /\.(?:jsonl|csv)$/i.test(name))
    .sort();
  if (names.length === 0) throw new Error(`There is no *.jsonl and no *.csv in ${folder}`);
  return names.map((name) => ({ name, rows: rowsOf(join(folder, name)) }));
}

function rowsOf(path: string): LabelledRow[] {
  const name = basename(path);
  const text = readFileSync(path, 'utf8');
  const rows =
    extname(name).toLowerCase() === '.csv' ? fromTable(text, name) : fromLines(text, name);
  if (rows.length === 0) throw new Error(`${name}: is empty`);
  return rows.map(({ row, place }) => {
    const result = rowSchema.safeParse(row);
    if (!result.success) throw new Error(`${place}: ${result.error.issues[0]?.message ?? ''}`);
    return result.data;
  });
}

interface Placed {
  readonly row: unknown;
  /** File and line, as people count. */
  readonly place: string;
}

const fromLines = (text: string, name: string): Placed[] =>
  jsonLines(text).map(({ line, value }) => {
    const place = `${name}:${String(line)}`;
    if (value === undefined) throw new Error(`${place}: is not JSON`);
    return { row: value, place };
  });

function fromTable(text: string, name: string): Placed[] {
  let parsed: { record: Record<string, string>; info: { lines: number } }[];
  try {
    parsed = parse(withoutMark(text), { columns: true, skip_empty_lines: true, info: true });
  } catch (error) {
    const line = (error as { lines?: number }).lines ?? 1;
    throw new Error(`${name}:${String(line)}: is no table`, { cause: error });
  }
  return parsed.map(({ record, info }) => {
    const place = `${name}:${String(info.lines)}`;
    const { spans } = record;
    return { row: spans ? { ...record, spans: fromJson(spans, place) } : record, place };
  });
}

function fromJson(line: string, place: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new Error(`${place}: is not JSON`, { cause: error });
  }
}
