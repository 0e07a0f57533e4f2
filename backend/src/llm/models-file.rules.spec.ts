import { describe, expect, it } from '@jest/globals';
import { ModelsFileError, readModelsFile } from './models-file.rules.js';

const read = (text: string) => readModelsFile(text, 'models.yaml');
const problemsOf = (entry: string) => read(`models:\n  - ${entry}\n`)[0]?.problems;

describe(readModelsFile.name, () => {
  it('should read everything that can be said of a model, in order', () => {
    const models = read(`
models:
  - id: bedrock/mistral.mistral-large-2402-v1:0
    contextWindow: 32768
    maxOutputTokens: 4096
    temperature: 0.3
    topP: 0.9
    stop: ['END']
    fallback: false
    prices: { input: 4, output: 12, cachedInput: 1, asOf: 2026-09-01, source: contract 7 }
  - quotes
`);
    expect(models.map(({ id, problems }) => [id, problems])).toEqual([
      ['bedrock/mistral.mistral-large-2402-v1:0', []],
      ['quotes', []],
    ]);
    expect(models[0]).toMatchObject({
      model: { provider: 'bedrock', name: 'mistral.mistral-large-2402-v1:0' },
      settings: {
        contextWindow: 32_768,
        maxOutputTokens: 4096,
        fallback: false,
        parameters: { temperature: 0.3, topP: 0.9, stop: ['END'] },
        prices: { input: 4, output: 12, cachedInput: 1, asOf: '2026-09-01', source: 'contract 7' },
      },
    });
    expect(models[1]?.settings).toEqual({ parameters: {} });
  });

  it.each([
    ['{ id: openai/m, temperature: -3 }', 'temperature must be a number from 0 to 2'],
    ['{ id: openai/m, temperature: hot }', 'temperature must be a number from 0 to 2'],
    ['{ id: openai/m, temperature: .nan }', 'temperature must be a number from 0 to 2'],
    ['{ id: openai/m, topP: 0 }', 'topP must be a number above 0, up to 1'],
    ['{ id: openai/m, maxOutputTokens: 0 }', /maxOutputTokens must be a whole number of tokens/],
    ['{ id: openai/m, maxOutputTokens: 1.5 }', /maxOutputTokens must be a whole number of tokens/],
    ['{ id: openai/m, contextWindow: -1 }', /contextWindow must be a whole number of tokens/],
    ['{ id: openai/m, contextWindow: 1e12 }', /contextWindow must be a whole number of tokens/],
    ['{ id: openai/m, contextWindow: 1024, maxOutputTokens: 1024 }', /must be smaller than/],
    ['{ id: openai/m, stop: [] }', 'stop must be a list of 1 to 4 texts'],
    ['{ id: openai/m, fallback: maybe }', 'fallback must be true or false'],
    [
      '{ id: openai/m, temprature: 1 }',
      /temprature is not known here; known are id, .*temperature/,
    ],
    ['{ id: openai/m, base: x }', /base is only for models of bedrock/],
    ['{ id: openai/m, prices: 4 }', 'prices must hold input, output and asOf'],
    [
      '{ id: openai/m, prices: { input: -4, output: 1, asOf: 2026-01-01 } }',
      /prices\.input must be US dollars/,
    ],
    [
      '{ id: openai/m, prices: { input: 4, asOf: 2026-01-01 } }',
      /prices\.output must be US dollars/,
    ],
    ['{ id: openai/m, prices: { input: 4, output: 1, asOf: soon } }', /prices\.asOf must be a day/],
    ['{ id: openai/m, prices: { input: 4, output: 1 } }', /prices\.asOf must be a day/],
    [
      '{ id: openai/m, prices: { input: 4, output: 1, asOf: 2026-02-31 } }',
      /prices\.asOf must be a day/,
    ],
    [
      '{ id: openai/m, prices: { input: four, output: 1, asOf: 2026-01-01 } }',
      /prices\.input must be US dollars per million tokens/,
    ],
    [
      '{ id: openai/m, prices: { input: 4, output: 15000, asOf: 2026-01-01 } }',
      /prices\.output must be US dollars per million tokens, from 0 to 10000/,
    ],
    [
      '{ id: openai/m, prices: { input: .inf, output: 1, asOf: 2026-01-01 } }',
      /prices\.input must be US dollars/,
    ],
    [
      '{ id: openai/m, prices: { input: 4, output: 1, asOf: 2026-01-01, x: 1 } }',
      /prices\.x is not known here; known are input/,
    ],
    ['{ id: gemini/pro }', /id "gemini\/pro" has no provider that Prosa knows/],
    ['gpt-4o', /"gpt-4o" has no provider that Prosa knows/],
    ['{ temperature: 1 }', /id must be provider\/model/],
    ['7', /must be a name such as/],
  ])('should name file, line, key and cure: %s', (entry, words) => {
    const [problem = ''] = problemsOf(entry) ?? [];
    expect(problem).toMatch(/^MODELS_FILE: models\.yaml, line 2: models\[0\]/);
    expect(problem).toMatch(words instanceof RegExp ? words : words.replace('.', '\\.'));
  });

  it('should name the line of the very key, and of its holder where it is missing', () => {
    const [model] = read(`# prices
models:
  - id: openai/m
    prices:
      input: 4
      output: -2
`);
    expect(model?.problems).toEqual([
      expect.stringContaining('line 6: models[0].prices.output must be US dollars'),
      expect.stringContaining('line 4: models[0].prices.asOf must be a day'),
    ]);
  });

  it('should keep the others when one is wrong, or named twice', () => {
    const models = read('models: [openai/a, { id: openai/b, topP: 9 }, openai/a, quotes]');
    expect(models.map(({ problems }) => problems.length)).toEqual([0, 1, 1, 0]);
    expect(models[2]?.problems[0]).toContain('names "openai/a" again');
  });

  it.each([
    ['models: [', /line 1:/],
    ['models:\n  - id: a\n   - id: b\n', /line 3:/],
    ['', /must hold a list "models:"/],
    ['models: []', /must hold a list "models:"/],
    ['- openai/m', /must hold a list "models:"/],
    ['models: *nothing', /MODELS_FILE/],
    ['\0\u0001binary', /MODELS_FILE/],
  ])('should refuse what cannot be read at all: %j', (text, words) => {
    expect(() => read(text)).toThrow(ModelsFileError);
    expect(() => read(text)).toThrow(words);
  });

  it('should not be filled up by aliases of aliases', () => {
    const levels = Array.from({ length: 12 }, (_, at) => {
      const refs = Array.from({ length: 9 }, () => `*a${String(at)}`).join(',');
      return `a${String(at + 1)}: &a${String(at + 1)} [${refs}]`;
    });
    // Filled up, it were 9 ** 12 entries: more than any memory holds.
    expect(() => read(['a0: &a0 x', ...levels, 'models: *a12'].join('\n'))).toThrow(
      ModelsFileError,
    );
  });
});
