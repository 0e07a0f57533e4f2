import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aConversation, asked } from '../harness/asking.js';
import { eventually, startTracedApp, type TracedApp } from './traced-app.js';

describe('thumbs in LangSmith', () => {
  let app: TracedApp;

  beforeAll(async () => {
    app = await startTracedApp();
  });
  afterAll(() => app.close());
  beforeEach(() => {
    app.langSmith.script({});
    app.provider.script({});
  });

  const thumb = (id: number, value: 1 | -1 | 0) =>
    app.client.put(`/api/posts/${String(id)}/feedback`, { value });
  const feedbackOf = (traceId: string | undefined) =>
    [...app.langSmith.feedback.values()].filter(({ run_id }) => run_id === traceId);

  async function anAnswer() {
    const { id } = await asked(app.client, await aConversation(app.client), 'say: um');
    return { id, traceId: (await app.runsOf(id)).get('answer')?.id };
  }

  it('should become one feedback of the trace, which changes and goes with the thumb', async () => {
    const { id, traceId } = await anAnswer();
    expect((await thumb(id, 1)).status).toBe(204);
    await eventually(() => feedbackOf(traceId).length === 1);
    const [first] = feedbackOf(traceId);
    expect(first).toMatchObject({
      key: 'user_score',
      score: 1,
      trace_id: traceId,
      session_id: expect.any(String),
    });
    await thumb(id, -1);
    await eventually(() => feedbackOf(traceId)[0]?.score === 0);
    expect(feedbackOf(traceId)).toHaveLength(1);
    expect(feedbackOf(traceId)[0]?.id).toBe(first?.id);
    await thumb(id, 0);
    await eventually(() => feedbackOf(traceId).length === 0);
    await thumb(id, -1);
    await eventually(() => feedbackOf(traceId)[0]?.id === first?.id);
  });

  it('should arrive once, as it is at last, when LangSmith was away meanwhile', async () => {
    const { id, traceId } = await anAnswer();
    app.langSmith.script({ status: 503 });
    const before = app.langSmith.requests.length;
    await thumb(id, 1);
    await eventually(() => app.langSmith.requests.length > before);
    for (const value of [-1, 0, -1] as const) await thumb(id, value);
    app.langSmith.script({});
    await eventually(() => feedbackOf(traceId).length === 1);
    expect(feedbackOf(traceId)).toMatchObject([{ score: 0 }]);
  });

  it('should keep its feedback when the answer goes on', async () => {
    app.provider.script({ words: ['um ', 'dois '], dieAfter: 1 });
    const { id, traceId } = await anAnswer();
    await thumb(id, -1);
    await eventually(() => feedbackOf(traceId).length === 1);
    app.provider.script({ words: ['dois'] });
    await app.client.post(`/api/posts/${String(id)}/continue`);
    await thumb(id, 1);
    await eventually(() => feedbackOf(traceId)[0]?.score === 1);
    expect([...app.langSmith.feedback.values()].filter(({ score }) => score === 1)).toHaveLength(1);
  });

  it('should be kept here and sent nowhere for an answer that was not traced', async () => {
    const { id } = await anAnswer();
    await app.dataSource.query('update runs set trace_id = null where post_id = ?', [id]);
    const sent = () => app.langSmith.requests.filter(({ path }) => path.startsWith('/feedback'));
    const before = sent().length;
    expect((await thumb(id, 1)).status).toBe(204);
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(sent()).toHaveLength(before);
  });
});
