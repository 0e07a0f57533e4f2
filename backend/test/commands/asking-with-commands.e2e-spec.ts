import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Command, Run } from '#db';
import { aPerson } from '../harness/api-client.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import {
  aConversation,
  ask,
  asked,
  branchOf,
  conversationsOf,
  expectPost,
  getPost,
} from '../harness/asking.js';

const TABLE = 'somente com uma tabela em Markdown';

describe('asking with commands', () => {
  let app: AnsweringApp;

  beforeAll(async () => {
    app = await startAnsweringApp();
  });
  afterAll(() => app.close());
  beforeEach(() => app.dataSource.getRepository(Command).clear());

  const sent = () => app.provider.requests.at(-1)?.messages ?? [];
  const lastSent = () => sent().at(-1)?.content ?? '';
  const save = async (name: string, text: string, scope = 'own') => {
    const wish = { name, title: name, text, scope };
    expect((await app.client.post('/api/commands', wish)).status).toBe(201);
  };

  it('should ask what the command says, and keep what was typed', async () => {
    const conversation = await aConversation(app.client);
    app.provider.script({ words: ['pronto'] });
    const post = await asked(app.client, conversation, '/tabela capitais do Nordeste');
    app.provider.script({});
    expect(lastSent()).toContain(TABLE);
    expect(lastSent()).toMatch(/Pedido: capitais do Nordeste$/);
    expect(post).toMatchObject({ prompt: '/tabela capitais do Nordeste', asked: lastSent() });
    expect((await conversationsOf(app.client))[0]).toMatchObject({
      title: '/tabela capitais do Nordeste',
    });
    expect(await conversationsOf(app.client, 'q=nordeste')).toHaveLength(1);
    expect(await conversationsOf(app.client, 'q=markdown')).toHaveLength(0);
    const plain = await asked(app.client, conversation, 'e do Sul?');
    expect(plain.asked).toBeNull();
  });

  it.each([
    ['/TABLE rivers', 'Request: rivers'],
    ['/código soma', 'Pedido: soma'],
    ['/resumir', 'Texto: a sua última resposta nesta conversa, por inteiro'],
    ['/summarize', 'Text: your last answer in this conversation, all of it'],
  ])('should know a built-in command by %j', async (prompt, end) => {
    await asked(app.client, await aConversation(app.client), prompt);
    expect(lastSent().endsWith(end)).toBe(true);
  });

  it('should send what calls nothing as it was typed', async () => {
    const conversation = await aConversation(app.client);
    for (const prompt of ['/etc/passwd o que é?', '/tabelas x', '/ tabela', 'x /tabela']) {
      expect((await asked(app.client, conversation, prompt)).asked).toBeNull();
      expect(lastSent()).toBe(prompt);
    }
    const escaped = await asked(app.client, conversation, '//tabela x');
    expect(lastSent()).toBe('/tabela x');
    expect(escaped).toMatchObject({ prompt: '//tabela x', asked: '/tabela x' });
  });

  it('should take one’s own before the team’s before the built-in', async () => {
    const conversation = await aConversation(app.client);
    await save('table', 'Da equipe: {{x}}', 'team');
    await asked(app.client, conversation, '/Table a');
    expect(lastSent()).toBe('Da equipe: a');
    await save('table', 'Minha: {{x}}');
    await asked(app.client, conversation, '/table a');
    expect(lastSent()).toBe('Minha: a');
    const bruno = await aPerson(app, app.admin, 'bruno');
    await asked(bruno.client, await aConversation(bruno.client), '/table a');
    expect(lastSent()).toBe('Da equipe: a');
  });

  it('should ask the same again, and send it again with later posts', async () => {
    await save('versos', 'Em versos, sobre {{tema}}.');
    const conversation = await aConversation(app.client);
    const first = await asked(app.client, conversation, '/versos mar');
    await app.client.patch(`/api/conversations/${String(conversation)}`, { title: 'Versos' });
    await app.dataSource.getRepository(Command).clear();
    const again = expectPost(await app.client.post(`/api/posts/${String(first.id)}/regenerate`));
    expect(again).toMatchObject({ prompt: '/versos mar', asked: 'Em versos, sobre mar.' });
    expect(lastSent()).toBe('Em versos, sobre mar.');
    await asked(app.client, conversation, 'mais');
    expect(sent().map(({ content }) => content)).toContain('Em versos, sobre mar.');
    app.provider.script({ words: ['As ondas'], finishReason: 'length' });
    const cut = await asked(app.client, conversation, '//versos céu');
    app.provider.script({ words: [' sobem'] });
    await app.client.post(`/api/posts/${String(cut.id)}/continue`);
    app.provider.script({});
    expect(sent().at(-3)?.content).toBe('/versos céu');
    expect(await getPost(app.client, cut.id)).toMatchObject({ body: 'As ondas sobem' });
  });

  it('should know the same request by what was typed', async () => {
    const conversation = await aConversation(app.client);
    const key = { 'idempotency-key': 'um-comando-1' };
    const prompt = '/tabela capitais';
    const first = expectPost(await ask(app.client, conversation, { prompt }, key));
    await save('tabela', 'Outra coisa');
    const second = expectPost(await ask(app.client, conversation, { prompt }, key));
    expect(second).toEqual(first);
    expect(await branchOf(app.client, conversation)).toHaveLength(1);
  });

  it('should refuse what a command makes too long or empty, and store nothing', async () => {
    await save('longo', 'a{{x}}b{{x}}c');
    await save('vazio', '{{x}}');
    const conversation = await aConversation(app.client);
    const runs = await app.dataSource.getRepository(Run).count();
    const long = await ask(app.client, conversation, { prompt: `/longo ${'x'.repeat(100_000)}` });
    expect(long).toMatchObject({
      status: 413,
      body: {
        error: {
          code: 'COMMAND.PROMPT_TOO_LONG',
          details: { length: 200_003, maximum: 200_000 },
        },
      },
    });
    expect(await ask(app.client, conversation, { prompt: '/vazio' })).toMatchObject({
      status: 400,
      body: { error: { code: 'POST.PROMPT_EMPTY' } },
    });
    expect(await app.dataSource.getRepository(Run).count()).toBe(runs);
  });

  it('should not make of a prompt what would be too large, before it is sent either', async () => {
    await save('enorme', '{{x}}'.repeat(1600));
    const conversation = `/api/conversations/${String(await aConversation(app.client))}`;
    const prompt = `/enorme ${'x'.repeat(199_000)}`;
    const refused = {
      status: 413,
      body: {
        error: { code: 'COMMAND.PROMPT_TOO_LONG', details: { length: 1600 * 199_000 } },
      },
    };
    expect(await app.client.post(`${conversation}/context`, { prompt })).toMatchObject(refused);
    expect(await app.client.post(`${conversation}/posts`, { prompt })).toMatchObject(refused);
  });

  it('should work at the simple door and in the preview of the window too', async () => {
    const { body } = await app.client.post('/chat/', { question: '/tabela capitais' });
    expect(body['answer']).toEqual(expect.any(String));
    expect(lastSent()).toContain(TABLE);
    const conversation = await aConversation(app.client);
    const used = async (prompt: string) => {
      const path = `/api/conversations/${String(conversation)}/context`;
      return Number((await app.client.post(path, { prompt })).body['used']);
    };
    expect(await used('/tabela capitais')).toBeGreaterThan((await used('capitais')) + 50);
  });

  it('should answer as the person and the conversation want it', async () => {
    const change = { instructions: '  Responda sem rodeios.  ' };
    expect(await app.client.patch('/api/auth/me', change)).toMatchObject({
      status: 200,
      body: { instructions: 'Responda sem rodeios.' },
    });
    const conversation = await aConversation(app.client, { instructions: 'Só em versos.' });
    await asked(app.client, conversation, 'conta algo');
    const system = sent()[0]?.content ?? '';
    expect(system.indexOf('Responda sem rodeios.')).toBeGreaterThan(0);
    expect(system.indexOf('Só em versos.')).toBeGreaterThan(system.indexOf('sem rodeios'));
    const { body } = await app.client.get('/api/users');
    expect(JSON.stringify(body)).not.toContain('rodeios');
    await app.client.patch('/api/auth/me', { instructions: '' });
    expect((await app.client.get('/api/auth/me')).body).toMatchObject({ instructions: null });
    await asked(app.client, conversation, 'de novo');
    expect(sent()[0]?.content).not.toContain('rodeios');
    for (const instructions of ['x'.repeat(4001), 'nul \u0000']) {
      const refused = [
        await app.client.patch('/api/auth/me', { instructions }),
        await app.client.patch(`/api/conversations/${String(conversation)}`, { instructions }),
      ];
      expect(refused.map(({ status }) => status)).toEqual([400, 400]);
    }
  });
});
