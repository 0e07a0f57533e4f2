import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Document, IngestJob } from '#db';
import { IngestQueue } from '../../src/ingest/ingest-queue.js';
import { FakeOpenSearch } from '../fakes/opensearch.js';
import { aFirstAdministrator, type ApiClient } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';
import { aCollection, addDocument, until, untilDone, untilIdle } from './given-documents.js';

const PAGE_BYTES = 700_000;

/** What is not there when a document is read: room for a page, a limit's rest, OpenSearch. */
describe('documents that have to wait', () => {
  let app: TestApp;
  let outside: Server;
  let search: FakeOpenSearch;
  let admin: ApiClient;
  let mine: { userId: number; collectionId: number };

  /** Pages, and a model that makes vectors. */
  const answer = (path: string, sent: string): string => {
    if (!path.endsWith('/embeddings')) return `<main><p>${'uma linha. '.repeat(PAGE_BYTES / 11)}`;
    const { input } = JSON.parse(sent) as { input: string[] };
    const data = input.map((_text, index) => ({ index, embedding: [1, 0, 0, 0, 0, 0, 0, 0] }));
    return JSON.stringify({ data, usage: { prompt_tokens: 9 } });
  };

  beforeAll(async () => {
    search = await FakeOpenSearch.start();
    outside = createServer((request, response) => {
      let sent = '';
      request.on('data', (part) => (sent += String(part)));
      request.on('end', () => {
        const path = request.url ?? '';
        const type = path.endsWith('/embeddings') ? 'application/json' : 'text/html';
        response.writeHead(200, { 'content-type': type }).end(answer(path, sent));
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => outside.once('listening', resolve));
    const { port } = outside.address() as AddressInfo;
    const host = `127.0.0.1:${String(port)}`;
    app = await startTestApp('sqlite', {
      ...{ FETCH_ALLOW: host, KNOWLEDGE_MB_PER_PERSON: '1', OPENSEARCH_URL: search.url },
      ...{ OPENAI_BASE_URL: `http://${host}/v1`, OPENAI_API_KEY: 'sk-test' },
      ...{ EMBEDDING_MODEL: 'openai/vectors', EMBEDDING_DIMENSIONS: '8' },
    });
    ({ client: admin } = await aFirstAdministrator(app));
    mine = await aCollection(app);
  });
  afterAll(async () => {
    await app.close();
    await search.stop();
    outside.close();
  });

  const page = (name: string, owner: typeof mine) => {
    const { port } = outside.address() as AddressInfo;
    const url = `http://127.0.0.1:${String(port)}/${name}`;
    return addDocument(app, owner, { name, bytes: '', kind: 'page', url });
  };
  const versionOf = (id: number) =>
    app.dataSource.query<{ status: string; error_code: string | null; bytes: number }[]>(
      `SELECT status, error_code, bytes FROM document_versions WHERE id = ${String(id)}`,
    );
  /** Everything that waits for its time is begun now. */
  const hurry = async () => {
    const jobs = app.dataSource.createQueryBuilder().update(IngestJob);
    await jobs.set({ runAfter: new Date(0) }).execute();
    app.app.get(IngestQueue, { strict: false }).wake();
  };

  it('should refuse a page that is more than its owner has room for, once it is here', async () => {
    const owner = await aCollection(app, 'caio');
    const [first, second] = [await page('first', owner), await page('second', owner)];
    const ends = [await untilDone(app, first.versionId), await untilDone(app, second.versionId)];
    expect(ends.map(({ status }) => status).sort()).toEqual(['failed', 'ready']);
    const failed = ends.find(({ status }) => status === 'failed');
    expect(failed).toMatchObject({ errorCode: 'COLLECTION.NO_ROOM', bytes: 0 });
    expect(failed?.errorDetails).toBe('{"mb":1}');
  });

  it('should wait for a limit that stops its vectors, say so, and go on when it has room', async () => {
    const limit = { scope: 'everyone', measure: 'tokens', period: 'day', amount: 1 };
    const { status, body } = await admin.put('/api/limits', limit);
    expect({ status, body }).toMatchObject({ status: 200 });
    const { versionId } = await addDocument(app, mine, {
      ...{ name: 'limite.txt', bytes: 'A piscina fecha às segundas.' },
    });
    await until(async () => (await versionOf(versionId))[0]?.error_code !== null);
    expect(await versionOf(versionId)).toMatchObject([
      { status: 'waiting', error_code: 'LIMIT.TOKENS' },
    ]);
    const [job] = await app.dataSource.getRepository(IngestJob).findBy({ versionId });
    expect(job?.attempts).toBe(0);
    expect((await admin.delete(`/api/limits/${String(body['id'])}`)).status).toBe(204);
    await hurry();
    expect(await untilDone(app, versionId)).toMatchObject({ status: 'ready', errorCode: null });
  });

  it('should tell OpenSearch, when it is back, of what was added and renamed while it was away', async () => {
    await untilIdle(app);
    const told = () =>
      JSON.stringify(search.told.filter(({ path }) => path === '/_bulk').map(({ body }) => body));
    search.isThere = false;
    const added = await addDocument(app, mine, { name: 'fora.txt', bytes: 'O sabiá canta cedo.' });
    expect(await untilDone(app, added.versionId)).toMatchObject({ status: 'ready' });
    const jobs = () => app.dataSource.getRepository(IngestJob).findBy({ kind: 'tell' });
    expect(await jobs()).toMatchObject([{ versionId: added.versionId }]);
    const before = search.told.length;
    search.isThere = true;
    search.told.length = 0;
    expect(before).toBeGreaterThan(0);
    await until(async () => {
      await hurry();
      return (await jobs()).length === 0;
    });
    expect(told()).toContain('sabiá');
    const document = await app.dataSource
      .getRepository(Document)
      .findOneByOrFail({ id: added.documentId });
    expect(document.versionId).toBe(added.versionId);
  });
});
