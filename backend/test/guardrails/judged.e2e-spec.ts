import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConversationMask, GuardrailEvent, Post, Usage } from '#db';
import type { BedrockGuardrail } from '../fakes/bedrock-guardrail.js';
import { type BedrockServer, startBedrockServer } from '../fakes/bedrock-server.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import { aConversation, ask, asked, askStream, getPost } from '../harness/asking.js';

const CONFIG = readFileSync(new URL('../../rails/config.yml', import.meta.url), 'utf8');
const EMAIL = /ana\.canario@exemplo\.com\.br/;
/** Nothing that the local rails know. */
const CANARY = 'canário-do-assunto-proibido';

/** The built-in rails with those that ask somebody as given. */
const config = (judged: string) =>
  `${CONFIG.slice(0, CONFIG.indexOf('\njudged:')).replace(/personal-data:\n\s+input: mask/, 'personal-data:\n    input: pass')}\njudged:\n${judged}`;

const BEDROCK = (more = '') =>
  config(`  bedrock: { on: true, guardrail: gr-1a2b, version: '3', timeoutMs: 1500${more} }\n`);

describe('rails that ask a service or a model', () => {
  let app: AnsweringApp;
  let bedrock: BedrockServer;

  beforeAll(async () => {
    bedrock = await startBedrockServer();
    app = await startAnsweringApp('sqlite', {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIACANARY',
      AWS_SECRET_ACCESS_KEY: 'canary',
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
      LLM_MODELS: 'openai/fake-chat,bedrock/mistral.mistral-large-2402-v1:0,quotes',
    });
  });
  afterAll(async () => {
    await app.close();
    await bedrock.close();
  });

  async function publish(text: string, topics?: string): Promise<void> {
    const files = [
      { path: 'config.yml', text },
      ...(topics === undefined ? [] : [{ path: 'rails/disallowed_topics.yml', text: topics }]),
    ];
    const made = await app.client.post('/api/guardrails/policies', { files, note: 'test' });
    expect(made).toMatchObject({ status: 201 });
    const id = String(made.body['id']);
    expect((await app.client.post(`/api/guardrails/policies/${id}/publish`, {})).status).toBe(200);
  }
  const guard = (guardrail: BedrockGuardrail) => {
    bedrock.script({ guardrail });
  };
  const eventsOf = (postId: number) =>
    app.dataSource.getRepository(GuardrailEvent).find({ where: { postId }, order: { id: 'ASC' } });
  const everything = async () => {
    const tables = [Post, GuardrailEvent, ConversationMask, Usage];
    return JSON.stringify(
      await Promise.all(tables.map((table) => app.dataSource.getRepository(table).find())),
    );
  };

  it('should keep nothing of a prompt that Bedrock blocks, and ask no model', async () => {
    await publish(BEDROCK());
    guard({ topics: { Investimentos: CANARY } });
    const before = app.provider.requests.length;
    const conversation = await aConversation(app.client);
    const { status, body } = await ask(app.client, conversation, { prompt: `Fale de ${CANARY}` });
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { status: 'blocked', error: { code: 'GUARDRAIL.BLOCKED' }, model: null },
    });
    const id = Number(body['id']);
    expect(await eventsOf(id)).toMatchObject([
      { stage: 'input', rail: 'bedrock', rule: 'topic:Investimentos', action: 'block' },
    ]);
    expect(app.provider.requests).toHaveLength(before);
    expect(await everything()).not.toContain(CANARY);
    // It was paid for, and its post says so.
    const rows = await app.dataSource.getRepository(Usage).findBy({ postId: id });
    expect(rows).toMatchObject([
      { purpose: 'guardrail', provider: 'bedrock', model: 'guardrail/gr-1a2b:3', outcome: 'done' },
    ]);
    expect(rows[0]?.costNanoUsd).toBe(400_000);
  });

  it('should hide what Bedrock masks from the model, and show it to its person', async () => {
    guard({ masks: { EMAIL } });
    const prompt = 'Escreva a ana.canario@exemplo.com.br, por favor';
    const post = await asked(app.client, await aConversation(app.client), prompt);
    expect(post.prompt).toBe(prompt);
    expect(post.rails).toMatchObject([{ rail: 'bedrock', action: 'mask' }]);
    const sent = JSON.stringify(app.provider.requests.at(-1)?.messages);
    expect(sent).toContain('[EMAIL_1]');
    expect(await everything()).not.toMatch(EMAIL);
    const next = await app.client.post(`/api/posts/${String(post.id)}/regenerate`, {});
    expect(next.status).toBe(201);
    expect(JSON.stringify(app.provider.requests.map(({ messages }) => messages))).not.toMatch(
      EMAIL,
    );
  });

  it('should show no answer before Bedrock has seen it, and stop one that it blocks', async () => {
    guard({ topics: { Segredo: 'xilofone' } });
    app.provider.script({ words: ['Uma frase inteira. ', 'Agora o ', 'xilofone ', 'soa.'] });
    const stream = await askStream(app.client, await aConversation(app.client), {
      prompt: 'Toque',
    });
    const frames = await stream.all();
    const shown = frames.filter(({ type }) => type === 'delta').map(({ data }) => data['text']);
    expect(shown.join('')).toBe('Uma frase inteira. ');
    expect(frames.at(-1)?.data).toEqual({ status: 'blocked' });
    const post = await getPost(app.client, Number(frames[0]?.data['postId']));
    expect(post).toMatchObject({
      ...{ status: 'blocked', body: 'Uma frase inteira. ' },
      error: { code: 'GUARDRAIL.ANSWER_BLOCKED' },
    });
    expect(await everything()).not.toContain('xilofone');
    app.provider.script({});
  });

  it.each<[string, BedrockGuardrail]>([
    ['answers 429', { exception: { name: 'ThrottlingException', status: 429 } }],
    ['answers 503', { exception: { name: 'ServiceUnavailableException', status: 503 } }],
    ['answers nothing', { silent: true }],
  ])('should close where a required service %s, and lose nothing of the key', async (_, rules) => {
    await publish(BEDROCK(', required: true'));
    guard(rules);
    const before = app.provider.requests.length;
    const conversation = await aConversation(app.client);
    const key = { 'idempotency-key': `closed-${JSON.stringify(rules).length.toString()}` };
    const closed = await ask(app.client, conversation, { prompt: 'Bom trabalho, e depois?' }, key);
    expect(closed).toMatchObject({ status: 503, body: { error: { code: 'GUARDRAIL.FAILED' } } });
    expect(closed.headers.get('retry-after')).not.toBeNull();
    expect(app.provider.requests).toHaveLength(before);
    const failures = await app.dataSource
      .getRepository(GuardrailEvent)
      .findBy({ rail: 'bedrock', outcome: 'closed' });
    expect(failures.length).toBeGreaterThan(0);
    guard({});
    const again = await ask(app.client, conversation, { prompt: 'Bom trabalho, e depois?' }, key);
    expect(again).toMatchObject({ status: 201, body: { status: 'done' } });
  });

  it('should open where an optional service fails, and say so to administrators', async () => {
    await publish(BEDROCK(', required: false'));
    guard({ exception: { name: 'InternalServerException', status: 500 } });
    const post = await asked(app.client, await aConversation(app.client), 'E agora, o que faço?');
    expect(post.status).toBe('done');
    expect(post.rails).toEqual([]);
    expect(await eventsOf(post.id)).toMatchObject([
      { stage: 'input', rail: 'bedrock', action: 'flag', outcome: 'opened' },
      { stage: 'output', rail: 'bedrock', action: 'flag', outcome: 'opened' },
    ]);
  });

  it('should have Converse itself watch the answers of a model of Bedrock where asked to', async () => {
    await publish(BEDROCK(', inModel: true, stages: [output]'));
    guard({});
    const judged = bedrock.judged.length;
    const model = 'bedrock/mistral.mistral-large-2402-v1:0';
    const post = await asked(app.client, await aConversation(app.client), 'say: tudo certo', {
      model,
    });
    expect(post.status).toBe('done');
    expect(bedrock.requests.at(-1)?.body.guardrailConfig).toMatchObject({
      ...{ guardrailIdentifier: 'gr-1a2b', guardrailVersion: '3' },
      streamProcessingMode: 'sync',
    });
    expect(bedrock.judged).toHaveLength(judged);
    // A unit of the prompt and one of the answer, by three policies: as Converse says in its trace.
    const rows = await app.dataSource.getRepository(Usage).findBy({ postId: post.id });
    expect(rows.find(({ purpose }) => purpose === 'guardrail')).toMatchObject({
      ...{ provider: 'bedrock', model: 'guardrail/gr-1a2b:3', outcome: 'done' },
      costNanoUsd: 800_000,
    });
    expect(rows).toHaveLength(2);
    bedrock.script({ stopReason: 'guardrail_intervened', words: ['Não posso falar disso.'] });
    const blocked = await asked(app.client, await aConversation(app.client), 'E isto?', { model });
    expect(blocked).toMatchObject({
      status: 'blocked',
      error: { code: 'GUARDRAIL.ANSWER_BLOCKED' },
    });
  });

  it('should have a model judge prompts and answers where that is on, in the ledger', async () => {
    await publish(
      config(
        '  self-check: { on: true, required: true, timeoutMs: 5000, model: openai/fake-chat }\n',
      ),
    );
    app.provider.script({ words: ['Sim.'] });
    const conversation = await aConversation(app.client);
    const { body } = await ask(app.client, conversation, { prompt: 'Uma pergunta qualquer' });
    expect(body).toMatchObject({ status: 'blocked' });
    const id = Number(body['id']);
    expect(await eventsOf(id)).toMatchObject([{ rail: 'self-check', action: 'block' }]);
    expect(await app.dataSource.getRepository(Usage).findBy({ postId: id })).toMatchObject([
      { purpose: 'guardrail', provider: 'openai', outcome: 'done' },
    ]);
    expect(JSON.stringify(app.provider.requests.at(-1)?.messages)).toContain(
      'Uma pergunta qualquer',
    );
    app.provider.script({ words: ['Não.'] });
    const passed = await asked(app.client, conversation, 'Outra pergunta');
    expect(passed).toMatchObject({ status: 'done', body: 'Não.' });
    const rows = await app.dataSource.getRepository(Usage).findBy({ postId: passed.id });
    expect(rows.map(({ purpose }) => purpose).sort()).toEqual(['answer', 'guardrail', 'guardrail']);
    app.provider.script({});
  });

  it('should close where a model that must judge says neither yes nor no', async () => {
    app.provider.script({ words: ['Talvez.'] });
    const closed = await ask(app.client, await aConversation(app.client), {
      prompt: 'E isto aqui?',
    });
    expect(closed).toMatchObject({ status: 503, body: { error: { code: 'GUARDRAIL.FAILED' } } });
    app.provider.script({});
  });

  it('should have a model say which disallowed topic a prompt is about', async () => {
    await publish(
      config(
        '  topic-judge: { on: true, required: true, timeoutMs: 5000, model: openai/fake-chat }\n',
      ),
      `topics:
  - name: investimentos
    description: O que comprar ou vender na bolsa
    examples: [Compro ações agora?]
    keywords: [zzz-nunca]
`,
    );
    app.provider.script({ words: ['investimentos'] });
    const conversation = await aConversation(app.client);
    const { body } = await ask(app.client, conversation, { prompt: 'Vale a pena entrar em X?' });
    expect(body).toMatchObject({ status: 'blocked' });
    expect(await eventsOf(Number(body['id']))).toMatchObject([
      { rail: 'topic-judge', rule: 'investimentos', action: 'block' },
    ]);
    expect(JSON.stringify(app.provider.requests.at(-1)?.messages)).toContain('Compro ações agora?');
    app.provider.script({ words: ['none'] });
    expect((await asked(app.client, conversation, 'E o almoço?')).status).toBe('done');
    app.provider.script({});
  });
});
