import { z } from 'zod';
import { COLLECTION_VISIBILITIES, SHARE_ROLES } from '#db';
import { COLLECTION_ROLES } from '../platform/collection-role.rules.js';
import { pageFields, pageOf } from '../platform/page.schema.js';
import { storableText } from '../platform/storable-text.rules.js';
import { LARGEST_ID } from '../platform/validation.js';

const isoTime = z.iso.datetime();

/** People with whom one collection can be shared by name: more are a team, for which there is `everyone`. */
const MOST_SHARES = 200;

/** Somebody, as others see them. */
export const namedPersonSchema = z
  .object({
    id: z.int(),
    name: z.string().describe('As they want to be called; else their username.'),
  })
  .meta({ id: 'NamedPerson' });
export type NamedPerson = z.infer<typeof namedPersonSchema>;

export const collectionSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    description: z.string(),
    visibility: z.enum(COLLECTION_VISIBILITIES),
    role: z.enum(COLLECTION_ROLES).describe('What the caller may do in it.'),
    owner: namedPersonSchema,
    documents: z.int().describe('Documents in it, without those in the trash.'),
    createdAt: isoTime,
    updatedAt: isoTime.describe('When it, or a document in it, was last changed.'),
    deletedAt: isoTime.nullable(),
  })
  .meta({ id: 'Collection' });
export type CollectionView = z.infer<typeof collectionSchema>;

export const collectionPageSchema = pageOf(collectionSchema).meta({ id: 'CollectionPage' });

export const listCollectionsSchema = z.strictObject({
  ...pageFields,
  status: z
    .enum(['online', 'deleted'])
    .default('online')
    .describe('`deleted`: the caller’s own in the trash.'),
});
export type ListCollections = z.infer<typeof listCollectionsSchema>;

const name = storableText().trim().min(1).max(120);
const description = storableText().trim().max(500);
const visibility = z
  .enum(COLLECTION_VISIBILITIES)
  .describe('Who may read it: its owner alone, the people chosen, or everyone who signs in.');

export const newCollectionSchema = z
  .strictObject({
    name,
    description: description.optional(),
    visibility: visibility.optional(),
  })
  .meta({ id: 'NewCollection' });
export type NewCollection = z.infer<typeof newCollectionSchema>;

export const changeCollectionSchema = z
  .strictObject({
    name: name.optional(),
    description: description.optional(),
    visibility: visibility.optional().describe('By its owner alone.'),
  })
  .meta({ id: 'ChangeCollection' });
export type ChangeCollection = z.infer<typeof changeCollectionSchema>;

export const storageSchema = z
  .object({
    usedBytes: z.int().describe('By the documents in the caller’s own collections.'),
    maximumBytes: z.int(),
    maximumUploadBytes: z.int().describe('The largest file that is accepted.'),
  })
  .meta({ id: 'KnowledgeStorage' });
export type StorageView = z.infer<typeof storageSchema>;

const role = z
  .enum(SHARE_ROLES)
  .describe('`editor`: may add, change and delete documents; `reader`: may read them.');

export const putPeopleSchema = z
  .strictObject({
    people: z
      .array(z.strictObject({ userId: z.int().min(1).max(LARGEST_ID), role }))
      .max(MOST_SHARES)
      .refine((people) => new Set(people.map(({ userId }) => userId)).size === people.length)
      .describe('Everybody it is shared with from now on; nobody else.'),
  })
  .meta({ id: 'PutPeople' });
export type PutPeople = z.infer<typeof putPeopleSchema>;

export const sharedPeopleSchema = z
  .object({
    people: z.array(z.object({ userId: z.int(), role, name: z.string() })),
  })
  .meta({ id: 'SharedPeople' });
export type SharedPeople = z.infer<typeof sharedPeopleSchema>;

export const findPeopleSchema = z.strictObject({
  ...pageFields,
  q: storableText().max(100).default('').describe('Part of a name or of a username.'),
});
export type FindPeople = z.infer<typeof findPeopleSchema>;

export const peoplePageSchema = pageOf(namedPersonSchema).meta({ id: 'PeoplePage' });
