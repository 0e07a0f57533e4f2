/** What the server says of collections, their documents and passages. Times are ISO 8601 in UTC. */

export type CollectionVisibility = 'private' | 'shared' | 'everyone';

/** What somebody may do in a collection: own it, change its documents, or read them. */
export type CollectionRole = 'owner' | 'editor' | 'reader';

/** Documents that answers may stand on. */
export interface Collection {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly visibility: CollectionVisibility;
  /** Of the person who asks. */
  readonly role: CollectionRole;
  readonly owner: PersonName;
  /** How many documents it has. */
  readonly documents: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletedAt: string | null;
}

/** Somebody a collection is shared with. */
export interface CollectionPerson {
  readonly userId: number;
  readonly name: string;
  readonly username: string;
  readonly role: Exclude<CollectionRole, 'owner'>;
}

/** Somebody, as others see them. */
export interface PersonName {
  readonly id: number;
  readonly name: string;
  readonly username: string;
}

/** How far a version has come. Only one that is `ready` can be found. */
export type DocumentStatus = 'waiting' | 'parsing' | 'indexing' | 'ready' | 'failed';

/** A document of a collection, described by its newest version. */
export interface KnowledgeDocument {
  readonly id: number;
  readonly collectionId: number;
  /** Where it comes from. */
  readonly kind: 'file' | 'page' | 'text' | 'pairs';
  readonly title: string;
  /** Of a page. */
  readonly url: string | null;
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly status: DocumentStatus;
  /** How much of the reading is done, 0 to 100. */
  readonly progress: number;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** The version that is found; null until one is complete. */
  readonly version: { readonly id: number; readonly n: number } | null;
  readonly pages: number | null;
  /** Of its text. */
  readonly characters: number | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletedAt: string | null;
}

/** What a document was made of at one time. */
export interface DocumentVersion {
  readonly id: number;
  readonly n: number;
  readonly status: DocumentStatus;
  readonly progress: number;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly pages: number | null;
  readonly characters: number | null;
  /** Whether this is the one that is found. */
  readonly found: boolean;
  readonly createdAt: string;
}

/** A piece of a version's text; in their order they are all of it. */
export interface Passage {
  /** Its place in the version, from 1. */
  readonly n: number;
  /** From 1; null where the format has no pages. */
  readonly page: number | null;
  /** The headings above it, outermost first, joined by ` › `. */
  readonly heading: string;
  readonly text: string;
}

/** A passage with what stands around it. */
export interface PassageInPlace {
  readonly documentId: number;
  readonly title: string;
  readonly version: { readonly id: number; readonly n: number };
  /** Whether the document is still found as it is in here. */
  readonly isCurrent: boolean;
  /** The passage that was asked for. */
  readonly n: number;
  /** It, with up to two before and two after it. */
  readonly passages: readonly Passage[];
}

/** A passage a search found. */
export interface FoundPassage extends Passage {
  readonly documentId: number;
  readonly collectionId: number;
  readonly title: string;
}

/** One of the caller's own questions whose answer stood on a document. */
export interface DocumentCitation {
  readonly postId: number;
  readonly conversationId: number;
  readonly conversationTitle: string | null;
  readonly prompt: string;
  readonly createdAt: string;
}
