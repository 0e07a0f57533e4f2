import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Run, Usage } from '#db';
import { type BedrockServer, startBedrockServer } from '../fakes/bedrock-server.js';
import { aConversation, asked, askStream, getPost } from '../harness/asking.js';
import { eventually, PROJECT, startTracedApp, type TracedApp } from './traced-app.js';

const MISTRAL = 'mistral.mistral-large-2402-v1:0';
const UUID7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

describe('a trace in LangSmith', () => {
  let app: TracedApp;
  let bedrock: BedrockServer;

  beforeAll(async () => {
    bedrock = await startBedrockServer();
    app = await startTracedApp({
      LLM_MODELS: `openai/fake-chat,bedrock/${MISTRAL},quotes`,
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
      AWS_ACCESS_KEY_ID: 'AKIACANARY',
      AWS_SECRET_ACCESS_KEY: 'canary of the secret key',
    });
  });
  afterAll(async () => {
    await app.close();
    await bedrock.close();
  });
  beforeEach(() => {
    app.provider.script({});
    bedrock.script({});
  });

  it('should hold the answer and each step, in order, in one project', async () => {
    const conversation = await aConversation(app.client);
    const { id } = await asked(app.client, conversation, 'say: um dois três');
    const runs = await app.runsOf(id);
    expect([...runs.keys()]).toEqual([
      'answer',
      'guard in',
      'accept',
      'route',
      'gather',
      'fit',
      'reserve',
      'guard out',
      'generate',
      'settle',
    ]);
    const root = runs.get('answer');
    expect(root).toMatchObject({
      run_type: 'chain',
      inputs: { prompt: 'say: um dois três' },
      outputs: { answer: 'um dois três' },
      tags: ['ask', 'web', 'done'],
    });
    expect(root?.id).toMatch(UUID7);
    for (const run of runs.values()) {
      expect(run.session_name).toBe(PROJECT);
      expect(run.dotted_order.startsWith(String(root?.dotted_order))).toBe(true);
      expect(run.end_time).toBeGreaterThanOrEqual(Date.parse(run.start_time));
      if (run !== root) expect(run).toMatchObject({ parent_run_id: root?.id, trace_id: root?.id });
      // A thread's costs are summed over the runs that name it.
      expect(run.extra.metadata).toMatchObject({
        thread_id: String(conversation),
        conversation_id: String(conversation),
        user_id: String(app.admin.user.id),
        post_id: id,
        model: 'openai/fake-chat',
        status: 'done',
        error_code: null,
      });
    }
    const [run] = await app.dataSource.getRepository(Run).findBy({ postId: id });
    expect(run?.traceId).toBe(root?.id);
    expect(root?.extra.metadata).toMatchObject({ run_id: run?.id });
  });

  it('should tell what the model was sent, what it said, and what that cost', async () => {
    bedrock.script({ cachedTokens: 4 });
    const post = await asked(app.client, await aConversation(app.client), 'say: um dois três', {
      model: `bedrock/${MISTRAL}`,
    });
    const call = (await app.runsOf(post.id)).get('generate');
    expect(call).toMatchObject({
      run_type: 'llm',
      inputs: {
        messages: [
          { role: 'system', content: expect.stringContaining('Prosa') },
          { role: 'user', content: 'say: um dois três' },
        ],
      },
      outputs: { messages: [{ role: 'assistant', content: 'um dois três' }] },
    });
    // 15 tokens in, 3 out, at 4 and 12 dollars a million.
    expect(call?.extra.metadata).toMatchObject({
      ls_model_type: 'chat',
      ls_provider: 'amazon_bedrock',
      ls_model_name: MISTRAL,
      estimated: false,
      price_as_of: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      usage_metadata: {
        input_tokens: 15,
        output_tokens: 3,
        total_tokens: 18,
        input_token_details: { cache_read: 4 },
        input_cost: 0.00006,
        output_cost: 0.000036,
        total_cost: 0.000096,
      },
    });
    const [event] = call?.events ?? [];
    expect(event).toEqual({ name: 'new_token', time: expect.any(String) });
    const ttft = Date.parse(String(event?.['time'])) - Date.parse(String(call?.start_time));
    expect(ttft).toBe(Number(post.usage?.ttftMs));
    expect(post.usage).toMatchObject({ costUsd: 0.000096, promptTokens: 15 });
    const [row] = await app.dataSource.getRepository(Usage).findBy({ postId: post.id });
    expect(row).toMatchObject({ costNanoUsd: 96_000, cachedTokens: 4 });
  });

  it('should tell the cost in the stream too', async () => {
    const stream = await askStream(app.client, await aConversation(app.client), {
      prompt: 'say: um',
      model: `bedrock/${MISTRAL}`,
    });
    const usage = (await stream.all()).find(({ type }) => type === 'usage');
    expect(usage?.data).toMatchObject({ costUsd: (11 * 4 + 12) / 1e6 });
  });

  it('should leave out a cost that nobody knows, and not call it nothing', async () => {
    const post = await asked(app.client, await aConversation(app.client), 'say: um');
    const metadata = (await app.runsOf(post.id)).get('generate')?.extra.metadata;
    expect(metadata).toMatchObject({ ls_provider: 'own_openai', ls_model_name: 'fake-chat' });
    const usage = metadata?.['usage_metadata'] as Record<string, number>;
    expect(Object.keys(usage)).toEqual(['input_tokens', 'output_tokens', 'total_tokens']);
    expect(post.usage?.costUsd).toBeNull();
    const [row] = await app.dataSource.getRepository(Usage).findBy({ postId: post.id });
    expect(row?.costNanoUsd).toBeNull();
  });

  it('should hold the sources of an answer from the documentation, and count no tokens', async () => {
    const post = await asked(app.client, await aConversation(app.client), 'how do I back up?', {
      model: 'quotes',
    });
    const runs = await app.runsOf(post.id);
    const [source] = post.sources;
    expect(runs.get('gather')).toMatchObject({
      run_type: 'retriever',
      outputs: {
        documents: expect.arrayContaining([
          { type: 'Document', page_content: source?.quote, metadata: { title: source?.title } },
        ]),
      },
    });
    expect(runs.get('generate')?.run_type).toBe('chain');
    expect(runs.get('generate')?.extra.metadata).not.toHaveProperty('usage_metadata');
  });

  it('should show an answer that failed by its code, and repeat no provider', async () => {
    const message = 'canary of the provider';
    app.provider.script({ status: 400, body: JSON.stringify({ error: { message } }) });
    bedrock.script({ exception: { name: 'ValidationException', status: 400, message } });
    const post = await asked(app.client, await aConversation(app.client), 'conta algo');
    expect(post.status).toBe('failed');
    const runs = await app.runsOf(post.id);
    expect(runs.get('answer')).toMatchObject({
      error: post.error?.code,
      tags: ['ask', 'web', 'failed'],
    });
    expect(runs.get('generate')).toMatchObject({ error: post.error?.code });
    expect(runs.get('generate')).not.toHaveProperty('events.0');
    expect(JSON.stringify([...runs])).not.toContain('canary of the provider');
  });

  it('should show an answer that was stopped, which is no error', async () => {
    app.provider.script({ words: Array(200).fill('tic '), delayMs: 10 });
    const stream = await askStream(app.client, await aConversation(app.client), {
      prompt: 'conta algo',
    });
    await stream.untilText(12);
    const id = Number(stream.frames[0]?.data['postId']);
    await app.client.post(`/api/posts/${String(id)}/stop`);
    await stream.all();
    const runs = await app.runsOf(id);
    const root = runs.get('answer');
    expect(root).toMatchObject({
      tags: ['ask', 'web', 'stopped'],
      outputs: { answer: stream.text },
    });
    expect(root).not.toHaveProperty('error');
    expect(runs.get('generate')?.extra.metadata).toMatchObject({
      status: 'stopped',
      estimated: true,
    });
  });

  it('should show an answer that was cut short, and the run that went on with it', async () => {
    app.provider.script({ words: ['um ', 'dois ', 'três '], dieAfter: 2 });
    const { id } = await asked(app.client, await aConversation(app.client), 'conte');
    const first = (await app.runsOf(id)).get('answer');
    expect(first).toMatchObject({
      error: expect.stringMatching(/^MODEL\./),
      tags: ['ask', 'web', 'interrupted'],
      outputs: { answer: 'um dois ' },
    });
    app.provider.script({ words: ['três'] });
    await app.client.post(`/api/posts/${String(id)}/continue`);
    const { body } = await getPost(app.client, id);
    expect(body).toBe('um dois três');
    const traceIds = (await app.dataSource.getRepository(Run).findBy({ postId: id })).map(
      ({ traceId }) => traceId,
    );
    expect(new Set(traceIds).size).toBe(2);
    const roots = () => [...app.langSmith.runs.values()].filter((run) => traceIds.includes(run.id));
    await eventually(() => roots().length === 2);
    expect(roots().find((run) => run.id !== first?.id)).toMatchObject({
      tags: ['continue', 'web', 'done'],
      outputs: { answer: 'três' },
    });
  });
});
