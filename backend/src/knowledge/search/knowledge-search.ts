import type { Language } from '../../platform/language.rules.js';

/** What to look for, and who asks. */
export interface KnowledgeQuery {
  /** Only what this person may read is searched at all. */
  readonly userId: number;
  /** Of these collections; null: of all that the person may read, attachments apart. */
  readonly collectionIds: readonly number[] | null;
  /** Its attachments are searched as well; null: none are. */
  readonly conversationId: number | null;
  /** A question as it was asked. */
  readonly text: string;
  readonly language: Language;
  readonly limit: number;
}

/** A passage that was found. */
export interface FoundChunk {
  readonly chunkId: number;
  readonly documentId: number;
  readonly versionId: number;
  readonly collectionId: number;
  /** Its place in the version, from 1. */
  readonly n: number;
  /** Of the document. */
  readonly title: string;
  /** Counts from 1; null where the format has no pages. */
  readonly page: number | null;
  readonly heading: string;
  readonly text: string;
  /** Higher is better; comparable within one answer only. */
  readonly score: number;
}

/** Looks in the documents of the team. */
export abstract class KnowledgeSearch {
  /**
   * The passages that answer a question best, best first; none where nothing speaks of it.
   * @throws when what it searches in cannot be reached; never for what a question says.
   */
  abstract search(query: KnowledgeQuery): Promise<FoundChunk[]>;
}
