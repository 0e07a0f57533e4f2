import { createHash } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  Chunk,
  Collection,
  Document,
  type DocumentKind,
  DocumentVersion,
  inTransaction,
  IngestJob,
  User,
} from '#db';
import type { DataSource } from 'typeorm';
import { DocumentBytes, PART_BYTES } from '../../src/ingest/document-bytes.repository.js';
import { IngestQueue } from '../../src/ingest/ingest-queue.js';

/** A server whose parts a test reaches. */
export interface Reachable {
  readonly app: Pick<NestFastifyApplication, 'get'>;
  readonly dataSource: DataSource;
}

export interface NewDocument {
  readonly name: string;
  readonly bytes: Buffer | string;
  readonly kind?: DocumentKind;
  readonly url?: string;
  readonly personId?: number;
  /** Another version of this document. */
  readonly documentId?: number;
}

/** A person with a collection. */
export async function aCollection({ dataSource }: Reachable, name = 'ana') {
  const now = new Date();
  const user = await dataSource.getRepository(User).save({
    username: `${name}${String(Math.random()).slice(2, 10)}`,
    password: '',
    role: 'member' as const,
    mustChangePassword: false,
    locale: 'pt-BR',
    displayName: name,
    createdAt: now,
  });
  const collection = await dataSource.getRepository(Collection).save({
    userId: user.id,
    conversationId: null,
    name: 'Manuais',
    visibility: 'private' as const,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
  });
  return { userId: user.id, collectionId: collection.id };
}

/** Adds a document as an upload does: rows and bytes first, then the work. @returns its version's id. */
export async function addDocument(
  at: Reachable,
  { userId, collectionId }: { readonly userId: number; readonly collectionId: number },
  given: NewDocument,
): Promise<{ documentId: number; versionId: number }> {
  const bytes = Buffer.from(given.bytes);
  const document = await documentFor(at, { userId, collectionId }, given);
  const versions = at.dataSource.getRepository(DocumentVersion);
  const version = await versions.save({
    documentId: document,
    n: (await versions.countBy({ documentId: document })) + 1,
    status: 'waiting' as const,
    fileName: given.name,
    mediaType: 'application/octet-stream',
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    createdBy: userId,
    createdAt: new Date(),
  });
  const store = at.app.get(DocumentBytes, { strict: false });
  for (let n = 1; (n - 1) * PART_BYTES < bytes.length; n += 1) {
    await store.append(version.id, n, bytes.subarray((n - 1) * PART_BYTES, n * PART_BYTES));
  }
  await order(at, version.id);
  return { documentId: document, versionId: version.id };
}

async function documentFor(
  { dataSource }: Reachable,
  { userId, collectionId }: { readonly userId: number; readonly collectionId: number },
  given: NewDocument,
): Promise<number> {
  if (given.documentId !== undefined) return given.documentId;
  const { id } = await dataSource.getRepository(Document).save({
    collectionId,
    kind: given.kind ?? ('file' as const),
    title: given.url ?? given.name,
    url: given.url ?? null,
    createdBy: userId,
    createdAt: new Date(),
    updatedAt: new Date(),
  });
  return id;
}

/** Notes down work for a version, and tells of it. */
export async function order(
  { app, dataSource }: Reachable,
  versionId: number,
  kind: 'ingest' | 'remove' = 'ingest',
): Promise<void> {
  const queue = app.get(IngestQueue, { strict: false });
  await inTransaction(dataSource, (manager) => queue.add(manager, { kind, versionId }));
  queue.wake();
}

/**
 * Waits until something is so.
 * @param mostMs what reading a few documents may take on a busy machine, in milliseconds.
 */
export async function until(condition: () => Promise<boolean>, mostMs = 50_000): Promise<void> {
  const deadline = performance.now() + mostMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('it did not come about');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Waits until the version is ready or has failed. */
export async function untilDone(
  { dataSource }: Pick<Reachable, 'dataSource'>,
  versionId: number,
): Promise<DocumentVersion> {
  const versions = dataSource.getRepository(DocumentVersion);
  await until(async () => {
    const { status } = await versions.findOneByOrFail({ id: versionId });
    return status === 'ready' || status === 'failed';
  });
  return versions.findOneByOrFail({ id: versionId });
}

/** Waits until there is no work left. */
export const untilIdle = ({ dataSource }: Pick<Reachable, 'dataSource'>): Promise<void> =>
  until(async () => (await dataSource.getRepository(IngestJob).count()) === 0);

export const passagesOf = (
  { dataSource }: Pick<Reachable, 'dataSource'>,
  versionId: number,
): Promise<Chunk[]> =>
  dataSource.getRepository(Chunk).find({ where: { versionId }, order: { n: 'ASC' } });
