import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import { ApiClient, aPerson, PASSWORD } from '../harness/api-client.js';
import { aConversation, asked, askStream } from '../harness/asking.js';
import { aPlace } from '../harness/place.js';
import { errorOf, send } from '../security/wire.js';

const SERVICE_TOKEN = 'service-token-of-the-tests-0123456789';

describe.each(TEST_ENGINES)('the service token on %s', (engine) => {
  let app: AnsweringApp;
  let service: ApiClient;

  beforeAll(async () => {
    app = await startAnsweringApp(engine, { SERVICE_TOKEN });
    service = new ApiClient(app.url);
    service.token = SERVICE_TOKEN;
  });
  afterAll(() => app.close());

  const idOfMember = async () => {
    const [row] = await app.dataSource.query<{ id: number }[]>(
      "SELECT id FROM users WHERE role = 'service'",
    );
    return Number(row?.id);
  };

  it('should act as the member service, who is no administrator', async () => {
    const { status, body } = await service.get('/api/auth/me');
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { username: 'service', role: 'member', mustChangePassword: false },
    });
    expect((await service.get('/api/users')).body).toMatchObject({
      error: { code: 'AUTH.FORBIDDEN' },
    });
  });

  it('should ask and follow as a person does', async () => {
    app.provider.script({ words: ['Um ', 'dois.'] });
    const id = await aConversation(service);
    expect(await asked(service, id, 'Conte')).toMatchObject({ status: 'done', body: 'Um dois.' });
    const stream = await askStream(service, id, { prompt: 'De novo' });
    await stream.all();
    expect(stream.text).toBe('Um dois.');
  });

  it.each([
    ['another token of its length', SERVICE_TOKEN.replace('0', '1')],
    ['its beginning', SERVICE_TOKEN.slice(0, -1)],
    ['it and more', `${SERVICE_TOKEN}a`],
    ['nothing', ''],
  ])('should be refused: %s', async (_, token) => {
    const answer = await send(app, { path: '/api/auth/me', token });
    expect([answer.status, errorOf(answer).code]).toEqual([401, 'AUTH.REQUIRED']);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it.each(['Basic', 'Token', 'bearerX'])('should be refused as %s', async (scheme) => {
    const headers = { authorization: `${scheme} ${SERVICE_TOKEN}` };
    expect((await send(app, { path: '/api/auth/me', headers })).status).toBe(401);
  });

  it('should not do what needs a person', async () => {
    for (const body of [
      { displayName: 'Robô' },
      { currentPassword: PASSWORD, newPassword: 'outra senha bem longa' },
    ]) {
      const { status, body: told } = await service.patch('/api/auth/me', body);
      expect([status, told['error']]).toMatchObject([403, { code: 'AUTH.PERSON_REQUIRED' }]);
    }
  });

  it('should stand after a sign-out: it has no session that could end', async () => {
    expect((await service.post('/api/auth/logout')).status).toBe(204);
    expect((await service.post('/api/auth/logout-all')).status).toBe(204);
    expect((await service.get('/api/auth/me')).status).toBe(200);
  });

  it.each(['service', 'SERVICE', ' service '])('should leave %j no password', async (username) => {
    for (const password of ['service', '', SERVICE_TOKEN, PASSWORD]) {
      const body = JSON.stringify({ username, password });
      const answer = await send(app, { method: 'POST', path: '/auth/login', body });
      expect([400, 401]).toContain(answer.status);
    }
  });

  it('should have a member whom administrators neither see nor change nor delete', async () => {
    const { client } = app.admin;
    const id = await idOfMember();
    const { body } = await client.get('/api/users?limit=100');
    const people = body['items'] as { username: string }[];
    expect(people.map(({ username }) => username)).toEqual(['admin']);
    for (const wish of [{ password: PASSWORD }, { suspended: true }, { role: 'admin' }]) {
      expect((await client.patch(`/api/users/${String(id)}`, wish)).status).toBe(404);
    }
    expect((await client.delete(`/api/users/${String(id)}`)).status).toBe(404);
    const taken = await client.post('/api/users', { username: 'service', password: PASSWORD });
    expect(taken.body).toMatchObject({ error: { code: 'USER.USERNAME_TAKEN' } });
    const invented = { username: 'robo', password: PASSWORD, role: 'service' };
    expect((await client.post('/api/users', invented)).status).toBe(400);
    expect((await service.get('/api/auth/me')).status).toBe(200);
  });
});

describe.each(TEST_ENGINES)('the member service on %s', (engine) => {
  it('should be made once, by starts that come together and one after another', async () => {
    const place = await aPlace(engine, { LLM_MODELS: 'quotes' });
    const settings = { SERVICE_TOKEN };
    const first = engine === 'sqlite' ? 1 : 3;
    for (const count of [first, 1]) {
      const apps = await Promise.all(Array.from({ length: count }, () => place.start(settings)));
      const found = await apps[0]?.dataSource.query<unknown[]>(
        "SELECT username FROM users WHERE role = 'service'",
      );
      expect(found).toEqual([{ username: 'service' }]);
      await Promise.all(apps.map((app) => app.close()));
    }
    await place.drop();
  });

  it('should leave alone a person of that name', async () => {
    const place = await aPlace(engine, {
      LLM_MODELS: 'quotes',
      SETUP_TOKEN: 'o codigo da casa 123',
    });
    const before = await place.start();
    const admin = new ApiClient(before.url);
    const setup = { username: 'admin', password: PASSWORD };
    admin.keep(await admin.post('/api/setup', setup), 201);
    const person = await aPerson(before, { client: admin }, 'service');
    await before.close();

    const after = await place.start({ SERVICE_TOKEN });
    const service = new ApiClient(after.url);
    service.token = SERVICE_TOKEN;
    const { body } = await service.get('/api/auth/me');
    expect(body).toMatchObject({ username: '(service)', role: 'member' });
    expect(body['id']).not.toBe(person.user.id);
    const signedIn = new ApiClient(after.url);
    expect((await signedIn.signIn('service', PASSWORD)).id).toBe(person.user.id);
    await after.close();
    await place.drop();
  });
});
