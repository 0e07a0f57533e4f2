import { existsSync, readdirSync } from 'node:fs';
import { basename, extname, join, relative, sep } from 'node:path';
import { questionRows } from './question-rows.js';
import { readQuestion } from './read-question.js';

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

/** The format, as it is told to whoever gives a folder that has another. */
export const FORMAT = `A folder holds
  documents/**                          files to be read, in any format that can be uploaded
  questions*.jsonl, .json, .csv, .tsv   a question each line or row:
    question    text
    documents   names of the files that answer it, as a list, or parted by ";"; none: no file does
    language    pt-BR (as where it is absent) or en
    evidence    part of the passage that answers it, word for word; may be absent
Without a folder "documents" every other file of the folder is a document.`;

const QUESTION_FILE = /^(questions?|queries|perguntas?).*\.(jsonl|json|csv|tsv)$/i;
const DOCUMENT_FOLDERS = ['documents', 'docs', 'documentos', 'corpus'];

/**
 * Reads a folder; see {@link FORMAT}.
 * @throws naming the file and the line that cannot be read, and documents that are not there.
 */
export function readQuestionSet(folder: string): QuestionSet {
  if (!existsSync(folder)) throw new Error(`There is no folder ${folder}`);
  const root = DOCUMENT_FOLDERS.map((name) => join(folder, name)).find(existsSync) ?? folder;
  const documents = new Map(
    filesBelow(root)
      .filter((path) => !QUESTION_FILE.test(basename(path)) && !basename(path).startsWith('.'))
      .map((path) => [relative(root, path).split(sep).join('/'), path]),
  );
  if (documents.size === 0) throw new Error(`There are no documents in ${root}`);
  const named = namesOf(documents.keys());
  const questions = readdirSync(folder)
    .filter((name) => QUESTION_FILE.test(name))
    .sort()
    .flatMap((name) =>
      questionRows(join(folder, name)).map(({ place, row }) => {
        const question = readQuestion(row, place);
        return { ...question, documents: question.documents.map((each) => named(each, place)) };
      }),
    );
  if (questions.length === 0) throw new Error(`There are no questions in ${folder}`);
  return { documents, questions };
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();

/** Finds a document by its path, its name, or its name without what follows the full stop. */
function namesOf(paths: Iterable<string>): (written: string, place: string) => string {
  const known = new Map<string, Set<string>>();
  for (const path of paths) {
    const name = basename(path);
    for (const each of [path, name, name.slice(0, name.length - extname(name).length)]) {
      known.set(each, (known.get(each) ?? new Set()).add(path));
    }
  }
  return (written, place) => {
    const plain = written.trim().replaceAll('\\', '/').replace(/^\.\//, '');
    const found = known.get(plain) ?? known.get(plain.replace(/^[^/]+\//, ''));
    const [only, another] = found ?? [];
    if (only === undefined) throw new Error(`${place}: there is no document "${written}"`);
    if (another !== undefined && only !== plain) {
      throw new Error(`${place}: "${written}" may be ${only} or ${another}`);
    }
    return only;
  };
}
