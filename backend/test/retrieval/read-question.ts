import { z } from 'zod';
import type { RetrievalQuestion } from './question-set.js';

/** What sets call the same, in lower case, without `_` and `-`. */
const NAMES = {
  question: ['question', 'query', 'pergunta', 'q', 'text', 'prompt'],
  documents: [
    ...['documents', 'document', 'documentos', 'documento', 'docs', 'doc', 'file', 'files'],
    ...['expected', 'expect', 'relevant', 'gold', 'source', 'sources', 'docid', 'docids'],
    ...['expecteddocuments', 'expecteddocument', 'expecteddocs', 'expecteddoc', 'expectedsources'],
    ...['relevantdocuments', 'relevantdocument', 'relevantdocs', 'golddocuments', 'golddocs'],
  ],
  language: ['language', 'lang', 'locale', 'idioma'],
  evidence: ['evidence', 'quote', 'passage', 'evidencia', 'span'],
  answerable: ['answerable', 'isanswerable'],
} as const;

const NONE = new Set(['', '-', '[]', 'none', 'null', 'nenhum']);

const listed = z
  .union([z.array(z.coerce.string()), z.string(), z.null()])
  .optional()
  .transform((value) => (Array.isArray(value) ? value : (value ?? '').split(/[;|]/)))
  .transform((names) => names.map((name) => name.trim()))
  .transform((names) => names.filter((name) => !NONE.has(name.toLowerCase())));

const isTrue = z
  .union([z.boolean(), z.stringbool()])
  .optional()
  .transform((value) => value ?? true);

const questionSchema = z
  .object({
    question: z.string().trim().min(1),
    language: z
      .string()
      .trim()
      .default('pt-BR')
      .transform((tag) => (/^pt/i.test(tag) || tag === '' ? 'pt-BR' : tag)),
    documents: listed,
    evidence: z
      .union([z.string(), z.array(z.string()).transform(([first]) => first), z.null()])
      .optional()
      .transform((text) => text ?? undefined),
    answerable: isTrue,
  })
  .transform(({ answerable, documents, ...question }) => ({
    ...question,
    evidence: question.evidence === '' ? undefined : question.evidence,
    documents: answerable ? documents : [],
  }));

/**
 * Reads a question of a set.
 * @throws naming the place and what is wrong there.
 */
export function readQuestion(row: unknown, place: string): RetrievalQuestion {
  const fields = z.record(z.string(), z.unknown()).safeParse(row);
  if (!fields.success) throw new Error(`${place}: is no question with named fields`);
  const known = new Map(
    Object.entries(fields.data).map(([name, value]) => [plainName(name), value]),
  );
  const valueOf = (names: readonly string[]) => {
    const name = names.find((each) => known.get(each) !== undefined);
    return name === undefined ? undefined : known.get(name);
  };
  const named = Object.entries(NAMES).map(([name, names]) => [name, valueOf(names)]);
  if (!NAMES.documents.some((name) => known.has(name)) && known.get('answerable') !== false) {
    throw new Error(`${place}: does not say which documents answer it ("documents": [] for none)`);
  }
  const question = questionSchema.safeParse(Object.fromEntries(named));
  if (question.success) return question.data;
  const [issue] = question.error.issues;
  throw new Error(
    `${place}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'cannot be read'}`,
  );
}

const plainName = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');
