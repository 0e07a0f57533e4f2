/** What the server says of collections, their documents and passages. Times are ISO 8601 in UTC. */
import type { CitedPost } from './generated/models/cited-post';
import type { Collection } from './generated/models/collection';
import type { Document } from './generated/models/document';
import type { NamedPerson } from './generated/models/named-person';
import type { Passage } from './generated/models/passage';
import type { SharedPeople } from './generated/models/shared-people';

export type { DocumentVersion } from './generated/models/document-version';
export type { FoundPassage } from './generated/models/found-passage';
export type { KnowledgeStorage } from './generated/models/knowledge-storage';
export type { PassageInPlace } from './generated/models/passage-in-place';
export type { Collection, Passage };

export type CollectionVisibility = Collection['visibility'];

/** A document of a collection, described by its newest version. */
export type KnowledgeDocument = Document;

/** How far a version has come. Only one that is `ready` can be found. */
export type DocumentStatus = Document['status'];

/** Somebody, as others see them. */
export type PersonName = NamedPerson;

/** Somebody a collection is shared with. */
export type CollectionPerson = SharedPeople['people'][number];

/** One of the caller's own questions whose answer stood on a document. */
export type DocumentCitation = CitedPost;
