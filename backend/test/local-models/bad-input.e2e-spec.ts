import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aConversation, asked } from '../harness/asking.js';
import { type LocalApp, ModelShelf, startLocalApp } from './local-scene.js';

interface Listed {
  readonly id: string;
  readonly available: boolean;
  readonly default: boolean;
  readonly reason: { readonly code: string; readonly message: string } | null;
}

describe('models on this machine that cannot be used', () => {
  const shelf = new ModelShelf();
  let app: LocalApp;

  beforeAll(() => {
    const whole = readFileSync(shelf.llama('good.gguf'));
    shelf.file('cut.gguf', whole.subarray(0, whole.length - 1000));
    shelf.file('cut-early.gguf', whole.subarray(0, 100));
    shelf.file('text.gguf', 'This is a page that says 404.');
    // Its header is right and its length, too; what it holds is not.
    shelf.file(
      'wrong.gguf',
      Buffer.from(whole.toString('latin1').replaceAll('llama', 'camel'), 'latin1'),
    );
    shelf.t5('good-t5');
    const cut = join(shelf.t5('cut-t5'), 'onnx/decoder_model_merged.onnx');
    shelf.file('cut-t5/onnx/decoder_model_merged.onnx', readFileSync(cut).subarray(0, 2000));
    shelf.t5('page-t5');
    shelf.file('page-t5/onnx/encoder_model.onnx', '<html>Entry not found</html>');
    shelf.t5('bert');
    shelf.file('bert/config.json', '{"model_type":"bert"}');
    shelf.t5('no-json-t5');
    shelf.file('no-json-t5/config.json', '<html>');
  });
  afterEach(() => app.close());
  afterAll(() => {
    shelf.remove();
  });

  async function list(language = 'en'): Promise<Listed[]> {
    const headers = { 'accept-language': language };
    const { body } = await app.admin.client.get('/api/models', { headers });
    return body['items'] as Listed[];
  }

  /** Models of which none takes over from another: each is to say itself what is wrong. */
  function modelsFile(ids: readonly string[]): string {
    const models = ids.map((id) => ({ id, fallback: false }));
    return shelf.file('../models.yaml', JSON.stringify({ models }));
  }

  async function answerOf(model: string): Promise<{ status: string; code: string | undefined }> {
    const { client } = app.admin;
    const { status, error } = await asked(client, await aConversation(client), 'um modelo', {
      model,
    });
    return { status, code: error?.code };
  }

  it.each([
    ['llama/cut.gguf', 'MODEL.FILE_INVALID', 'LLM_MODELS: cut.gguf; models/cut.gguf'],
    ['llama/cut-early.gguf', 'MODEL.FILE_INVALID', 'models/cut-early.gguf'],
    ['llama/text.gguf', 'MODEL.FILE_INVALID', 'models/text.gguf'],
    ['llama/none.gguf', 'MODEL.FILE_MISSING', 'LLM_MODELS: none.gguf; models/none.gguf'],
    ['flan-t5/cut-t5', 'MODEL.FILE_INVALID', 'LLM_MODELS: cut-t5; models/cut-t5'],
    ['flan-t5/page-t5', 'MODEL.FILE_INVALID', 'models/page-t5'],
    ['flan-t5/bert', 'MODEL.FILE_INVALID', 'models/bert'],
    ['flan-t5/no-json-t5', 'MODEL.FILE_INVALID', 'models/no-json-t5'],
    [
      'flan-t5/google/flan-t5-base',
      'MODEL.FILE_MISSING',
      'google/flan-t5-base → ONNX Xenova/flan-t5-base; models/Xenova/flan-t5-base',
    ],
  ])('should say what is wrong with %s and leave the others alone', async (id, code, where) => {
    app = await startLocalApp(shelf, {
      ...{ MODELS_FILE: modelsFile([id]), LLM_MODELS: `${id},llama/good.gguf,quotes` },
    });
    const [bad, good] = await list();
    expect(bad).toMatchObject({ id, available: false, reason: { code } });
    expect(bad?.reason?.message).toContain(where);
    expect(good).toMatchObject({ available: true, default: true });
    expect(await answerOf(id)).toEqual({ status: 'failed', code });
    expect(await answerOf('llama/good.gguf')).toEqual({ status: 'done', code: undefined });
  });

  it('should find out by loading what the header does not tell, and then say so', async () => {
    app = await startLocalApp(shelf, {
      ...{ LLM_MODELS: '', MODELS_FILE: modelsFile(['llama/wrong.gguf', 'llama/good.gguf']) },
    });
    const code = 'MODEL.FILE_INVALID';
    expect(await answerOf('llama/wrong.gguf')).toEqual({ status: 'failed', code });
    expect(await answerOf('llama/good.gguf')).toEqual({ status: 'done', code: undefined });
  });

  it('should look at a file again when it has changed', async () => {
    shelf.file('late.gguf', 'nothing yet');
    app = await startLocalApp(shelf, { LLM_MODELS: 'llama/late.gguf' });
    expect(await answerOf('llama/late.gguf')).toMatchObject({ status: 'failed' });
    shelf.llama('late.gguf');
    expect(await answerOf('llama/late.gguf')).toMatchObject({ status: 'done' });
    shelf.llama('late.gguf', { script: ['▁Outro'] });
    const { client } = app.admin;
    const post = await asked(client, await aConversation(client), 'um modelo');
    expect(post.body).toBe('Outro');
  });

  it.each([
    ['TEMPERATURE', '-1', '0…2'],
    ['TEMPERATURE', 'hot', '0…2'],
    ['TEMPERATURE', '1e3', '0…2'],
    ['TOP_P', '0', '0.01…1'],
    ['TOP_P', '1.5', '0.01…1'],
    ['MAX_NEW_TOKENS', '-5', '1…131072'],
    ['MAX_NEW_TOKENS', '1.5', '1…131072'],
    ['MAX_NEW_TOKENS', '99999999', '1…131072'],
  ])('should name %s when it is %s, in the reader’s language', async (setting, value, range) => {
    app = await startLocalApp(shelf, { LLM_MODELS: 'llama/good.gguf,quotes', [setting]: value });
    const [english] = await list('en');
    expect(english).toMatchObject({
      available: false,
      reason: {
        code: 'MODEL.SETTING_INVALID',
        message: `A setting of this model cannot be used. An administrator must correct it. (${setting}: ${range})`,
      },
    });
    const [portuguese, quotes] = await list('pt-BR');
    expect(portuguese?.reason?.message).toMatch(/^Uma configuração deste modelo/);
    expect(quotes).toMatchObject({ id: 'quotes', default: true });
    const code = 'MODEL.SETTING_INVALID';
    expect(await answerOf('llama/good.gguf')).toEqual({ status: 'failed', code });
  });

  it('should name MODEL_NAME when it is of no model that runs here', async () => {
    app = await startLocalApp(shelf, { LLM_MODELS: '', MODEL_NAME: 'gpt-4' });
    const [named] = await list();
    expect(named).toMatchObject({
      id: 'flan-t5/gpt-4',
      available: false,
      default: false,
      reason: { code: 'MODEL.NAME_UNKNOWN' },
    });
    expect(named?.reason?.message).toContain('(MODEL_NAME: gpt-4; models/gpt-4)');
    const code = 'MODEL.NAME_UNKNOWN';
    expect(await answerOf('flan-t5/gpt-4')).toEqual({ status: 'failed', code });
  });

  it('should not show where a data folder is', async () => {
    app = await startLocalApp(shelf, { LLM_MODELS: 'llama/cut.gguf,flan-t5/none-t5' });
    expect(JSON.stringify(await list())).not.toContain(shelf.folder);
  });
});
