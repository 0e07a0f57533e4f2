import type { DocumentStatus, KnowledgeDocument } from '../api/knowledge-contract';
import type { IconName } from '../ui/icon-shapes';

/** Whether a version is still being read. */
export const isUnderWay = (status: DocumentStatus): boolean =>
  status === 'waiting' || status === 'parsing' || status === 'indexing';

/** The endings of the files that can be read; the server looks at their bytes. */
export const READABLE =
  '.pdf,.docx,.pptx,.xlsx,.csv,.tsv,.html,.htm,.md,.markdown,.txt,.json,.xml,.log';

type Described = Pick<KnowledgeDocument, 'kind' | 'mediaType' | 'fileName'>;

/** What sort of file it is, as people call it. */
export type DocumentSort =
  'pdf' | 'word' | 'slides' | 'sheet' | 'html' | 'markdown' | 'page' | 'text' | 'pairs';

const SORTS: readonly (readonly [RegExp, DocumentSort])[] = [
  [/pdf/, 'pdf'],
  [/wordprocessing|\bdocx\b/, 'word'],
  [/presentation|\bpptx\b/, 'slides'],
  [/spreadsheet|\bxlsx\b|csv|tab-separated/, 'sheet'],
  [/html/, 'html'],
  [/markdown|\bmd\b/, 'markdown'],
];

/** By where it comes from, then by what its bytes are, then by its name. */
export function sortOf({ kind, mediaType, fileName }: Described): DocumentSort {
  if (kind === 'page' || kind === 'pairs') return kind;
  if (kind === 'text') return 'text';
  const ending = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  const by = (text: string): DocumentSort | undefined =>
    SORTS.find(([pattern]) => pattern.test(text))?.[1];
  return by(mediaType) ?? by(ending) ?? 'text';
}

const ICONS: Readonly<Record<DocumentSort, IconName>> = {
  pdf: 'file-text',
  word: 'file-text',
  slides: 'presentation',
  sheet: 'file-spreadsheet',
  html: 'file-code',
  markdown: 'file-text',
  page: 'globe',
  text: 'file-text',
  pairs: 'message-square-text',
};

/** The picture of a document. */
export const iconOf = (described: Described): IconName => ICONS[sortOf(described)];

/** The documents shown, with what the server says of some of them now; the others as they were. */
export function withNews(
  shown: readonly KnowledgeDocument[],
  news: readonly KnowledgeDocument[],
): readonly KnowledgeDocument[] {
  const byId = new Map(news.map((one) => [one.id, one]));
  return shown.map((one) => byId.get(one.id) ?? one);
}

/** The same with a document at the top, whether or not it was among them. */
export const withFirst = (
  shown: readonly KnowledgeDocument[],
  document: KnowledgeDocument,
): readonly KnowledgeDocument[] => [document, ...shown.filter(({ id }) => id !== document.id)];
