import { expect } from '@jest/globals';
import { Chunk, Collection, Document, DocumentVersion, PostSource } from '#db';
import { DocumentBytes } from '../../src/ingest/document-bytes.repository.js';
import { aForm, type ApiAnswer, type TestPerson } from '../harness/api-client.js';
import type { TestApp } from '../harness/test-app.js';

/** The address of a collection, or of what is below it. */
export const at = (id: number | string, rest = '') => `/api/collections/${String(id)}${rest}`;

/** The address of a document, or of what is below it. */
export const doc = (id: number | string, rest = '') => `/api/documents/${String(id)}${rest}`;

/** The code of an error; undefined where there is none. */
export const codeOf = ({ body }: ApiAnswer) =>
  (body['error'] as { code?: string } | undefined)?.code;

/** The items of a page. */
export const itemsOf = <Item = { id: number }>({ body }: ApiAnswer) => body['items'] as Item[];

export const ids = (answer: ApiAnswer) => itemsOf(answer).map(({ id }) => id);

/** A new collection's id. */
export async function aCollection(
  { client }: Pick<TestPerson, 'client'>,
  wish: Readonly<Record<string, unknown>> = {},
): Promise<number> {
  const made = await client.post('/api/collections', { name: 'Manuais', ...wish });
  expect({ status: made.status, text: made.text }).toMatchObject({ status: 201 });
  return Number(made.body['id']);
}

/** The id of a document that somebody uploaded. */
export async function anUpload(
  { client }: Pick<TestPerson, 'client'>,
  collection: number,
  content: string,
  name = 'notas.txt',
): Promise<number> {
  const path = `/api/collections/${String(collection)}/documents`;
  const made = await client.post(path, aForm(content, name));
  expect({ status: made.status, text: made.text }).toMatchObject({ status: 201 });
  return Number(made.body['id']);
}

/** A document whose text is there already: what the work on an upload ends with. */
export async function aReadyDocument(
  app: TestApp,
  collectionId: number,
  texts: readonly string[],
): Promise<{ readonly document: number; readonly version: number }> {
  const rows = app.dataSource.manager;
  const { userId } = await rows.findOneByOrFail(Collection, { id: collectionId });
  const createdAt = new Date();
  const document = await rows.save(
    rows.create(Document, {
      ...{ collectionId, kind: 'file', title: 'Férias', url: null, versionId: null },
      ...{ createdBy: userId, createdAt, updatedAt: createdAt, deletedAt: null },
    }),
  );
  const version = await addReadyVersion(app, document, 1, texts);
  return { document: document.id, version };
}

/** Another version of such a document; it is the one that is found. */
export async function addReadyVersion(
  app: TestApp,
  { id: documentId, collectionId, createdBy }: Document,
  n: number,
  texts: readonly string[],
): Promise<number> {
  const rows = app.dataSource.manager;
  const version = await rows.save(
    rows.create(DocumentVersion, {
      ...{ documentId, n, status: 'ready', errorCode: null, errorDetails: null },
      ...{ fileName: 'ferias.txt', mediaType: 'text/plain', bytes: 10, sha256: `${String(n)}f` },
      ...{ pages: 1, characters: texts.join('').length, chunkCount: texts.length, progress: 100 },
      ...{ createdBy, createdAt: new Date(), finishedAt: new Date() },
    }),
  );
  await app.app.get(DocumentBytes).append(version.id, 1, Buffer.from('0123456789'));
  await rows.insert(
    Chunk,
    texts.map((text, at) => ({
      ...{ versionId: version.id, documentId, collectionId, n: at + 1, page: 1, heading: 'Regras' },
      text,
    })),
  );
  await rows.update(Document, { id: documentId }, { versionId: version.id });
  return version.id;
}

/** Has the answer of a post stand on a document. */
export async function cite(app: TestApp, postId: number, documentId: number): Promise<void> {
  await app.dataSource.getRepository(PostSource).insert({
    ...{ postId, n: 90, kind: 'document', title: 'Férias', url: null, documentId, quote: 'trinta' },
    ...{ versionId: null, passage: 1, page: null, heading: null, host: null },
    ...{ foundAt: null, publishedAt: null },
  });
}
