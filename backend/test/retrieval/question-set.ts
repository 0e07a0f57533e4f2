import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

/** A question about a set of documents, and which of them answer it. */
export interface RetrievalQuestion {
  readonly question: string;
  /** BCP 47; absent: Portuguese. */
  readonly language: string;
  /** Files that answer it, as named below the folder of documents; empty: none does. */
  readonly documents: readonly string[];
  /** A part of the passage that answers it, word for word, where the set says so. */
  readonly evidence: string | undefined;
}

/** Documents, and questions about them. */
export interface QuestionSet {
  /** Paths by name below the folder of documents. */
  readonly documents: ReadonlyMap<string, string>;
  readonly questions: readonly RetrievalQuestion[];
}

const QUESTION_FILE = /^questions?.*\.(jsonl|csv)$/i;

/** Other sets call it otherwise. */
const NAMES = ['documents', 'document', 'expected', 'expect', 'relevant', 'doc', 'docs', 'file'];

const listed = z
  .union([z.array(z.coerce.string()), z.string(), z.null()])
  .optional()
  .transform((value) => {
    if (Array.isArray(value)) return value;
    return (value ?? '').split(/[;|]/).filter((name) => name.trim() !== '');
  });

const lineSchema = z.object({
  question: z.string().min(1),
  language: z.string().min(2).default('pt-BR'),
  documents: listed,
  evidence: z.string().optional(),
});

/**
 * Reads a folder: `documents/**` (or every file that holds no questions) and `questions*.jsonl` or
 * `questions*.csv` with `question`, `documents` (names, in CSV parted by `;`), and where known
 * `language` and `evidence`.
 * @throws naming the file and the line that cannot be read, and documents that are not there.
 */
export function readQuestionSet(folder: string): QuestionSet {
  const inOwnFolder = join(folder, 'documents');
  const root = existsSync(inOwnFolder) ? inOwnFolder : folder;
  const documents = new Map(
    filesBelow(root)
      .filter((path) => !QUESTION_FILE.test(basename(path)))
      .map((path) => [relative(root, path), path]),
  );
  const questions = readdirSync(folder)
    .filter((name) => QUESTION_FILE.test(name))
    .sort()
    .flatMap((name) => readQuestions(join(folder, name)));
  for (const { question, documents: expected } of questions) {
    for (const name of expected) {
      if (!documents.has(name)) throw new Error(`"${question}": there is no document ${name}`);
    }
  }
  return { documents, questions };
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();

function readQuestions(path: string): RetrievalQuestion[] {
  const text = readFileSync(path, 'utf8');
  const rows: unknown[] = path.toLowerCase().endsWith('.csv')
    ? parse(text, { columns: true, bom: true, skip_empty_lines: true })
    : text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line]));
  return rows.map((row, index) => toQuestion(row, `${basename(path)}:${String(index + 1)}`));
}

function toQuestion(row: unknown, place: string): RetrievalQuestion {
  try {
    const fields = z
      .record(z.string(), z.unknown())
      .parse(typeof row === 'string' ? JSON.parse(row) : row);
    const documents = NAMES.map((name) => fields[name]).find((value) => value !== undefined);
    const { evidence, ...question } = lineSchema.parse({ ...fields, documents });
    return { ...question, evidence };
  } catch (error) {
    throw new Error(`${place} is not a question`, { cause: error });
  }
}
