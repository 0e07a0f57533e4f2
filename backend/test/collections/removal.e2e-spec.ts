import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BEING_DELETED, Chunk, Document, DocumentVersion } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { CollectionsTrashCleaner } from '../../src/collections/trash/collections-trash-cleaner.js';
import { RemovalRepository } from '../../src/collections/trash/removal.repository.js';
import { aFirstAdministrator, type ApiClient } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';
import { untilDone } from '../ingest/given-documents.js';
import { anUpload } from './given.js';

const DAY_MS = 86_400_000;
const LONG = Array.from({ length: 6000 }, (_, n) => `Frase ${String(n)} da bomba de água.`).join(
  ' ',
);

describe.each(TEST_ENGINES)('deleting documents for good on %s', (engine) => {
  let app: TestApp;
  let client: ApiClient;
  let collection: number;

  beforeAll(async () => {
    app = await startTestApp(engine);
    ({ client } = await aFirstAdministrator(app));
    const made = await client.post('/api/collections', { name: 'Manuais' });
    collection = Number(made.body['id']);
  });
  afterAll(() => app.close());

  const aText = async (title: string, text: string) => {
    const at = `/api/collections/${String(collection)}/documents/texts`;
    const { body } = await client.post(at, { title, text });
    const id = Number(body['id']);
    const version = await app.dataSource
      .getRepository(DocumentVersion)
      .findOneByOrFail({ documentId: id });
    await untilDone(app, version.id);
    return id;
  };
  const removal = () => app.app.get(RemovalRepository, { strict: false });
  const passagesOf = (documentId: number) =>
    app.dataSource.getRepository(Chunk).countBy({ documentId });

  it('should keep what was taken out of the trash just before it is cleaned', async () => {
    const id = await aText('Volta', 'O guarda-chuva fica na portaria.');
    await client.delete(`/api/documents/${String(id)}`);
    const due = await removal().documentsDeletedBefore(new Date(Date.now() + DAY_MS), 10);
    expect(due).toEqual([id]);
    await client.post(`/api/documents/${String(id)}/restore`, {});
    expect(await removal().condemn(due, new Date(Date.now() + DAY_MS))).toEqual([]);
    expect((await client.get(`/api/documents/${String(id)}`)).status).toBe(200);
  });

  it('should delete the bytes of a large document some parts at a time', async () => {
    const content = Array.from({ length: 60_000 }, (_, n) => `Linha ${String(n)} do registro.\n\n`);
    const id = await anUpload({ client }, collection, content.join('').slice(0, 1_200_000));
    const parts = async () => {
      const [row] = await app.dataSource.query<{ many: number | string }[]>(
        `SELECT COUNT(*) AS many FROM document_parts p INNER JOIN document_versions v
          ON v.id = p.version_id WHERE v.document_id = ${String(id)}`,
      );
      return Number(row?.many);
    };
    expect(await parts()).toBe(3);
    expect(await removal().condemn([id])).toEqual([id]);
    expect(await removal().deleteSomeBytes([id], 2)).toBe(true);
    expect(await parts()).toBe(1);
    expect(await removal().deleteSomeBytes([id], 2)).toBe(false);
    expect(await parts()).toBe(0);
    await app.app.get(CollectionsTrashCleaner, { strict: false }).clean(new Date());
    expect(await app.dataSource.getRepository(Document).countBy({ id })).toBe(0);
  });

  it('should delete a long document some passages at a time, out of sight meanwhile', async () => {
    const id = await aText('Longo', LONG);
    const all = await passagesOf(id);
    expect(all).toBeGreaterThan(150);
    expect(await removal().condemn([id])).toEqual([id]);
    expect(await removal().deleteSomePassages([id], 100)).toBe(true);
    expect(await passagesOf(id)).toBe(all - 100);
    const at = `/api/documents/${String(id)}`;
    expect((await client.get(at)).status).toBe(404);
    expect((await client.post(`${at}/restore`, {})).status).toBe(404);
    const trash = await client.get(
      `/api/collections/${String(collection)}/documents?status=deleted`,
    );
    expect(trash.body['items']).toEqual([]);
    const found = await client.get('/api/knowledge/search?q=bomba');
    expect(found.body['items']).toEqual([]);

    // The process was killed here: the next cleaning ends it.
    await app.app.get(CollectionsTrashCleaner, { strict: false }).clean(new Date());
    const documents = app.dataSource.getRepository(Document);
    expect(await documents.existsBy({ deletedAt: BEING_DELETED })).toBe(false);
    expect(await passagesOf(id)).toBe(0);
  });

  it('should forget what was cut off, and keep what still arrives', async () => {
    const versions = app.dataSource.getRepository(DocumentVersion);
    const id = await aText('Metade', 'O cofre fica no segundo andar.');
    const { createdBy } = await versions.findOneByOrFail({ documentId: id });
    const begun = new Date(Date.now() - DAY_MS);
    const arriving = (n: number, heardOf: Date | null) =>
      versions.save({
        ...{ documentId: id, n, status: 'receiving' as const, fileName: 'a.txt', mediaType: '' },
        ...{
          bytes: 50_000_000,
          sha256: '',
          createdBy,
          createdAt: begun,
          finishedAt: heardOf,
        },
      });
    const cutOff = await arriving(2, null);
    const alive = await arriving(3, new Date());
    await removal().deleteNeverReceived(new Date(Date.now() - 60_000));
    expect(await versions.existsBy({ id: cutOff.id })).toBe(false);
    expect(await versions.existsBy({ id: alive.id })).toBe(true);
  });
});
