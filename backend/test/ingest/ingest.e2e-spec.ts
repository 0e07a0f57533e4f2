import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Chunk, Document, DocumentVersion, IngestJob } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { KnowledgeSearch } from '../../src/knowledge/search/knowledge-search.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';
import { pdfOf } from './files/pdf-writer.js';
import {
  aCollection,
  addDocument,
  order,
  passagesOf,
  until,
  untilDone,
  untilIdle,
} from './given-documents.js';

const PARAGRAPH =
  'A manutenção preventiva das bombas deve ser feita a cada noventa dias pela equipe de plantão. ';

describe.each(TEST_ENGINES)('documents that are added, on %s', (engine) => {
  let app: TestApp;
  let site: Server;
  let siteUrl: string;
  let mine: { userId: number; collectionId: number };

  beforeAll(async () => {
    site = createServer((request, response) => {
      response.writeHead(request.url === '/gone' ? 404 : 200, { 'content-type': 'text/html' });
      response.end(
        `<title>Horários da biblioteca</title><nav>Início</nav><main><h1>Horários</h1><p>${'A biblioteca abre às nove horas e fecha às dezoito. '.repeat(12)}</p></main>`,
      );
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => site.once('listening', resolve));
    siteUrl = `http://127.0.0.1:${String((site.address() as AddressInfo).port)}`;
    app = await startTestApp(engine, { FETCH_ALLOW: siteUrl.slice(7) });
    mine = await aCollection(app);
  });
  afterAll(async () => {
    await app.close();
    site.close();
  });

  const find = (text: string, userId = mine.userId) =>
    app.app.get(KnowledgeSearch, { strict: false }).search({
      userId,
      collectionIds: null,
      conversationId: null,
      text,
      language: 'pt-BR',
      limit: 5,
    });

  it('should read a PDF, keep its pages, and make it findable for who may read it', async () => {
    const pages = ['bombas', 'caldeiras', 'elevadores'].map((name, page) => [
      { text: `Capítulo ${String(page + 1)}: ${name}`, y: 700, size: 18 },
      { text: `As ${name} são inspecionadas por um técnico credenciado.`, y: 660 },
    ]);
    const added = await addDocument(app, mine, { name: 'manual.pdf', bytes: pdfOf(pages) });
    const version = await untilDone(app, added.versionId);
    expect(version).toMatchObject({
      status: 'ready',
      progress: 100,
      mediaType: 'application/pdf',
      pages: 3,
      chunkCount: 3,
      errorCode: null,
    });
    const [first] = await find('caldeiras inspecionadas por técnico credenciado');
    expect(first).toMatchObject({
      documentId: added.documentId,
      versionId: added.versionId,
      page: 2,
      heading: 'Capítulo 2: caldeiras',
    });
    const stranger = await aCollection(app, 'rui');
    expect(await find('caldeiras inspecionadas por técnico credenciado', stranger.userId)).toEqual(
      [],
    );
  });

  it('should show the newer version only when it is complete, and then no longer the older', async () => {
    const old = await addDocument(app, mine, {
      name: 'a.txt',
      bytes: 'O prazo antigo era jabuticaba.',
    });
    await untilDone(app, old.versionId);
    const broken = await addDocument(app, mine, {
      name: 'a.pdf',
      bytes: '%PDF-1.7 nada',
      documentId: old.documentId,
    });
    expect(await untilDone(app, broken.versionId)).toMatchObject({
      status: 'failed',
      errorCode: 'DOCUMENT.DAMAGED',
    });
    expect(await find('prazo jabuticaba')).toHaveLength(1);
    const next = await addDocument(app, mine, {
      name: 'a.txt',
      bytes: 'O prazo novo é pitanga.',
      documentId: old.documentId,
    });
    await untilDone(app, next.versionId);
    await untilIdle(app);
    expect(await find('prazo jabuticaba')).not.toContainEqual(
      expect.objectContaining({ versionId: old.versionId }),
    );
    expect((await find('prazo pitanga'))[0]).toMatchObject({ versionId: next.versionId });
    // What answers stood on can still be read.
    expect(await passagesOf(app, old.versionId)).toHaveLength(1);
  });

  it('should say why a document cannot be read, and go on with the next', async () => {
    const bad = await addDocument(app, mine, {
      name: 'foto.jpg',
      bytes: Buffer.from('ffd8ffe000104a464946', 'hex'),
    });
    const good = await addDocument(app, mine, { name: 'b.txt', bytes: 'Depois dele veio este.' });
    expect(await untilDone(app, good.versionId)).toMatchObject({ status: 'ready' });
    expect(await untilDone(app, bad.versionId)).toMatchObject({
      status: 'failed',
      errorCode: 'DOCUMENT.TYPE',
      chunkCount: null,
    });
  });

  it('should fetch a page through the guarded door, once', async () => {
    const page = { name: 'página', bytes: '', kind: 'page' as const };
    const read = await addDocument(app, mine, { ...page, url: `${siteUrl}/horarios` });
    const inside = await addDocument(app, mine, { ...page, url: 'http://127.0.0.2/' });
    const gone = await addDocument(app, mine, { ...page, url: `${siteUrl}/gone` });
    expect(await untilDone(app, read.versionId)).toMatchObject({
      status: 'ready',
      mediaType: 'text/html',
    });
    expect(await untilDone(app, inside.versionId)).toMatchObject({
      errorCode: 'DOCUMENT.PRIVATE',
      errorDetails: '{"host":"127.0.0.2"}',
    });
    const failed = await untilDone(app, gone.versionId);
    expect(failed.errorCode).toBe('DOCUMENT.UNREACHABLE');
    expect(JSON.parse(String(failed.errorDetails))).toMatchObject({ why: 'HTTP 404' });
    const document = await app.dataSource
      .getRepository(Document)
      .findOneBy({ id: read.documentId });
    expect(document?.title).toBe('Horários da biblioteca');
    const text = (await passagesOf(app, read.versionId)).map(({ text }) => text).join('');
    expect(text).toMatch(/abre às nove horas/);
    expect(text).not.toMatch(/Início/);
  });

  it('should leave nothing of a document that is deleted while it is read', async () => {
    const long = await addDocument(app, mine, {
      name: 'longo.txt',
      bytes: PARAGRAPH.repeat(20_000),
    });
    const chunks = app.dataSource.getRepository(Chunk);
    await until(async () => (await chunks.countBy({ versionId: long.versionId })) > 40);
    await app.dataSource.getRepository(Document).delete({ id: long.documentId });
    await order(app, long.versionId, 'remove');
    await untilIdle(app);
    expect(await chunks.countBy({ versionId: long.versionId })).toBe(0);
    expect(
      await app.dataSource.getRepository(DocumentVersion).findOneBy({ id: long.versionId }),
    ).toBeNull();
    const words = await app.dataSource.query<{ id: number }[]>(
      engine === 'sqlite' ? 'SELECT rowid AS id FROM chunk_words' : 'SELECT id FROM chunk_words',
    );
    const kept = new Set((await chunks.find({ select: { id: true } })).map(({ id }) => id));
    expect(words.filter(({ id }) => !kept.has(id))).toEqual([]);
  });

  it('should serve one person’s document before the rest of another’s many', async () => {
    const busy = await aCollection(app, 'lia');
    const quick = await aCollection(app, 'davi');
    const many = [];
    for (let n = 0; n < 3; n += 1) {
      many.push(
        await addDocument(app, busy, { name: `${String(n)}.txt`, bytes: `Nota ${String(n)}` }),
      );
    }
    const one = await addDocument(app, quick, { name: 'um.txt', bytes: 'Só um.' });
    await untilIdle(app);
    const versions = app.dataSource.getRepository(DocumentVersion);
    const ends = await Promise.all(
      [...many, one].map(
        async ({ versionId }) =>
          (await versions.findOneByOrFail({ id: versionId })).finishedAt?.getTime() ?? 0,
      ),
    );
    const ofOne = ends.pop() ?? 0;
    expect(ends.filter((end) => end > ofOne).length).toBeGreaterThanOrEqual(1);
    expect(await app.dataSource.getRepository(IngestJob).count()).toBe(0);
  });
});
