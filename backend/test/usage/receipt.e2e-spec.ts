import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Usage } from '#db';
import { type BedrockServer, startBedrockServer } from '../fakes/bedrock-server.js';
import { type LangSmithServer, startLangSmithServer } from '../fakes/langsmith-server.js';
import { type AnsweringApp, MODEL, startAnsweringApp } from '../harness/answering-app.js';
import { aPerson } from '../harness/api-client.js';
import { aConversation, asked, askStream, getPost } from '../harness/asking.js';
import { eventually, PROJECT, tracedTo } from '../tracing/traced-app.js';

const OTHER = 'bedrock/mistral.mistral-large-2402-v1:0';
const TITLER = 'openai/fake-title';
const UNPRICED = 'openai/fake-unpriced';

/** Dollars a million tokens. */
const PRICES = new Map([
  [MODEL, { input: 3, output: 9 }],
  [OTHER, { input: 5, output: 15 }],
  [TITLER, { input: 1, output: 2 }],
]);
const PROMPT = 'say: Abra as configurações e escolha Senha.';

describe('the receipt of an answer', () => {
  let app: AnsweringApp;
  let bedrock: BedrockServer;
  let langSmith: LangSmithServer;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'prosa-receipt-'));
    const file = join(folder, 'models.yaml');
    const priced = [...PRICES].map(([id, prices]) => ({
      id,
      prices: { ...prices, asOf: '2026-10-01', source: 'contrato' },
    }));
    const models = [...priced, { id: UNPRICED }];
    writeFileSync(file, JSON.stringify({ models }));
    bedrock = await startBedrockServer();
    langSmith = await startLangSmithServer();
    // The project is there before: a trace of somebody else has made it.
    const run = { id: 'before', session_name: PROJECT, extra: { metadata: {} } };
    const { status } = await fetch(`${langSmith.url}/runs/batch`, {
      method: 'POST',
      body: JSON.stringify({ post: [run] }),
    });
    expect(status).toBe(202);
    app = await startAnsweringApp('sqlite', {
      ...{ LLM_MODELS: '', MODELS_FILE: file, TITLE_MODEL: TITLER, TITLE_WAIT_MS: '60000' },
      ...tracedTo(langSmith),
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
      AWS_ACCESS_KEY_ID: 'AKIACANARY',
      AWS_SECRET_ACCESS_KEY: 'canary',
    });
  });

  afterAll(async () => {
    await app.close();
    await bedrock.close();
    await langSmith.close();
    rmSync(folder, { recursive: true });
  });

  const rowsOf = (postId: number) =>
    app.dataSource.getRepository(Usage).find({ where: { postId }, order: { id: 'ASC' } });

  /** The first attempt is answered without a word, and is paid for all the same. */
  const failAt = (name: string) => {
    app.provider.script(({ model }) =>
      model === name
        ? { words: [], usage: true }
        : model === 'fake-title'
          ? { words: ['Senha'] }
          : {},
    );
  };

  it('should count what failed, what took its place, and the title', async () => {
    failAt('fake-chat');
    const stream = await askStream(app.client, await aConversation(app.client), { prompt: PROMPT });
    const frames = await stream.all();
    const { usage, model, id } = await getPost(app.client, Number(frames[0]?.data['postId']));
    const rows = await rowsOf(id);
    expect(rows.map(({ model: name, purpose }) => [name, purpose])).toEqual(
      expect.arrayContaining([
        [MODEL, 'answer'],
        [OTHER, 'answer'],
        [TITLER, 'title'],
      ]),
    );
    expect(rows.find((row) => row.model === MODEL)?.promptTokens).toBeGreaterThan(0);
    const dollars = rows.map(({ model: name, promptTokens, completionTokens }) => {
      const { input, output } = PRICES.get(name) ?? { input: NaN, output: NaN };
      return (Number(promptTokens) * input + Number(completionTokens) * output) / 1e6;
    });
    const answer = rows.findIndex((row) => row.model === OTHER);
    expect(model).toBe(OTHER);
    expect(usage).toMatchObject({
      ...{ model: OTHER, provider: 'bedrock', estimated: false, calls: rows.length },
      ...{ priceSource: 'contrato', priceAsOf: '2026-10-01', cachedTokens: null },
      promptTokens: rows[answer]?.promptTokens,
      completionTokens: rows[answer]?.completionTokens,
    });
    expect(usage?.costUsd).toBeCloseTo(Number(dollars[answer]), 9);
    expect(usage?.totalCostUsd).toBeCloseTo(
      dollars.reduce((sum, each) => sum + each),
      9,
    );
    expect(Number(usage?.totalCostUsd)).toBeGreaterThan(Number(usage?.costUsd));
  });

  it('should be told at the end of the stream as it stands with the post', async () => {
    app.provider.script({});
    const stream = await askStream(app.client, await aConversation(app.client), { prompt: PROMPT });
    const told = (await stream.all()).find(({ type }) => type === 'usage')?.data;
    const { usage } = await getPost(app.client, Number(stream.frames[0]?.data['postId']));
    expect({ ...told, traceUrl: null }).toEqual({ ...usage, traceUrl: null });
    expect(told).toMatchObject({ model: MODEL, calls: 2 });
  });

  it('should say that it does not know, where one price is not known', async () => {
    app.provider.script({});
    const conversation = await aConversation(app.client);
    const { usage } = await asked(app.client, conversation, PROMPT, { model: UNPRICED });
    expect(usage).toMatchObject({ model: UNPRICED, costUsd: null, totalCostUsd: null, calls: 2 });
    expect(usage).toMatchObject({ priceSource: null, priceAsOf: null });
    const next = await asked(app.client, conversation, PROMPT, { model: MODEL });
    expect(next.usage).toMatchObject({ calls: 1, totalCostUsd: next.usage?.costUsd });
  });

  it('should show the trace to administrators, and to nobody else', async () => {
    app.provider.script({});
    const mine = await asked(app.client, await aConversation(app.client), PROMPT);
    const traceOf = () =>
      [...langSmith.runs.values()].find((run) => run.extra.metadata['post_id'] === mine.id)
        ?.trace_id;
    await eventually(() => traceOf() !== undefined);
    // The page is looked up behind the first who asks for it.
    let url: string | null = null;
    while (url === null) url = (await getPost(app.client, mine.id)).usage?.traceUrl ?? null;
    expect(url).toContain(`/r/${String(traceOf())}`);
    const stream = await askStream(app.client, await aConversation(app.client), { prompt: PROMPT });
    const told = (await stream.all()).find(({ type }) => type === 'usage')?.data;
    expect(told?.['traceUrl']).toMatch(/\/r\/[\w-]+/);
    const ana = await aPerson(app, app.admin, 'ana');
    const hers = await asked(ana.client, await aConversation(ana.client), PROMPT);
    expect(hers.usage).toMatchObject({ model: MODEL, traceUrl: null });
    const again = await askStream(ana.client, await aConversation(ana.client), { prompt: PROMPT });
    const toldHer = (await again.all()).find(({ type }) => type === 'usage')?.data;
    expect(toldHer).toMatchObject({ model: MODEL, traceUrl: null });
  });
});
