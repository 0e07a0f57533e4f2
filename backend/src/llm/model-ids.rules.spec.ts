import { chatModels, ModelIdError, namesIn, parseModelId } from './model-ids.rules.js';

describe(parseModelId.name, () => {
  it.each([
    ['openai/gpt-4o-mini', 'openai', 'gpt-4o-mini'],
    ['openai/meta-llama/Llama-3.1-8B:free', 'openai', 'meta-llama/Llama-3.1-8B:free'],
    ['bedrock/mistral.mistral-large-2402-v1:0', 'bedrock', 'mistral.mistral-large-2402-v1:0'],
    [
      'bedrock/arn:aws:bedrock:us-east-1:123:inference-profile/us.meta.llama3',
      'bedrock',
      'arn:aws:bedrock:us-east-1:123:inference-profile/us.meta.llama3',
    ],
    ['quotes', 'quotes', 'quotes'],
  ])('should read %s', (id, provider, name) => {
    expect(parseModelId(id)).toEqual({ id, provider, name });
  });

  it.each(['gemini/pro', 'gpt-4o', 'openai', 'openai/', '/x', 'quotes/x', 'OpenAI/x'])(
    'should say what is wrong with %s and how to write it',
    (id) => {
      expect(() => parseModelId(id)).toThrow(ModelIdError);
      expect(() => parseModelId(id)).toThrow(/^"[^"]*" (has no provider|must be written as)/);
    },
  );
});

describe(namesIn.name, () => {
  it('should keep the order, once each, whatever the spaces', () => {
    const names = namesIn(' openai/a ,quotes,, openai/a,bedrock/b,');
    expect(names).toEqual(['openai/a', 'quotes', 'bedrock/b']);
  });

  it('should read nothing as nothing', () => {
    expect(namesIn(' ')).toEqual([]);
  });
});

describe(chatModels.name, () => {
  it('should leave out what does not chat', () => {
    const names = ['text-embedding-3-small', 'gpt-4o', 'whisper-1', 'tts-1', 'bge-m3', 'qwen3:8b'];
    expect(chatModels(names)).toEqual(['gpt-4o', 'qwen3:8b']);
  });
});
