import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Usage } from '#db';
import { MODEL } from '../harness/answering-app.js';
import { aConversation, asked } from '../harness/asking.js';
import { eventually, startTracedApp, type TracedApp } from './traced-app.js';

const WRITER = 'openai/fake-sum';
/** About 330 tokens by our estimate: the window has room for four such turns. */
const LONG = 'palavras '.repeat(99);

describe('a summary in LangSmith', () => {
  let app: TracedApp;

  beforeAll(async () => {
    app = await startTracedApp({
      LLM_MODELS: `${MODEL},${WRITER},quotes`,
      SUMMARY_MODEL: WRITER,
      MODEL_CONTEXT_WINDOW: '2048',
      MAX_OUTPUT_TOKENS: '256',
    });
    app.provider.script(({ model }) =>
      model === 'fake-sum' ? { words: ['<summary>A gata ', 'chama-se Mia.</summary>'] } : {},
    );
  });
  afterAll(() => app.close());

  it('should be a trace of its own, with the call that the ledger has', async () => {
    const conversation = await aConversation(app.client);
    const summaries = () =>
      [...app.langSmith.runs.values()].filter(({ name }) => name === 'summary');
    for (let n = 1; n <= 7; n += 1) {
      await asked(app.client, conversation, `say: resposta ${String(n)}\n${LONG}`);
    }
    await eventually(() => summaries().length >= 2);
    const root = summaries().find(({ parent_run_id }) => !parent_run_id);
    const call = summaries().find(({ parent_run_id }) => parent_run_id === root?.id);
    expect(root).toMatchObject({
      run_type: 'chain',
      inputs: {},
      outputs: { answer: '<summary>A gata chama-se Mia.</summary>' },
      tags: ['summary', 'web', 'done'],
    });
    expect(root?.extra.metadata).toMatchObject({
      thread_id: String(conversation),
      model: WRITER,
      status: 'done',
    });
    expect(call).toMatchObject({ run_type: 'llm', trace_id: root?.id });
    const rows = await app.dataSource.getRepository(Usage).findBy({ purpose: 'summary' });
    expect(rows.map(({ id }) => id)).toContain(call?.extra.metadata['usage_id']);
  });
});
