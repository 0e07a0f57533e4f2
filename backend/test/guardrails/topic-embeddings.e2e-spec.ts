import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GuardrailEvent, Post, Usage } from '#db';
import type { EmbeddingScript } from '../fakes/openai-embeddings.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import { aConversation, ask, asked } from '../harness/asking.js';

const CONFIG = readFileSync(new URL('../../rails/config.yml', import.meta.url), 'utf8');
const TIMED = 'timeoutMs: 20000';
/** The built-in rails, with topics compared by their meaning. */
const config = (setting: string) =>
  `${CONFIG.slice(0, CONFIG.indexOf('\njudged:'))}\njudged:\n  topic-embeddings: { ${setting} }\n`;
/** No prompt here holds the keyword: the words alone would find nothing. */
const topics = (more = '', similarity = '') => `topics:
  - name: investimentos
    ${similarity}
    keywords: [zzz-nunca]
    examples: [Compro papéis agora?, Vendo tudo?${more}]
    counterexamples: [O que é um papel?]
`;

/** What texts mean: money to be placed, its explanation, or something else. */
const vectorOf = (text: string): number[] => {
  const isAsked = /papéis|tudo\?|grana|poupança/i.test(text);
  const isExplained = /o que é/i.test(text);
  return [
    Number(isAsked),
    Number(isExplained) * 2,
    Number(!isAsked && !isExplained),
    0.1,
    0,
    0,
    0,
    0,
  ];
};
const GOOD: EmbeddingScript = { vectorOf };
const PLACE = 'Onde boto minha grana?';

