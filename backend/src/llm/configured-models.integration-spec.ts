import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenAiServer, startOpenAiServer } from '../../test/fakes/openai-server.js';
import { answerOf, aRegistry, closeRegistries } from '../../test/harness/model-registry.js';
import { ConfiguredModels } from './configured-models.js';

describe(ConfiguredModels.name, () => {
  let openAi: OpenAiServer;
  let folder: string;
  beforeEach(async () => {
    openAi = await startOpenAiServer({}, { models: ['other'] });
  });
  afterEach(async () => {
    await closeRegistries();
    await openAi.close();
  });
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'prosa-models-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const withFile = (text: string, more: Readonly<Record<string, string>> = {}) => {
    const path = join(folder, 'models.yaml');
    writeFileSync(path, text);
    return aRegistry({ OPENAI_BASE_URL: openAi.url, MODELS_FILE: path, ...more });
  };

  it('should keep to its order, and ask with its window, length and parameters', async () => {
    const models = await withFile(`
models:
- { id: openai/a, contextWindow: 9000, maxOutputTokens: 99, temperature: 0.2, topP: 0.5, stop: [END] }
- openai/b
`);
    expect((await models.list()).map(({ id }) => id)).toEqual(['openai/a', 'openai/b']);
    const model = await models.resolve();
    expect(model).toMatchObject({ contextWindow: 9000, maxOutputTokens: 99 });
    await answerOf(model);
    expect(openAi.requests[0]?.body).toMatchObject({
      temperature: 0.2,
      top_p: 0.5,
      stop: ['END'],
    });
    await answerOf(await models.resolve('openai/b'));
    expect(Object.keys(openAi.requests[1]?.body ?? {})).not.toContain('temperature');
  });

  it('should let LLM_MODELS choose and order, and keep what the file says of each', async () => {
    const models = await withFile('models: [openai/a, { id: openai/b, contextWindow: 7000 }]', {
      LLM_MODELS: 'openai/b,quotes',
    });
    expect((await models.list()).map(({ id, contextWindow }) => [id, contextWindow])).toEqual([
      ['openai/b', 7000],
      ['quotes', 1_000_000],
    ]);
  });

  it('should not ask a model with a mistake, though LLM_MODELS names it', async () => {
    const models = await withFile('models: [{ id: openai/a, temperature: -1 }, openai/b]', {
      LLM_MODELS: 'openai/a,openai/b',
    });
    expect((await models.list())[0]).toMatchObject({ id: 'openai/a', available: false });
    expect((await models.resolve()).id).toBe('openai/b');
  });

  it('should answer with what needs no file where the file cannot be read, and look for nothing', async () => {
    const models = await withFile('models: [', { OPENAI_API_KEY: 'sk-there' });
    expect((await models.list()).map(({ id, available }) => [id, available])).toEqual([
      ['MODELS_FILE', false],
      ['quotes', true],
    ]);
    expect((await models.resolve()).id).toBe('quotes');
    const chosen = await withFile('models: [', { LLM_MODELS: 'openai/b' });
    expect((await chosen.resolve()).id).toBe('openai/b');
  });

  it.each([
    ['models: [', /MODELS_FILE: .*models\.yaml, line 1/],
    [undefined, /MODELS_FILE: .*none cannot be read \(ENOENT\)/],
  ])('should say where a file cannot be read: %j', (text, words) => {
    const path = join(folder, text === undefined ? 'none' : 'models.yaml');
    if (text !== undefined) writeFileSync(path, text);
    expect(new ConfiguredModels({ MODELS_FILE: path }).problems.join()).toMatch(words);
  });

  it('should fall back in its order, except where that was forbidden or is not said', async () => {
    const models = await withFile(
      'models: [quotes, openai/a, { id: openai/b, fallback: false }, { id: openai/c, topP: 2 }, openai/d]',
    );
    expect(models.fallbacks('openai/a')).toEqual(['openai/b', 'openai/d']);
    expect(models.fallbacks('openai/d')).toEqual(['openai/a', 'openai/b']);
    expect(models.fallbacks('openai/b')).toEqual([]);
    expect(models.fallbacks('quotes')).toEqual([]);
    const found = await aRegistry({ OPENAI_BASE_URL: openAi.url });
    expect(found.fallbacks('openai/other')).toEqual([]);
  });
});
