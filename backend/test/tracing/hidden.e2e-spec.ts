import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aConversation, asked } from '../harness/asking.js';
import { startTracedApp, type TracedApp } from './traced-app.js';

const INPUT = 'capivara';
const ANSWER = 'tamanduá';

/** Everything that went to LangSmith, as text. */
const sent = ({ langSmith }: TracedApp): string =>
  langSmith.requests.map(({ path, body }) => `${path}\n${body}`).join('\n');

async function everyKindOfAnswer(app: TracedApp): Promise<readonly number[]> {
  const conversation = await aConversation(app.client, { instructions: `${INPUT} das instruções` });
  const said = await asked(app.client, conversation, `${INPUT}\nsay: ${ANSWER}`);
  const quoted = await asked(app.client, conversation, 'how do I back up?', {
    model: 'quotes',
  });
  app.provider.script({ status: 500, body: `{"error":{"message":"${INPUT} ${ANSWER}"}}` });
  const failed = await asked(app.client, conversation, `${INPUT}!`);
  for (const { id } of [said, quoted, failed]) await app.runsOf(id);
  app.provider.script({});
  return [said.id, quoted.id, failed.id];
}

describe('hidden texts', () => {
  let app: TracedApp;
  const start = async (settings: Record<string, string>) => {
    app = await startTracedApp(settings);
  };

  describe('inputs and outputs', () => {
    beforeAll(() => start({ LANGSMITH_HIDE_INPUTS: 'true', LANGSMITH_HIDE_OUTPUTS: 'true' }));
    afterAll(() => app.close());

    it('should send no word of anybody: prompts, answers, titles, sources, errors', async () => {
      const [said = 0, quoted = 0] = await everyKindOfAnswer(app);
      expect(sent(app)).not.toContain(INPUT);
      expect(sent(app)).not.toContain(ANSWER);
      for (const run of app.langSmith.runs.values()) {
        expect(run).toMatchObject({ inputs: {}, outputs: {} });
      }
      const { sources } = (await app.client.get(`/api/posts/${String(quoted)}`)).body;
      expect(sources).not.toEqual([]);
      for (const { title, quote } of sources as { title: string; quote: string }[]) {
        expect(sent(app)).not.toContain(JSON.stringify(title));
        expect(sent(app)).not.toContain(JSON.stringify(quote).slice(1, -1));
      }
      // Tokens are counted all the same.
      const call = (await app.runsOf(said)).get('generate');
      expect(call?.extra.metadata).toMatchObject({ usage_metadata: { output_tokens: 1 } });
    });
  });

  describe('inputs only', () => {
    beforeAll(() => start({ LANGSMITH_HIDE_INPUTS: 'true' }));
    afterAll(() => app.close());

    it('should send answers, and nothing that a model was sent', async () => {
      await everyKindOfAnswer(app);
      expect(sent(app)).not.toContain(INPUT);
      expect(sent(app)).toContain(ANSWER);
      expect(sent(app)).not.toContain('page_content');
    });
  });
});
