import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Collection, Document, DocumentVersion } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { aFirstAdministrator, aForm, aPerson, type TestPerson } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';
import {
  aCollection,
  addReadyVersion,
  anUpload,
  aReadyDocument,
  at,
  cite,
  codeOf,
  doc,
  ids,
  itemsOf,
} from './given.js';

describe.each(TEST_ENGINES)('documents on %s', (engine) => {
  let app: TestApp;
  let admin: TestPerson;
  let ana: TestPerson;
  let bruno: TestPerson;

  beforeAll(async () => {
    app = await startTestApp(engine);
    admin = await aFirstAdministrator(app);
    ana = await aPerson(app, admin, 'ana');
    bruno = await aPerson(app, admin, 'bruno');
  });

  afterAll(() => app.close());

  it('should take a file in, keep its bytes, and have it prepared', async () => {
    const id = await aCollection(ana);
    const made = await ana.client.post(at(id, '/documents'), aForm('olá, mundo', 'Olá.txt'));
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      ...{ collectionId: id, kind: 'file', title: 'Olá', fileName: 'Olá.txt', bytes: 11 },
      ...{ version: null, error: null, deletedAt: null },
    });
    const document = Number(made.body['id']);
    const file = await ana.client.get(doc(document, '/file'));
    expect(file.text).toBe('olá, mundo');
    expect(Object.fromEntries(file.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="Ol_.txt"; filename*=UTF-8''Ol%C3%A1.txt`,
      'x-content-type-options': 'nosniff',
      'content-length': '11',
    });
    expect((await ana.client.get(at(id))).body).toMatchObject({ documents: 1 });
  });

  it('should make a version of what replaces a file', async () => {
    const id = await aCollection(ana);
    const document = await anUpload(ana, id, 'primeira');
    const put = await ana.client.put(doc(document, '/content'), aForm('segunda', 'b.md'));
    expect({ http: put.status, ...put.body }).toMatchObject({ http: 202, fileName: 'b.md' });
    const versions = itemsOf<{ id: number; n: number }>(
      await ana.client.get(doc(document, '/versions')),
    );
    expect(versions.map(({ n }) => n)).toEqual([2, 1]);
    const first = versions[1]?.id ?? 0;
    const old = await ana.client.get(doc(document, `/file?version=${String(first)}`));
    expect(old.text).toBe('primeira');
    const other = await anUpload(ana, id, 'de outro documento');
    expect(codeOf(await ana.client.get(doc(other, `/file?version=${String(first)}`)))).toBe(
      'DOCUMENT.NOT_FOUND',
    );
  });

  it('should find the same bytes again in their collection, and keep nothing twice', async () => {
    const id = await aCollection(ana);
    const document = await anUpload(ana, id, 'iguais', 'a.txt');
    const again = await ana.client.post(at(id, '/documents'), aForm('iguais', 'b.txt'));
    expect({ status: again.status, error: again.body['error'] }).toMatchObject({
      status: 409,
      error: { code: 'DOCUMENT.SAME', details: { documentId: document } },
    });
    expect(await app.dataSource.getRepository(Document).countBy({ collectionId: id })).toBe(1);
    const together = await Promise.all(
      [1, 2, 3].map(() => ana.client.post(at(id, '/documents'), aForm('juntos', 'c.txt'))),
    );
    expect(together.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    await anUpload(ana, await aCollection(ana), 'iguais');
    await ana.client.delete(doc(document));
    await anUpload(ana, id, 'iguais');
  });

  it('should put a document into the trash and take it out', async () => {
    const id = await aCollection(ana);
    const document = await anUpload(ana, id, 'some');
    expect((await ana.client.delete(doc(document))).status).toBe(204);
    expect((await ana.client.delete(doc(document))).status).toBe(204);
    expect(ids(await ana.client.get(at(id, '/documents')))).toEqual([]);
    expect(ids(await ana.client.get(at(id, '/documents?status=deleted')))).toEqual([document]);
    expect(codeOf(await ana.client.patch(doc(document), { title: 'a' }))).toBe('DOCUMENT.DELETED');
    expect((await ana.client.post(doc(document, '/restore'))).body).toMatchObject({
      deletedAt: null,
    });
    expect(ids(await ana.client.get(at(id, '/documents')))).toEqual([document]);
  });

  it('should move a document with its passages', async () => {
    const [from, to] = [await aCollection(ana), await aCollection(ana)];
    const { document, version } = await aReadyDocument(app, from, ['um']);
    const foreign = await aCollection(bruno);
    const refused = await ana.client.patch(doc(document), { collectionId: foreign });
    expect(codeOf(refused)).toBe('COLLECTION.NOT_FOUND');
    const moved = await ana.client.patch(doc(document), { collectionId: to, title: 'Lá' });
    expect(moved.body).toMatchObject({ collectionId: to, title: 'Lá' });
    const rows = await app.dataSource.query<unknown[]>(
      `SELECT collection_id AS id FROM chunks WHERE version_id = ${String(version)}`,
    );
    expect(rows).toEqual([{ id: to }]);
  });

  it('should let an editor move a document among the collections of its owner, and not away', async () => {
    const [from, to] = [await aCollection(ana), await aCollection(ana)];
    for (const id of [from, to]) {
      await ana.client.patch(at(id), { visibility: 'shared' });
      const people = [{ userId: bruno.user.id, role: 'editor' }];
      await ana.client.put(at(id, '/people'), { people });
    }
    const { document } = await aReadyDocument(app, from, ['dela']);
    const away = { collectionId: await aCollection(bruno) };
    expect(codeOf(await bruno.client.patch(doc(document), away))).toBe('COLLECTION.READ_ONLY');
    const moved = await bruno.client.patch(doc(document), { collectionId: to });
    expect(moved.body).toMatchObject({ collectionId: to });
  });

  it('should read the text passage by passage, and one with its neighbours', async () => {
    const id = await aCollection(ana);
    const { document, version } = await aReadyDocument(app, id, ['a', 'b', 'c', 'd', 'e', 'f']);
    const first = await ana.client.get(doc(document, '/text?limit=4'));
    expect(itemsOf<{ text: string }>(first).map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd']);
    const cursor = String(first.body['nextCursor']);
    const rest = await ana.client.get(doc(document, `/text?limit=4&cursor=${cursor}`));
    expect(rest.body).toMatchObject({
      items: [{ n: 5, page: 1, heading: 'Regras', text: 'e' }, { n: 6 }],
      nextCursor: null,
    });
    const passage = await ana.client.get(doc(document, '/passages/2'));
    expect(passage.body).toMatchObject({
      ...{ documentId: document, title: 'Férias', version: { id: version, n: 1 }, n: 2 },
      ...{ isCurrent: true, passages: [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }] },
    });
    expect(codeOf(await ana.client.get(doc(document, '/passages/7')))).toBe('PASSAGE.NOT_FOUND');
    const row = await app.dataSource.getRepository(Document).findOneByOrFail({ id: document });
    await addReadyVersion(app, row, 2, ['outra']);
    expect((await ana.client.get(doc(document, '/passages/1'))).body).toMatchObject({
      passages: [{ text: 'outra' }],
    });
    const old = await ana.client.get(doc(document, `/passages/3?version=${String(version)}`));
    expect(old.body).toMatchObject({ isCurrent: false, n: 3 });
  });

  it('should try a document again that failed, and no other', async () => {
    const id = await aCollection(ana);
    const { document, version } = await aReadyDocument(app, id, ['um']);
    expect(codeOf(await ana.client.post(doc(document, '/retry')))).toBe('DOCUMENT.NOT_FAILED');
    const failed = { status: 'failed', errorCode: 'DOCUMENT.UNREACHABLE' } as const;
    const errorDetails = JSON.stringify({ host: 'example.com', why: 'time' });
    const versions = app.dataSource.getRepository(DocumentVersion);
    await versions.update({ id: version }, { ...failed, errorDetails });
    const shown = await ana.client.get(doc(document), { headers: { 'accept-language': 'en' } });
    expect(shown.body).toMatchObject({ status: 'failed', error: { code: failed.errorCode } });
    expect((shown.body['error'] as { message: string }).message).toContain('example.com');
    const again = await ana.client.post(doc(document, '/retry'));
    expect(again.status).toBe(202);
    expect(again.body['error'] ?? null).toBeNull();
  });

  it('should say which of the caller’s answers cited a document, and nobody else’s', async () => {
    const id = await aCollection(ana, { visibility: 'everyone' });
    const { document } = await aReadyDocument(app, id, ['trinta dias']);
    const posts: { postId: number; conversationId: number }[] = [];
    for (const person of [ana, bruno, ana]) {
      const made = await person.client.post('/api/conversations', { title: 'Férias' });
      const path = `/api/conversations/${String(made.body['id'])}/posts`;
      const post = await person.client.post(path, { prompt: 'Quantos dias?' });
      await cite(app, Number(post.body['id']), document);
      posts.push({ postId: Number(post.body['id']), conversationId: Number(made.body['id']) });
    }
    const own = await ana.client.get(doc(document, '/citations'));
    expect(itemsOf(own)).toEqual([
      expect.objectContaining({
        ...posts[2],
        conversationTitle: 'Férias',
        prompt: 'Quantos dias?',
      }),
      expect.objectContaining({ ...posts[0] }),
    ]);
    await ana.client.delete(`/api/conversations/${String(posts[2]?.conversationId)}`);
    expect(itemsOf(await ana.client.get(doc(document, '/citations')))).toHaveLength(1);
    const page = await bruno.client.get(doc(document, '/citations?limit=1'));
    expect(page.body).toMatchObject({ items: [posts[1]], nextCursor: null });
  });

  it('should attach to a conversation, in a collection that has its fate', async () => {
    const made = await ana.client.post('/api/conversations', {});
    const id = Number(made.body['id']);
    const path = `/api/conversations/${String(id)}`;
    expect(itemsOf(await ana.client.get(`${path}/attachments`))).toEqual([]);
    const added = await Promise.all(
      ['um', 'dois'].map((text) =>
        ana.client.post(`${path}/attachments`, aForm(text, `${text}.txt`)),
      ),
    );
    expect(added.map(({ status }) => status)).toEqual([201, 201]);
    const text = await ana.client.post(`${path}/attachments/texts`, { title: 'T', text: 'três' });
    expect(text.body).toMatchObject({ kind: 'text', title: 'T', fileName: 'T.txt' });
    expect(itemsOf(await ana.client.get(`${path}/attachments`))).toHaveLength(3);
    const collection = await app.dataSource
      .getRepository(Collection)
      .findOneByOrFail({ conversationId: id });
    expect(ids(await ana.client.get('/api/collections'))).not.toContain(collection.id);
    expect(codeOf(await ana.client.get(at(collection.id)))).toBe('COLLECTION.NOT_FOUND');
    const document = Number(text.body['id']);
    await ana.client.delete(path);
    expect(codeOf(await ana.client.delete(doc(document)))).toBe('CONVERSATION.DELETED');
    const late = await ana.client.post(`${path}/attachments`, aForm('quatro', '4.txt'));
    expect(codeOf(late)).toBe('CONVERSATION.DELETED');
    await ana.client.post(`${path}/restore`);
    expect((await ana.client.patch(doc(document), { title: 'U' })).status).toBe(200);
    await ana.client.delete(`${path}/permanently`);
    expect(codeOf(await ana.client.get(doc(document)))).toBe('DOCUMENT.NOT_FOUND');
  });
});
