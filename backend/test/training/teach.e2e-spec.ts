import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { aFirstAdministrator, ApiClient, aPerson } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';

const SERVICE_TOKEN = 'service-token-of-the-tests-0123456789';
const PAIRS = [
  { question: 'Qual é o prazo de troca de um produto?', answer: 'São 30 dias corridos.' },
  { question: 'Quem aprova compras acima de R$ 5.000?', answer: 'A diretora Helena Prado.' },
];
const DOCUMENT = {
  title: 'Frete',
  text: 'O frete para a região Norte sai por R$ 38,90 e leva nove dias úteis.',
};

describe('teaching by the simple API', () => {
  let app: TestApp;
  let program: ApiClient;
  let ana: ApiClient;

  beforeAll(async () => {
    app = await startTestApp('sqlite', {
      SERVICE_TOKEN,
      OPEN_CHAT: 'true',
      ASKS_PER_MINUTE: '100000',
    });
    const admin = await aFirstAdministrator(app);
    ({ client: ana } = await aPerson(app, admin, 'ana'));
    program = new ApiClient(app.url);
    program.token = SERVICE_TOKEN;
  });
  afterAll(() => app.close());

  const taught = async (client: ApiClient, wish: object) => {
    const { status, body } = await client.post('/training/train', wish);
    expect({ status, body }).toMatchObject({ status: 202 });
    const documents = body['documents'] as { id: number; known: boolean }[];
    for (const { id } of documents) await untilReady(client, id);
    return { body, documents };
  };
  const untilReady = async (client: ApiClient, id: number) => {
    for (;;) {
      const { body } = await client.get(`/api/documents/${String(id)}`);
      expect(body).not.toMatchObject({ status: 'failed' });
      if (body['status'] === 'ready') return;
      await sleep(50);
    }
  };
  const question = (client: ApiClient, text: string) =>
    client.post('/ask/question', { question: text }, { headers: { 'accept-language': 'pt-BR' } });

  it('should answer from pairs and documents, with the sources they stand on', async () => {
    const { documents } = await taught(program, { documents: [DOCUMENT], pairs: PAIRS });
    const { body } = await question(program, 'Qual o prazo para trocar um produto?');
    expect(body).toMatchObject({ answer: expect.stringContaining('30 dias corridos') });
    expect(body['answer']).toMatch(/\[1\]/);
    expect(body['sources']).toContainEqual(
      expect.objectContaining({ kind: 'document', documentId: documents.at(-1)?.id }),
    );
    const freight = await question(program, 'Quanto custa o frete para o Norte?');
    expect(freight.body['answer']).toContain('R$ 38,90');
  });

  it("should cite Prosa's own documentation only where it is asked about, or where documents do not answer", async () => {
    const kindsOf = (body: Record<string, unknown>) =>
      new Set((body['sources'] as { kind: string }[]).map(({ kind }) => kind));
    const ofTeam = await question(program, 'Como redefino a senha do cofre?');
    expect(kindsOf(ofTeam.body)).not.toContain('documentation');
    const ofProsa = await question(program, 'Como redefino a senha de uma pessoa no Prosa?');
    expect(kindsOf(ofProsa.body)).toContain('documentation');

    const chat = async (prompt: string) => {
      const { body } = await program.post('/chat/', { question: prompt });
      return String(body['answer']);
    };
    expect(await chat('Qual o prazo para trocar um produto?')).not.toContain('Veja também');
    expect(await chat('Como conecto o Ollama?')).toContain('Ollama');
  });

  it('should take the same again without adding it twice', async () => {
    const { body, documents } = await taught(program, { documents: [DOCUMENT], pairs: PAIRS });
    expect(documents.map(({ known }) => known)).toEqual([true, true]);
    expect(body).toMatchObject({ pairs: 0 });
  });

  it('should answer nobody else from it', async () => {
    const { body } = await question(ana, 'Quem aprova compras acima de R$ 5.000?');
    expect(JSON.stringify(body)).not.toContain('Helena');
  });

  it('should answer no stranger from it where the chat is open', async () => {
    await taught(program, { pairs: PAIRS });
    const stranger = new ApiClient(app.url);
    const wish = { question: 'Qual o prazo para trocar um produto?' };
    const { status, body } = await stranger.post('/chat/', wish);
    expect(status).toBe(200);
    expect(body['answer']).not.toContain('30 dias corridos');
  });

  it('should refuse nothing at all, and a collection of somebody else', async () => {
    const { body } = await ana.post('/training/train', { documents: [] });
    expect(body).toMatchObject({ error: { code: 'REQUEST.INVALID' } });
    const mine = await taught(ana, { pairs: PAIRS.slice(0, 1) });
    const theirs = { pairs: PAIRS, collectionId: mine.body['collectionId'] };
    expect((await program.post('/training/train', theirs)).body).toMatchObject({
      error: { code: 'COLLECTION.NOT_FOUND' },
    });
    const asked = { question: 'Qual o prazo?', collectionIds: [mine.body['collectionId']] };
    expect((await program.post('/ask/question', asked)).body).toMatchObject({
      error: { code: 'COLLECTION.NOT_FOUND' },
    });
  });
});
