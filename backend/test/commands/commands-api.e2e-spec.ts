import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Command } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import type { CommandView } from '../../src/commands/commands.schema.js';
import { aFirstAdministrator, aPerson, type TestPerson } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';

const EMAIL = { name: 'e-mail', title: 'E-mail a um cliente', text: 'Escreva a {{cliente}}.' };

describe.each(TEST_ENGINES)('commands on %s', (engine) => {
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
  beforeEach(() => app.dataSource.getRepository(Command).clear());

  const save = ({ client }: TestPerson, wish: object) =>
    client.post('/api/commands', { ...EMAIL, scope: 'own', ...wish });

  const listed = async ({ client }: TestPerson, language = 'pt-BR') => {
    const headers = { 'accept-language': language };
    const { status, body } = await client.get('/api/commands', { headers });
    expect(status).toBe(200);
    return body['items'] as CommandView[];
  };
  const namesOf = (items: readonly CommandView[]) =>
    items.map(({ scope, name }) => `${scope} ${name}`);

  it('should list own, team and built-in commands, in the language of the caller', async () => {
    await save(ana, { name: 'Zebra' });
    const made = await save(ana, {});
    expect(made).toMatchObject({
      status: 201,
      body: { ...EMAIL, id: expect.any(Number), key: null, scope: 'own', changed: false },
    });
    await save(admin, { name: 'ata', scope: 'team' });
    await save(bruno, { name: 'segredo' });
    expect(namesOf(await listed(ana))).toEqual([
      'own e-mail',
      'own Zebra',
      'team ata',
      'builtIn codigo',
      'builtIn formal',
      'builtIn resumir',
      'builtIn tabela',
      'builtIn traduzir',
    ]);
    const table = (await listed(ana, 'en')).find(({ key }) => key === 'table');
    expect(table).toMatchObject({ id: null, name: 'table', aliases: ['tabela'], changed: false });
  });

  it('should keep a name once in its scope, also of twenty at once, whatever case and accents', async () => {
    const names = ['código', 'CODIGO', 'Código', 'codigo'];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => save(ana, { name: names[n % names.length] })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status === 409);
    expect(new Set(refused.map(({ body }) => (body['error'] as { code: string }).code))).toEqual(
      new Set(['COMMAND.NAME_TAKEN']),
    );
    expect(refused).toHaveLength(19);
    expect((await save(bruno, { name: 'codigo' })).status).toBe(201);
    expect((await save(admin, { name: 'codigo', scope: 'team' })).status).toBe(201);
    expect((await save(admin, { name: 'Codigo', scope: 'team' })).status).toBe(409);
  });

  it('should keep to the number that one may have, also when many are made at once', async () => {
    const now = new Date();
    const rows = Array.from({ length: 198 }, (_, n) => ({
      ...{ owner: `person:${String(ana.user.id)}`, userId: ana.user.id, builtIn: null },
      ...{ ...EMAIL, name: `c${String(n)}`, word: `c${String(n)}` },
      ...{ createdAt: now, updatedAt: now },
    }));
    await app.dataSource.getRepository(Command).insert(rows);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => save(ana, { name: `novo${String(n)}` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      error: { code: 'COMMAND.TOO_MANY', details: { maximum: 200 } },
    });
    expect((await save(bruno, {})).status).toBe(201);
  });

  it('should change and delete what is one’s own', async () => {
    const path = `/api/commands/${String((await save(ana, {})).body['id'])}`;
    await save(ana, { name: 'outro' });
    expect(await ana.client.patch(path, { name: 'carta', text: 'Novo {{texto}}' })).toMatchObject({
      status: 200,
      body: { ...EMAIL, name: 'carta', text: 'Novo {{texto}}' },
    });
    expect(await ana.client.patch(path, { name: 'OUTRO' })).toMatchObject({
      status: 409,
      body: { error: { code: 'COMMAND.NAME_TAKEN' } },
    });
    expect((await ana.client.delete(path)).status).toBe(204);
    expect(await ana.client.delete(path)).toMatchObject({
      status: 404,
      body: { error: { code: 'COMMAND.NOT_FOUND' } },
    });
    expect(namesOf(await listed(ana))[0]).toBe('own outro');
  });

  it('should let nobody change another person’s, and only administrators the team’s', async () => {
    const own = await save(ana, {});
    const team = await save(admin, { scope: 'team' });
    const refusals: [TestPerson, number][] = [
      [bruno, Number(own.body['id'])],
      [admin, Number(own.body['id'])],
      [bruno, Number(team.body['id'])],
    ];
    for (const [{ client }, id] of refusals) {
      const path = `/api/commands/${String(id)}`;
      const answers = [await client.patch(path, { title: 'Tomado' }), await client.delete(path)];
      for (const answer of answers) {
        expect(answer).toMatchObject({
          status: 404,
          body: { error: { code: 'COMMAND.NOT_FOUND' } },
        });
      }
    }
    expect(await save(bruno, { scope: 'team', name: 'b' })).toMatchObject({
      status: 403,
      body: { error: { code: 'AUTH.FORBIDDEN' } },
    });
    const path = `/api/commands/${String(team.body['id'])}`;
    expect((await admin.client.patch(path, { title: 'Da equipe' })).status).toBe(200);
    expect((await listed(bruno))[0]).toMatchObject({ scope: 'team', title: 'Da equipe' });
  });

  it('should let an administrator change a built-in command and bring it back', async () => {
    const path = '/api/commands/built-in/table';
    const change = { title: 'Tabela da casa', text: 'Tabela com {{pedido}}' };
    expect((await ana.client.put(path, change)).status).toBe(403);
    const answers = await Promise.all([1, 2, 3].map(() => admin.client.put(path, change)));
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 200, body: { ...change, changed: true, id: null } });
    }
    const table = async () => (await listed(ana)).find(({ key }) => key === 'table');
    expect(await table()).toMatchObject({ ...change, name: 'tabela', changed: true });
    await admin.client.put(path, { text: 'Só isto' });
    expect(await table()).toMatchObject({ title: 'Responder com uma tabela', text: 'Só isto' });
    expect((await admin.client.delete(path)).status).toBe(204);
    expect((await admin.client.delete(path)).status).toBe(204);
    expect(await table()).toMatchObject({ changed: false, title: 'Responder com uma tabela' });
    for (const key of ['tables', '1', 'toString']) {
      expect(await admin.client.put(`/api/commands/built-in/${key}`, change)).toMatchObject({
        status: 404,
        body: { error: { code: 'COMMAND.NOT_FOUND' } },
      });
    }
  });

  it.each([
    [422, 'COMMAND.NAME_INVALID', { name: 'a b' }],
    [422, 'COMMAND.NAME_INVALID', { name: '/a' }],
    [422, 'COMMAND.NAME_INVALID', { name: 'a'.repeat(33) }],
    [400, 'REQUEST.INVALID', { name: ' ' }],
    [400, 'REQUEST.INVALID', { title: 'x'.repeat(121) }],
    [400, 'REQUEST.INVALID', { text: 'x'.repeat(8001) }],
    [400, 'REQUEST.INVALID', { text: 'nul \u0000' }],
    [400, 'REQUEST.INVALID', { text: '' }],
    [400, 'REQUEST.INVALID', { scope: 'builtIn' }],
    [400, 'REQUEST.INVALID', { userId: 1 }],
  ])('should refuse with %i %s: %j', async (status, code, wish) => {
    expect(await save(ana, wish)).toMatchObject({ status, body: { error: { code } } });
    expect(await app.dataSource.getRepository(Command).count()).toBe(0);
  });

  it('should keep long text, and delete a person’s commands with the person', async () => {
    const dora = await aPerson(app, admin, 'dora');
    const text = '🦜'.repeat(4000);
    expect((await save(dora, { text })).body).toMatchObject({ text });
    await save(admin, { scope: 'team' });
    expect((await admin.client.delete(`/api/users/${String(dora.user.id)}`)).status).toBe(204);
    expect(await app.dataSource.getRepository(Command).find()).toMatchObject([{ owner: 'team' }]);
  });
});
