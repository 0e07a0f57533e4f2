import type { GuardedPassage } from '../../guardrails/guarded.js';
import type { FoundChunk } from '../../knowledge/search/knowledge-search.js';
import type { Passage } from '../../llm/chat-model.js';
import type { WebPassage } from '../../web-search/web-search.js';
import type { AnswerSource } from '../answer-event.js';

/** Where a passage was found. */
type Place = Pick<
  AnswerSource,
  'url' | 'documentId' | 'versionId' | 'passage' | 'heading' | 'foundAt' | 'publishedAt'
>;

/** A passage, and where it was found. */
export interface FoundPassage extends Passage, Place {
  readonly title: GuardedPassage;
  readonly text: GuardedPassage;
}

/** The same before the rails have seen it, and before it has a number. */
export interface RawPassage extends Omit<Passage, 'n'>, Place {}

const NOWHERE = {
  ...{ url: null, documentId: null, versionId: null, passage: null, page: null, heading: null },
  ...{ host: null, foundAt: null, publishedAt: null },
} as const;

/** Columns are bounded; what a page calls itself is not. */
const LONGEST = { title: 255, url: 2048, heading: 500, host: 255 };

/** A passage of Prosa's own documentation. */
export const fromDocumentation = (title: string, text: string): RawPassage => ({
  ...NOWHERE,
  ...{ kind: 'documentation', title, text },
});

/** A passage of a document. */
export const fromChunk = (chunk: FoundChunk): RawPassage => ({
  ...NOWHERE,
  ...{ kind: 'document', title: chunk.title, text: chunk.text },
  documentId: chunk.documentId,
  versionId: chunk.versionId,
  passage: chunk.n,
  page: chunk.page,
  heading: chunk.heading === '' ? null : chunk.heading,
});

/** A passage of a page of the web. */
export const fromWeb = (page: WebPassage): RawPassage => ({
  ...NOWHERE,
  ...{ kind: 'web', title: page.title, text: page.text, host: page.host },
  // An address that was cut leads elsewhere.
  url: page.url.length > LONGEST.url ? null : page.url,
  foundAt: page.fetchedAt.toISOString(),
  publishedAt: page.publishedAt?.toISOString() ?? null,
});

/** A passage as readers see it. */
export const toSource = ({ text, ...found }: FoundPassage): AnswerSource => ({
  ...found,
  title: found.title.slice(0, LONGEST.title),
  heading: found.heading?.slice(0, LONGEST.heading) ?? null,
  host: found.host?.slice(0, LONGEST.host) ?? null,
  quote: text,
});
