import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

/** A question as it stands in its file, and where. */
export interface QuestionRow {
  readonly row: unknown;
  /** File and line, as people count. */
  readonly place: string;
}

const questionsIn = z.union([
  z.array(z.unknown()),
  z.looseObject({ questions: z.array(z.unknown()) }).transform(({ questions }) => questions),
]);

/**
 * Reads `*.jsonl`, a question a line; `*.json`, a list, or one named `questions`; `*.csv` and
 * `*.tsv`, whose first line names the columns.
 * @throws naming the file and the line that cannot be read.
 */
export function questionRows(path: string): QuestionRow[] {
  const name = basename(path);
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  switch (extname(name).toLowerCase()) {
    case '.jsonl':
      return text.split('\n').flatMap((line, index) => {
        const place = `${name}:${String(index + 1)}`;
        return line.trim() === '' ? [] : [{ row: fromJson(line, place), place }];
      });
    case '.json': {
      const list = questionsIn.safeParse(fromJson(text, name));
      if (!list.success) throw new Error(`${name}: is no list of questions`);
      return list.data.map((row, index) => ({
        row,
        place: `${name}: question ${String(index + 1)}`,
      }));
    }
    default:
      return fromTable(text, name);
  }
}

function fromJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${place}: is not JSON`, { cause: error });
  }
}

const rowsOf = (parsed: unknown): InfoRow[] => parsed as InfoRow[];

/** What csv-parse gives with `info`. */
interface InfoRow {
  readonly record: unknown;
  readonly info: { readonly lines: number };
}

/** Which character parts the columns is seen in their names. */
function fromTable(text: string, name: string): QuestionRow[] {
  const [head = ''] = text.split('\n', 1);
  const delimiter = ['\t', ';', ','].find((each) => head.includes(each)) ?? ',';
  const options = { columns: true, skip_empty_lines: true, trim: true, delimiter } as const;
  try {
    return rowsOf(parse(text, { ...options, info: true })).map(({ record, info }) => ({
      row: record,
      place: `${name}:${String(info.lines)}`,
    }));
  } catch (error) {
    throw new Error(`${name}: is no table`, { cause: error });
  }
}
