import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aConversation, asked } from '../harness/asking.js';
import { type LocalApp, ModelShelf, startLocalApp } from './local-scene.js';

const HELLO = 'Olá, sou um modelo minúsculo.';

// Both models are only a little surer of their script than of anything else.
describe.each(['llama/unsure.gguf', 'flan-t5/unsure'])('the parameters of %s', (model) => {
  const shelf = new ModelShelf();
  let app: LocalApp;

  beforeAll(() => {
    shelf.llama('unsure.gguf', { certainty: 0.08 });
    shelf.t5('unsure', { certainty: 8 });
  });
  afterEach(() => app.close());
  afterAll(() => {
    shelf.remove();
  });

  async function answersWith(settings: Record<string, string>): Promise<string[]> {
    app = await startLocalApp(shelf, { LLM_MODELS: model, ...settings });
    const { client } = app.admin;
    const bodies: string[] = [];
    for (let at = 0; at < 4; at += 1) {
      const post = await asked(client, await aConversation(client), 'um modelo', { model });
      bodies.push(post.body);
    }
    return bodies;
  }
  const script = [HELLO, HELLO, HELLO, HELLO];

  it('should always say the likeliest at TEMPERATURE 0', async () => {
    expect(await answersWith({ TEMPERATURE: '0', TOP_P: '1' })).toEqual(script);
  });

  it('should say other things at a high TEMPERATURE', async () => {
    const answers = await answersWith({ TEMPERATURE: '2', TOP_P: '1', MAX_NEW_TOKENS: '30' });
    expect(new Set(answers).size).toBeGreaterThan(1);
  });

  it('should keep to the likeliest with a small TOP_P, however high the TEMPERATURE', async () => {
    expect(await answersWith({ TEMPERATURE: '2', TOP_P: '0.01' })).toEqual(script);
  });

  it('should end after MAX_NEW_TOKENS', async () => {
    const [first] = await answersWith({ TEMPERATURE: '0', MAX_NEW_TOKENS: '3' });
    expect(first).toBe('Olá, sou');
  });

  it('should end before a stop text of the models file, however it is cut into tokens', async () => {
    const models = [{ id: model, stop: ['um mod', 'never said'] }];
    const MODELS_FILE = shelf.file('../models.yaml', JSON.stringify({ models }));
    const [first] = await answersWith({ LLM_MODELS: '', MODELS_FILE, TEMPERATURE: '0' });
    expect(first).toBe('Olá, sou ');
  });
});
