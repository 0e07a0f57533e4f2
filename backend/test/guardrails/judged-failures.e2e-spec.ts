import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Conversation, GuardrailEvent, Post, Usage } from '#db';
import type { BedrockGuardrail } from '../fakes/bedrock-guardrail.js';
import { type BedrockServer, startBedrockServer } from '../fakes/bedrock-server.js';
import type { EmbeddingScript } from '../fakes/openai-embeddings.js';
import type { OpenAiBehaviour } from '../fakes/openai-script.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import { ApiClient } from '../harness/api-client.js';
import { aConversation, ask, asked } from '../harness/asking.js';

const CONFIG = readFileSync(new URL('../../rails/config.yml', import.meta.url), 'utf8');
const TOPICS = `topics:
  - name: investimentos
    description: O que comprar ou vender na bolsa
    keywords: [zzz-nunca]
    examples: [Compro papéis agora?]
`;
const SERVICE_TOKEN = 'service-token-of-the-tests-0123456789';
/** Nothing that the local rails know. */
const CANARY = 'canário-do-assunto';

const FAULTS = ['429', '503', 'silence', 'garbage'] as const;
type Fault = (typeof FAULTS)[number];

const OF_BEDROCK: Readonly<Record<Fault, BedrockGuardrail>> = {
  429: { exception: { name: 'ThrottlingException', status: 429 } },
  503: { exception: { name: 'ServiceUnavailableException', status: 503 } },
  silence: { silent: true },
  garbage: { garbage: '<html>Down for maintenance</html>' },
};
const OF_A_MODEL: Readonly<Record<Fault, OpenAiBehaviour>> = {
  429: { status: 429, body: '{"error":{"message":"slow down"}}' },
  503: { status: 503, body: '{"error":{"message":"down"}}' },
  silence: { silent: true },
  garbage: { words: ['Talvez, ', 'quem ', 'sabe?'] },
};
const OF_EMBEDDINGS: Readonly<Record<Fault, Partial<EmbeddingScript>>> = {
  429: { status: 429 },
  503: { status: 503 },
  silence: { silent: true },
  garbage: { garbage: '<html>Down for maintenance</html>' },
};

const MODEL = 'model: openai/fake-judge';
const RAILS = [
  ['bedrock', 'input', "guardrail: gr-1a2b, version: '3'"],
  ['bedrock', 'output', "guardrail: gr-1a2b, version: '3'"],
  ['self-check', 'input', MODEL],
  ['self-check', 'output', MODEL],
  ['topic-judge', 'input', MODEL],
  ['topic-embeddings', 'input', 'similarity: 0.9'],
] as const;
/** What is silent is waited for so long; whoever answers wrongly does so at once. */
const TIMED = 'timeoutMs: 500';

