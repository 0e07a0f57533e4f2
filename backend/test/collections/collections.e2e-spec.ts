import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Collection, Document, DocumentVersion, IngestJob } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { CollectionsTrashCleaner } from '../../src/collections/trash/collections-trash-cleaner.js';
import { aFirstAdministrator, aForm, aPerson, type TestPerson } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';
import { aCollection, anUpload, aReadyDocument, at, codeOf, doc, ids, itemsOf } from './given.js';

const DAY_MS = 24 * 3_600_000;

describe.each(TEST_ENGINES)('collections on %s', (engine) => {
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

  const jobsOf = (versionId: number) =>
    app.dataSource.getRepository(IngestJob).findBy({ versionId });

  it('should make, show, change and list a collection', async () => {
    const made = await ana.client.post('/api/collections', {
      name: ' Férias e ponto ',
      description: 'Regras da casa',
    });
    expect(made.status).toBe(201);
    const id = Number(made.body['id']);
    expect(made.body).toEqual({
      ...{ id, name: 'Férias e ponto', description: 'Regras da casa', visibility: 'private' },
      ...{ role: 'owner', documents: 0, deletedAt: null },
      owner: { id: ana.user.id, name: 'ana' },
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    expect((await ana.client.get(at(id))).body).toEqual(made.body);
    const changed = await ana.client.patch(at(id), { name: 'RH', visibility: 'everyone' });
    expect(changed.body).toMatchObject({ name: 'RH', visibility: 'everyone' });
    expect((await bruno.client.get(at(id))).body).toMatchObject({ role: 'reader', name: 'RH' });
    expect(itemsOf(await bruno.client.get('/api/collections'))).toMatchObject([{ id }]);
    await ana.client.patch(at(id), { visibility: 'private' });
    expect(codeOf(await bruno.client.get(at(id)))).toBe('COLLECTION.NOT_FOUND');
    expect(ids(await bruno.client.get('/api/collections'))).toEqual([]);
  });

  it('should turn pages, last changed first', async () => {
    const own = [];
    for (const name of ['um', 'dois', 'três']) own.push(await aCollection(ana, { name }));
    await ana.client.patch(at(own[0] ?? 0), { name: 'um, outra vez' });
    const first = await ana.client.get('/api/collections?limit=2');
    expect(ids(first)).toEqual([own[0], own[2]]);
    const next = String(first.body['nextCursor']);
    const second = await ana.client.get(`/api/collections?limit=2&cursor=${next}`);
    expect(ids(second)[0]).toBe(own[1]);
    const foreign = await ana.client.get(`/api/collections?status=deleted&cursor=${next}`);
    expect(codeOf(foreign)).toBe('REQUEST.INVALID');
  });

  it('should share with chosen people, as readers and as editors', async () => {
    const id = await aCollection(ana, { visibility: 'shared' });
    const document = await anUpload(ana, id, 'trinta dias');
    const share = (role: string) =>
      ana.client.put(at(id, '/people'), { people: [{ userId: bruno.user.id, role }] });
    expect(codeOf(await bruno.client.get(at(id)))).toBe('COLLECTION.NOT_FOUND');
    expect((await share('reader')).body).toEqual({
      people: [{ userId: bruno.user.id, role: 'reader', name: 'bruno' }],
    });
    expect((await bruno.client.get(at(id))).body).toMatchObject({ role: 'reader' });
    for (const answer of [
      await bruno.client.patch(at(id), { name: 'Minha' }),
      await bruno.client.delete(at(id)),
      await bruno.client.delete(at(id, '/permanently')),
      await bruno.client.get(at(id, '/people')),
      await bruno.client.put(at(id, '/people'), { people: [] }),
      await bruno.client.post(at(id, '/documents'), aForm('x', 'x.txt')),
      await bruno.client.get(at(id, '/documents?status=deleted')),
      await bruno.client.patch(doc(document), { title: 'Meu' }),
      await bruno.client.delete(doc(document)),
      await bruno.client.put(doc(document, '/content'), aForm('y', 'y.txt')),
    ]) {
      expect({ status: answer.status, code: codeOf(answer) }).toEqual({
        status: 403,
        code: 'COLLECTION.READ_ONLY',
      });
    }
    await share('editor');
    expect((await bruno.client.get(at(id))).body).toMatchObject({ role: 'editor' });
    expect((await bruno.client.patch(doc(document), { title: 'Nosso' })).status).toBe(200);
    const visibility = await bruno.client.patch(at(id), { visibility: 'everyone' });
    expect(codeOf(visibility)).toBe('COLLECTION.READ_ONLY');
    expect(codeOf(await bruno.client.delete(at(id)))).toBe('COLLECTION.READ_ONLY');
    await ana.client.put(at(id, '/people'), { people: [] });
    expect(codeOf(await bruno.client.get(doc(document)))).toBe('DOCUMENT.NOT_FOUND');
  });

  it('should share with nobody who is not there, and leave all as it was', async () => {
    const id = await aCollection(ana, { visibility: 'shared' });
    const reader = { userId: bruno.user.id, role: 'reader' };
    await ana.client.put(at(id, '/people'), { people: [reader] });
    for (const userId of [2_147_483_646, ana.user.id]) {
      const people = [{ userId, role: 'editor' }];
      expect(codeOf(await ana.client.put(at(id, '/people'), { people }))).toBe('USER.NOT_FOUND');
    }
    expect((await bruno.client.get(at(id))).body).toMatchObject({ role: 'reader' });
  });

  it('should name people to share with, but nobody suspended, and not oneself', async () => {
    const carla = await aPerson(app, admin, 'carla');
    const find = async (q: string) =>
      itemsOf<{ name: string }>(await ana.client.get(`/api/people?q=${q}`)).map(({ name }) => name);
    expect(await find('AR')).toEqual(['carla']);
    expect(await find('')).toEqual(['admin', 'bruno', 'carla']);
    expect(await find('%25')).toEqual([]);
    await admin.client.patch(`/api/users/${String(carla.user.id)}`, { suspended: true });
    expect(await find('carla')).toEqual([]);
  });

  it('should keep what is in the trash from those who only read', async () => {
    const id = await aCollection(ana, { visibility: 'everyone' });
    const document = await anUpload(ana, id, 'quase público');
    expect((await bruno.client.get(doc(document))).status).toBe(200);
    await ana.client.delete(doc(document));
    expect(codeOf(await bruno.client.get(doc(document)))).toBe('DOCUMENT.NOT_FOUND');
    await ana.client.post(doc(document, '/restore'));
    await ana.client.delete(at(id));
    expect(codeOf(await bruno.client.get(at(id)))).toBe('COLLECTION.NOT_FOUND');
    expect(codeOf(await bruno.client.get(doc(document)))).toBe('DOCUMENT.NOT_FOUND');
  });

  it('should put a collection into the trash, take it out, and delete it for good', async () => {
    const id = await aCollection(ana);
    const { document, version } = await aReadyDocument(app, id, ['um', 'dois']);
    await ana.client.delete(at(id));
    expect(ids(await ana.client.get('/api/collections?status=deleted'))).toContain(id);
    expect(ids(await ana.client.get('/api/collections'))).not.toContain(id);
    expect(codeOf(await ana.client.patch(at(id), { name: 'a' }))).toBe('COLLECTION.DELETED');
    expect(codeOf(await ana.client.delete(doc(document)))).toBe('COLLECTION.DELETED');
    await ana.client.post(at(id, '/restore'));
    expect((await ana.client.get(doc(document))).status).toBe(200);
    expect((await ana.client.delete(at(id, '/permanently'))).status).toBe(204);
    expect(codeOf(await ana.client.get(at(id)))).toBe('COLLECTION.NOT_FOUND');
    expect(codeOf(await ana.client.get(doc(document)))).toBe('DOCUMENT.NOT_FOUND');
    const left = await app.dataSource.query<unknown[]>(
      `SELECT id FROM chunks WHERE version_id = ${String(version)}`,
    );
    expect(left).toEqual([]);
  });

  it('should empty the trash of what was there too long, and of what never arrived', async () => {
    const [kept, gone] = [await aCollection(ana), await aCollection(ana)];
    const old = await aReadyDocument(app, kept, ['velho']);
    const recent = await aReadyDocument(app, kept, ['novo']);
    const inside = await aReadyDocument(app, gone, ['dentro']);
    const cutOff = await aReadyDocument(app, kept, ['nunca chegou']);
    const rows = app.dataSource.manager;
    await ana.client.delete(doc(old.document));
    await ana.client.delete(at(gone));
    const before = new Date(Date.now() - 31 * DAY_MS);
    await rows.update(Document, { id: old.document }, { deletedAt: before });
    await rows.update(Collection, { id: gone }, { deletedAt: before });
    await rows.update(Document, { id: cutOff.document }, { createdAt: before });
    const receiving = { status: 'receiving', createdAt: before, finishedAt: null } as const;
    await rows.update(DocumentVersion, { id: cutOff.version }, receiving);
    await ana.client.delete(doc(recent.document));
    await app.app.get(CollectionsTrashCleaner).clean(new Date());
    const left = await rows.find(Document, {
      where: [{ collectionId: kept }, { collectionId: gone }],
    });
    expect(left.map(({ id }) => id)).toEqual([recent.document]);
    expect(await rows.countBy(Collection, { id: gone })).toBe(0);
    for (const { version } of [old, inside]) {
      expect(await jobsOf(version)).not.toContainEqual(expect.objectContaining({ kind: 'ingest' }));
    }
  });

  it('should pass on what a deleted person shared, and nothing that nobody else could read', async () => {
    const diego = await aPerson(app, admin, `diego.${engine}`);
    const everyone = await aCollection(diego, { visibility: 'everyone' });
    const shared = await aCollection(diego, { visibility: 'shared' });
    const people = [{ userId: admin.user.id, role: 'editor' }];
    await diego.client.put(at(shared, '/people'), { people });
    const unshared = await aCollection(diego, { visibility: 'shared' });
    const own = await aCollection(diego);
    const { document } = await aReadyDocument(app, everyone, ['fica']);
    await aReadyDocument(app, own, ['vai']);
    expect((await admin.client.delete(`/api/users/${String(diego.user.id)}`)).status).toBe(204);
    for (const id of [everyone, shared]) {
      expect((await admin.client.get(at(id))).body).toMatchObject({ role: 'owner' });
    }
    expect((await admin.client.get(at(shared, '/people'))).body).toEqual({ people: [] });
    expect((await bruno.client.get(doc(document))).status).toBe(200);
    for (const id of [unshared, own]) {
      expect(codeOf(await admin.client.get(at(id)))).toBe('COLLECTION.NOT_FOUND');
    }
    expect(await app.dataSource.getRepository(Collection).countBy({ id: own })).toBe(0);
  });
});
