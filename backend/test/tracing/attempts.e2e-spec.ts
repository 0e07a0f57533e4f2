import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BedrockServer, startBedrockServer } from '../fakes/bedrock-server.js';
import { aConversation, asked } from '../harness/asking.js';
import { startTracedApp, type TracedApp } from './traced-app.js';

const OTHER = 'bedrock/mistral.mistral-large-2402-v1:0';

describe('a trace of an answer that took several calls', () => {
  let app: TracedApp;
  let bedrock: BedrockServer;

  beforeAll(async () => {
    bedrock = await startBedrockServer();
    app = await startTracedApp({
      LLM_MODELS: `openai/fake-chat,${OTHER}`,
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
      AWS_ACCESS_KEY_ID: 'AKIACANARY',
      AWS_SECRET_ACCESS_KEY: 'canary of the secret key',
    });
  });
  afterAll(async () => {
    await app.close();
    await bedrock.close();
  });

  it('should hold a child for each call, with its model, its outcome and its wait', async () => {
    app.provider.script({ status: 500 });
    const { id } = await asked(app.client, await aConversation(app.client), 'say: um dois');
    const runs = await app.runsOf(id);
    const trace = String(runs.get('answer')?.id);
    const steps = [...app.langSmith.runs.values()]
      .filter(({ trace_id, id: own }) => trace_id === trace && own !== trace)
      .sort((one, other) => Date.parse(one.start_time) - Date.parse(other.start_time));
    const calls = steps.filter(({ name }) => name === 'generate');
    expect(
      calls.map(({ error, extra: { metadata } }) => [
        metadata['attempt'],
        metadata['ls_model_name'],
        error ?? null,
        metadata['status'],
      ]),
    ).toEqual([
      [1, 'fake-chat', 'MODEL.UNAVAILABLE', 'failed'],
      [2, 'fake-chat', 'MODEL.UNAVAILABLE', 'failed'],
      [3, 'mistral.mistral-large-2402-v1:0', null, 'done'],
    ]);
    expect(new Set(calls.map(({ id: own }) => own)).size).toBe(3);
    expect(steps.filter(({ name }) => name === 'wait')).toHaveLength(1);
    expect(runs.get('answer')?.extra.metadata).toMatchObject({ model: OTHER, status: 'done' });
    expect(runs.get('answer')).not.toHaveProperty('error');
  });
});