describe('disallowed topics, compared by their meaning', () => {
  let app: AnsweringApp;

  beforeAll(async () => {
    app = await startAnsweringApp('sqlite', {
      EMBEDDING_MODEL: 'openai/text-embedding-fake',
      EMBEDDING_DIMENSIONS: '8',
    });
    app.provider.embeddings.script(GOOD);
  });
  afterAll(() => app.close());

  async function publish(setting: string, topicsText = topics()): Promise<void> {
    const files = [
      { path: 'config.yml', text: config(setting) },
      { path: 'rails/disallowed_topics.yml', text: topicsText },
    ];
    const made = await app.client.post('/api/guardrails/policies', { files, note: 'test' });
    expect(made).toMatchObject({ status: 201 });
    const id = String(made.body['id']);
    expect((await app.client.post(`/api/guardrails/policies/${id}/publish`, {})).status).toBe(200);
  }
  const prompt = async (text: string) =>
    ask(app.client, await aConversation(app.client), { prompt: text });
  const eventsOf = (postId: number) =>
    app.dataSource.getRepository(GuardrailEvent).find({ where: { postId }, order: { id: 'ASC' } });
  const timesEmbedded = (text: string) =>
    app.provider.embeddings.asked.flat().filter((one) => one === text).length;

  it('should block what means the same as an example, and keep nothing of it', async () => {
    await publish(`on: true, required: true, ${TIMED}`);
    const before = app.provider.requests.length;
    const { body } = await prompt(PLACE);
    expect(body).toMatchObject({ status: 'blocked', error: { code: 'GUARDRAIL.BLOCKED' } });
    const id = Number(body['id']);
    expect(await eventsOf(id)).toMatchObject([
      { stage: 'input', rail: 'topic-embeddings', rule: 'investimentos', action: 'block' },
    ]);
    expect(app.provider.requests).toHaveLength(before);
    const stored = await Promise.all(
      [Post, GuardrailEvent, Usage].map((table) => app.dataSource.getRepository(table).find()),
    );
    expect(JSON.stringify(stored)).not.toContain('grana');
    expect(await app.dataSource.getRepository(Usage).findBy({ postId: id })).toMatchObject([
      {
        ...{ purpose: 'guardrail', provider: 'openai', model: 'openai/text-embedding-fake' },
        ...{ promptTokens: 4, estimated: false, outcome: 'done', username: 'admin' },
      },
    ]);
  });

  it('should pass what means something else, or is nearer to a counterexample', async () => {
    const conversation = await aConversation(app.client);
    expect((await asked(app.client, conversation, 'Qual é a capital do Acre?')).status).toBe(
      'done',
    );
    const explained = await asked(app.client, conversation, 'O que é poupança?');
    expect(explained).toMatchObject({ status: 'done', rails: [] });
  });

  it('should find a question in the middle of a long text', async () => {
    const filler = 'O relatório segue como sempre. '.repeat(150);
    const { body } = await prompt(`${filler}${PLACE} ${filler}`);
    expect(body).toMatchObject({ status: 'blocked' });
    expect((await prompt(filler + filler)).body).toMatchObject({ status: 'done' });
  });

  it('should send each example once, whatever is asked, and only new ones of a new policy', async () => {
    expect(timesEmbedded('Compro papéis agora?')).toBe(1);
    expect(timesEmbedded('O que é um papel?')).toBe(1);
    await publish(`on: true, required: true, ${TIMED}`, topics(', Guardo dinheiro em casa?'));
    const { body } = await prompt('Guardo dinheiro em casa? E onde?');
    expect(body).toMatchObject({ status: 'blocked' });
    expect(timesEmbedded('Guardo dinheiro em casa?')).toBe(1);
    expect(timesEmbedded('Compro papéis agora?')).toBe(1);
    const [ofTheHouse] = await app.dataSource
      .getRepository(Usage)
      .findBy({ username: 'prosa', outcome: 'done' });
    expect(ofTheHouse).toMatchObject({ purpose: 'guardrail', userId: 0, door: 'guardrails' });
  });

  it.each<[string, Partial<EmbeddingScript>, number]>([
    ['answers 429', { status: 429 }, 20_000],
    ['answers 503', { status: 503 }, 20_000],
    ['answers nothing', { silent: true }, 200],
  ])(
    'should close where it must judge and the model %s, else open',
    async (_, fault, timeoutMs) => {
      const timed = `timeoutMs: ${String(timeoutMs)}`;
      await publish(`on: true, required: true, ${timed}`);
      app.provider.embeddings.script({ ...GOOD, ...fault });
      const closed = await prompt(PLACE);
      expect(closed).toMatchObject({ status: 503, body: { error: { code: 'GUARDRAIL.FAILED' } } });
      await publish(`on: true, required: false, ${timed}`);
      const { body } = await prompt(PLACE);
      expect(body).toMatchObject({ status: 'done' });
      expect(await eventsOf(Number(body['id']))).toMatchObject([
        { rail: 'topic-embeddings', rule: 'failed', action: 'flag', outcome: 'opened' },
      ]);
      app.provider.embeddings.script(GOOD);
    },
  );

  it('should compare the topics that ask for it where the policy does not say, as each wants', async () => {
    await publish(TIMED, topics('', 'similarity: 0.6'));
    expect((await prompt(PLACE)).body).toMatchObject({ status: 'blocked' });
    await publish(TIMED, topics('', 'similarity: 1'));
    expect((await prompt('Onde boto a grana, e o que é melhor?')).body).toMatchObject({
      status: 'done',
    });
    await publish(TIMED);
    const calls = app.provider.embeddings.asked.length;
    expect((await prompt(PLACE)).body).toMatchObject({ status: 'done' });
    expect(app.provider.embeddings.asked).toHaveLength(calls);
  });

  it('should say at the test bench that nobody was asked', async () => {
    await publish(`on: true, ${TIMED}`);
    const tried = await app.client.post('/api/guardrails/try', { texts: [{ text: PLACE }] });
    expect(tried.body).toMatchObject({
      results: [{ action: 'pass' }],
      notRun: ['topic-embeddings'],
    });
  });
});

describe('disallowed topics, to be compared by their meaning without a model for it', () => {
  let app: AnsweringApp;

  beforeAll(async () => {
    app = await startAnsweringApp();
  });
  afterAll(() => app.close());

  it('should judge by the words alone, and say so to whoever runs it', async () => {
    const files = [
      { path: 'config.yml', text: config('on: true, required: true') },
      { path: 'rails/disallowed_topics.yml', text: topics() },
    ];
    const check = await app.client.post('/api/guardrails/check', { files });
    expect(check.body['notices']).toEqual([expect.stringContaining('EMBEDDING_MODEL')]);
    const made = await app.client.post('/api/guardrails/policies', { files, note: '' });
    const id = String(made.body['id']);
    await app.client.post(`/api/guardrails/policies/${id}/publish`, {});
    const conversation = await aConversation(app.client);
    expect((await asked(app.client, conversation, PLACE)).status).toBe('done');
    const status = await app.client.get('/api/guardrails/status');
    expect(status.body['judged']).toEqual([
      { rail: 'topic-embeddings', stage: 'input', required: true, missing: 'embedding-model' },
    ]);
    const notices = await app.client.get('/api/notices');
    expect(JSON.stringify(notices.body)).toContain('GUARDRAIL.NO_EMBEDDINGS');
  });
});
