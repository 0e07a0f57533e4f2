import { countablePieces, encodingOf } from './encoding.rules.js';

describe(encodingOf.name, () => {
  it.each([
    ['openai/gpt-4o-mini', 'o200k_base'],
    ['openai/gpt-4.1-nano', 'o200k_base'],
    ['openai/gpt-5.1', 'o200k_base'],
    ['openai/o3-mini', 'o200k_base'],
    ['openai/openai/gpt-4o', 'o200k_base'],
    ['bedrock/openai.gpt-oss-20b-1:0', 'o200k_base'],
    ['openai/gpt-4-turbo', 'cl100k_base'],
    ['openai/gpt-3.5-turbo', 'cl100k_base'],
    ['openai/qwen3:8b', undefined],
    ['openai/foo1-mini', undefined],
    ['openai/llama-3.1-8b', undefined],
    ['bedrock/mistral.mistral-large-2402-v1:0', undefined],
  ])('should know how %s cuts text', (id, encoding) => {
    expect(encodingOf(id)).toBe(encoding);
  });
});

describe(countablePieces.name, () => {
  it('should leave ordinary text whole', () => {
    const text = 'Uma resposta, com código:\n```\nconst a = 1;\n```\n'.repeat(200);
    expect(countablePieces(text)).toEqual([text]);
  });

  it.each(['a', ' ', '日', '=', '\n', 'é'])('should cut endless %j, and lose nothing', (sign) => {
    const text = `antes ${sign.repeat(20_000)} depois`;
    const pieces = countablePieces(text);
    expect(pieces.join('')).toBe(text);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(410);
  });

  it('should make nothing of nothing', () => {
    expect(countablePieces('')).toEqual([]);
  });
});