describe('rails that ask somebody who does not answer as they should', () => {
  let app: AnsweringApp;
  let bedrock: BedrockServer;
  let service: ApiClient;

  beforeAll(async () => {
    bedrock = await startBedrockServer();
    app = await startAnsweringApp('sqlite', {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIACANARY',
      AWS_SECRET_ACCESS_KEY: 'canary',
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
      // Whoever answers is not who judges: what is wrong with one is not with the other.
      LLM_MODELS: 'openai/fake-chat,openai/fake-judge,quotes',
      EMBEDDING_MODEL: 'openai/text-embedding-fake',
      EMBEDDING_DIMENSIONS: '8',
      SERVICE_TOKEN,
    });
    service = new ApiClient(app.url);
    service.token = SERVICE_TOKEN;
  });
  afterAll(async () => {
    await app.close();
    await bedrock.close();
  });

  const created = (config: string, patterns = 'patterns: []\n') =>
    app.client.post('/api/guardrails/policies', {
      files: [
        { path: 'config.yml', text: config },
        { path: 'rails/disallowed_topics.yml', text: TOPICS },
        { path: 'rails/input_output_checks.yml', text: patterns },
      ],
      note: 'test',
    });
  const judgedBy = (rail: string, setting: string) =>
    `${CONFIG.slice(0, CONFIG.indexOf('\njudged:'))}\njudged:\n  ${rail}: { on: true, ${setting} }\n`;

  async function publish(config: string, patterns?: string): Promise<void> {
    const made = await created(config, patterns);
    expect(made).toMatchObject({ status: 201 });
    const path = `/api/guardrails/policies/${String(made.body['id'])}/publish`;
    expect((await app.client.post(path, {})).status).toBe(200);
  }

  /** Everybody who judges fails in one way. */
  function allFail(fault: Fault): void {
    bedrock.script({ guardrail: OF_BEDROCK[fault] });
    app.provider.script(({ model }) => (model === 'fake-judge' ? OF_A_MODEL[fault] : {}));
    app.provider.embeddings.script({
      vectorOf: () => [1, 1, 1, 1, 1, 1, 1, 1],
      ...OF_EMBEDDINGS[fault],
    });
  }

  const eventsSince = async (id: number) =>
    (await app.dataSource.getRepository(GuardrailEvent).find({ order: { id: 'ASC' } }))
      .filter((event) => event.id > id)
      .map(({ stage, rail, rule, action, outcome, door }) => ({
        ...{ stage, rail, rule, action, outcome, door },
      }));
  const lastEvent = async () =>
    (await app.dataSource.getRepository(GuardrailEvent).maximum('id')) ?? 0;
  /** Where documents are asked, an answer may be had without any model. */
  const atSimpleDoor = async (stage: 'input' | 'output') =>
    service.post(stage === 'input' ? '/ask/question' : '/chat/', { question: 'Conte de novo' });
  const kept = async () => {
    const tables = [Post, Usage, GuardrailEvent, Conversation];
    return JSON.stringify(
      await Promise.all(tables.map((table) => app.dataSource.getRepository(table).find())),
    );
  };
  it.each(RAILS)('should close where %s must judge the %s', async (rail, stage, more) => {
    await publish(judgedBy(rail, `stages: [${stage}], required: true, ${TIMED}, ${more}`));
    const closed = { stage, rail, rule: 'failed', action: 'block', outcome: 'closed' };
    for (const fault of FAULTS) {
      allFail(fault);
      const last = await lastEvent();
      const canary = `${CANARY}-${rail}-${stage}-${fault}`;
      const conversation = await aConversation(app.client);
      const { status, headers, body } = await ask(app.client, conversation, {
        prompt: `Conte do ${canary}`,
      });
      if (stage === 'input') {
        expect([status, body]).toMatchObject([503, { error: { code: 'GUARDRAIL.FAILED' } }]);
        expect(headers.get('retry-after')).not.toBeNull();
        expect(await kept()).not.toContain(canary);
      } else {
        expect(body).toMatchObject({
          ...{ body: '', status: 'failed', error: { code: 'GUARDRAIL.FAILED' } },
        });
      }
      expect({ fault, events: await eventsSince(last) }).toEqual({
        ...{ fault, events: [{ ...closed, door: 'web' }] },
      });
    }
    const last = await lastEvent();
    expect(await atSimpleDoor(stage)).toMatchObject({
      ...{ status: 503, body: { error: { code: 'GUARDRAIL.FAILED' } } },
    });
    expect(await eventsSince(last)).toEqual([{ ...closed, door: 'simple' }]);
  });

  it.each(RAILS)('should open where %s may judge the %s', async (rail, stage, more) => {
    await publish(judgedBy(rail, `stages: [${stage}], required: false, ${TIMED}, ${more}`));
    const opened = { stage, rail, rule: 'failed', action: 'flag', outcome: 'opened' };
    for (const fault of FAULTS) {
      allFail(fault);
      const last = await lastEvent();
      const post = await asked(app.client, await aConversation(app.client), `Conte do ${CANARY}`);
      // Nobody is told but administrators: nothing was found.
      expect(post).toMatchObject({ status: 'done', rails: [] });
      expect(post.body).not.toBe('');
      expect({ fault, events: await eventsSince(last) }).toEqual({
        ...{ fault, events: [{ ...opened, door: 'web' }] },
      });
    }
    const last = await lastEvent();
    expect(await atSimpleDoor(stage)).toMatchObject({ status: 200 });
    expect(await eventsSince(last)).toEqual([{ ...opened, door: 'simple' }]);
  });

  it('should say at the simple door what a local rail says, with its sources left empty', async () => {
    await publish(CONFIG);
    const question = 'minha senha: Xk9vQ2pLw7Rt';
    const { status, body } = await service.post('/ask/question', { question });
    expect({ status, body }).toMatchObject({
      ...{ status: 200, body: { model: '', sources: [], citations: [] } },
    });
    expect(String(body['answer'])).toContain('senha ou chave');
    expect(await kept()).not.toContain('Xk9vQ2pLw7Rt');
  });

  it('should refuse what masking made longer than a required rail judges, and let it pass another', async () => {
    const patterns = `patterns:
  - name: long
    pattern: zzz
    stages: { input: replace }
    replacement: { pt-BR: ${'(texto trocado) '.repeat(4)}, en: (text) }
`;
    bedrock.script({ guardrail: {} });
    const prompt = 'zzz '.repeat(20_000);
    for (const required of [true, false]) {
      const how = `required: ${String(required)}, timeoutMs: 20000, guardrail: gr-1a2b, stages: [input]`;
      await publish(judgedBy('bedrock', how), patterns);
      const last = await lastEvent();
      const answer = await ask(app.client, await aConversation(app.client), {
        prompt,
        model: 'quotes',
      });
      const tooLong = { rail: 'bedrock', rule: 'too-long' };
      if (required) {
        expect(answer).toMatchObject({
          status: 413,
          body: { error: { code: 'GUARDRAIL.TOO_LONG' } },
        });
        expect(await eventsSince(last)).toMatchObject([{ ...tooLong, outcome: 'closed' }]);
      } else {
        expect(answer.status).toBe(201);
        expect(await eventsSince(last)).toContainEqual(
          expect.objectContaining({ ...tooLong, outcome: 'opened' }),
        );
      }
    }
  });

  it('should refuse to send what documents say to somebody', async () => {
    const config = judgedBy('self-check', `stages: [retrieved], ${MODEL}`);
    expect(await created(config)).toMatchObject({
      status: 422,
      body: {
        error: { details: { problems: [{ file: 'config.yml', line: expect.any(Number) }] } },
      },
    });
  });
});
