import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BedrockServer, startBedrockServer } from '../fakes/bedrock-server.js';
import { type AnsweringApp, MODEL, startAnsweringApp } from '../harness/answering-app.js';
import { aConversation, asked } from '../harness/asking.js';
import { startTracedApp } from '../tracing/traced-app.js';
import { Usage } from '#db';

const DEAR = 'bedrock/mistral.mistral-large-2402-v1:0';
const CHEAP = 'bedrock/mistral.mistral-7b-instruct-v0:2';

describe('the model that writes titles', () => {
  let bedrock: BedrockServer;

  beforeAll(async () => {
    bedrock = await startBedrockServer();
  });
  afterAll(() => bedrock.close());

  const settings = (titles: string, models: string): Record<string, string> => ({
    LLM_MODELS: models,
    TITLE_MODEL: titles,
    TITLE_WAIT_MS: '60000',
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
    AWS_ACCESS_KEY_ID: 'AKIACANARY',
    AWS_SECRET_ACCESS_KEY: 'canary of the secret key',
  });

  /** Who wrote the titles of first answers by a model. */
  async function writersOf(app: AnsweringApp, model: string): Promise<string[]> {
    const { id } = await asked(app.client, await aConversation(app.client), 'say: um', { model });
    const rows = await app.dataSource.getRepository(Usage).findBy({ postId: id, purpose: 'title' });
    return rows.map((row) => row.model);
  }

  it.each([
    ['', DEAR, [CHEAP]],
    ['', CHEAP, [CHEAP]],
    // A server at a loopback address is of this machine: its questions stay there.
    ['', MODEL, []],
    ['off', DEAR, []],
    [DEAR, MODEL, [DEAR]],
    [MODEL, DEAR, [MODEL]],
    ['openai/unknown', DEAR, []],
    ['quotes', DEAR, []],
    ['nonsense', DEAR, []],
  ])('should be, with TITLE_MODEL=%s and an answer by %s: %j', async (titles, model, writers) => {
    const app = await startAnsweringApp('sqlite', settings(titles, `${MODEL},${DEAR},${CHEAP}`));
    expect(await writersOf(app, model)).toEqual(writers);
    await app.close();
  });

  it.each([
    ['openai/unknown', /^TITLE_MODEL: openai\/unknown is none of the models/],
    ['quotes', /^TITLE_MODEL: quotes writes no titles/],
    ['nonsense', /^TITLE_MODEL: "nonsense" has no provider/],
  ])('should be missed once, in words, where TITLE_MODEL=%s', async (titles, words) => {
    const log: string[] = [];
    const all = { ...settings(titles, `${DEAR},${CHEAP}`), LOG_LEVEL: 'error' };
    const app = await startAnsweringApp('sqlite', all, log);
    await writersOf(app, DEAR);
    await writersOf(app, DEAR);
    const said = log.map((line) => String((JSON.parse(line) as { msg?: unknown }).msg));
    expect(said.filter((message) => words.test(message))).toHaveLength(1);
    await app.close();
  });

  it('should be in the trace, with what it took and cost', async () => {
    const app = await startTracedApp(settings('', `${DEAR},${CHEAP}`));
    const { id } = await asked(app.client, await aConversation(app.client), 'say: um', {
      model: DEAR,
    });
    const runs = await app.runsOf(id);
    const rows = await app.dataSource.getRepository(Usage).findBy({ postId: id });
    expect(rows).toHaveLength(2);
    for (const { id: usageId, purpose, promptTokens, completionTokens, costNanoUsd } of rows) {
      const run = runs.get(purpose === 'title' ? 'title' : 'generate');
      expect(run).toMatchObject({ run_type: 'llm', parent_run_id: runs.get('answer')?.id });
      const { metadata } = run?.extra ?? {};
      expect(metadata).toMatchObject({ usage_id: Number(usageId), estimated: false });
      const usage = metadata?.['usage_metadata'] as Record<string, number>;
      expect(usage).toMatchObject({ input_tokens: promptTokens, output_tokens: completionTokens });
      expect(costNanoUsd).toBeGreaterThan(0);
      expect(Math.round(Number(usage['total_cost']) * 1e9)).toBe(costNanoUsd);
    }
    expect(runs.get('title')?.extra.metadata).toMatchObject({
      ls_model_name: CHEAP.replace('bedrock/', ''),
    });
    await app.close();
  });
});
