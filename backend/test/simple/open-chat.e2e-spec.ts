import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AnsweringApp, MODEL, startAnsweringApp } from '../harness/answering-app.js';
import { ApiClient, aPerson } from '../harness/api-client.js';
import { conversationsOf } from '../harness/asking.js';
import { errorOf, jsonOf, send, type WireAnswer } from '../security/wire.js';

const SERVICE_TOKEN = 'service-token-of-the-tests-0123456789';
const PER_MINUTE = 5;

describe('the open chat', () => {
  let app: AnsweringApp;
  let service: ApiClient;

  beforeAll(async () => {
    app = await startAnsweringApp('sqlite', {
      SERVICE_TOKEN,
      OPEN_CHAT: 'true',
      OPEN_CHAT_PER_MINUTE: String(PER_MINUTE),
      TRUST_PROXY: 'loopback',
    });
    service = new ApiClient(app.url);
    service.token = SERVICE_TOKEN;
    app.provider.script({ words: ['Sim.'] });
  });
  afterAll(() => app.close());

  const chat = (
    address: string,
    question = 'Fala algo?',
    headers: Record<string, string> = {},
  ): Promise<WireAnswer> =>
    send(app, {
      method: 'POST',
      path: '/chat/',
      headers: { 'x-forwarded-for': address, ...headers },
      body: JSON.stringify({ question }),
    });

  it('should answer without a token, for the member service', async () => {
    const answer = await chat('203.0.113.1', 'De um desconhecido?');
    expect([answer.status, jsonOf(answer)]).toEqual([200, { answer: 'Sim.', model: MODEL }]);
    const kept = await conversationsOf(service, 'channel=simple');
    expect(kept.map(({ title }) => title)).toEqual(['De um desconhecido?']);
  });

  it('should open nothing else', async () => {
    for (const path of ['/api/conversations', '/api/auth/me', '/api/models', '/api/posts']) {
      expect((await send(app, { path })).status).toBe(401);
    }
  });

  it('should refuse a wrong token instead of taking it for none', async () => {
    for (const authorization of ['Bearer nonsense', 'Basic x', '']) {
      const answer = await chat('203.0.113.2', 'Fala algo?', { authorization });
      expect(answer.status).toBe(401);
    }
  });

  it('should let each address ask so often in a minute, and tell when it may again', async () => {
    const address = '203.0.113.3';
    const statuses = [];
    for (let n = 0; n < PER_MINUTE; n += 1) {
      statuses.push((await chat(address)).status);
    }
    expect(new Set(statuses)).toEqual(new Set([200]));
    const refused = await chat(address);
    expect([refused.status, errorOf(refused).code]).toEqual([429, 'REQUEST.RATE_LIMITED']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(50);
    expect((await chat('203.0.113.4')).status).toBe(200);
    const person = await aPerson(app, app.admin, 'ana');
    const authorization = `Bearer ${person.token}`;
    expect((await chat(address, 'Fala algo?', { authorization })).status).toBe(200);
  });

  it('should keep the keys of strangers apart', async () => {
    const key = { 'idempotency-key': '1' };
    expect((await chat('203.0.113.5', 'Minha?', key)).status).toBe(200);
    expect((await chat('203.0.113.5', 'Minha?', key)).status).toBe(200);
    expect((await chat('203.0.113.5', 'Outra?', key)).status).toBe(422);
    expect((await chat('203.0.113.6', 'Outra?', key)).status).toBe(200);
    const mine = await conversationsOf(service, 'channel=simple&q=minha');
    expect(mine).toHaveLength(1);
  });

  it.each([
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'null' },
  ])("should refuse another site's page: %j", async (headers) => {
    const answer = await chat('203.0.113.7', 'Fala algo?', headers as Record<string, string>);
    expect([answer.status, errorOf(answer).code]).toEqual([403, 'REQUEST.CROSS_SITE']);
  });

  it('should refuse what a form of another page can send', async () => {
    const answer = await chat('203.0.113.8', 'Fala algo?', { 'content-type': 'text/plain' });
    expect(answer.status).toBe(415);
  });
});

describe('many at the open chat at once', () => {
  it('should not keep a program or a person from asking', async () => {
    const app = await startAnsweringApp('sqlite', {
      SERVICE_TOKEN,
      OPEN_CHAT: 'true',
      OPEN_CHAT_PER_MINUTE: '100',
      RUNS_PER_PERSON: '2',
    });
    app.provider.script({ words: ['a ', 'b'], delayMs: 600 });
    const ask = (token?: string) =>
      send(app, {
        method: 'POST',
        path: '/chat/',
        token,
        body: JSON.stringify({ question: 'Fala algo?' }),
      });
    const strangers = [ask(), ask(), ask(), ask()];
    const program = await ask(SERVICE_TOKEN);
    expect(program.status).toBe(200);
    const statuses = (await Promise.all(strangers)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 200, 429, 429]);
    await app.close();
  });
});

describe('the closed chat', () => {
  it('should want a token', async () => {
    const app = await startAnsweringApp();
    const body = JSON.stringify({ question: 'Fala algo?' });
    const answer = await send(app, { method: 'POST', path: '/chat/', body });
    expect([answer.status, errorOf(answer).code]).toEqual([401, 'AUTH.REQUIRED']);
    await app.close();
  });
});
