import { CAUTIOUS_WINDOW, contextWindow, outputLimit } from './context-windows.js';

describe(contextWindow.name, () => {
  it.each([
    ['mistral.mistral-large-2402-v1:0', 32_768],
    ['mistral.mistral-large-2407-v1:0', 128_000],
    ['mistral.mixtral-8x7b-instruct-v0:1', 32_768],
    ['gpt-4o-mini', 128_000],
    ['gpt-4', 8192],
    ['gpt-4-0613', 8192],
    ['gpt-4.1-mini', 1_047_576],
    ['o3-mini', 200_000],
    ['us.anthropic.claude-3-5-sonnet-20241022-v2:0', 200_000],
    ['anthropic.claude-v2', 100_000],
    ['meta.llama3-8b-instruct-v1:0', 8192],
    ['us.meta.llama3-3-70b-instruct-v1:0', 128_000],
    ['meta-llama/Llama-3.1-8B-Instruct', 128_000],
    ['llama3.2:3b', 128_000],
    ['llama3:8b', 8192],
    ['Llama-2-13b-chat', 4096],
    ['something-new', CAUTIOUS_WINDOW],
    ['foo3-large', CAUTIOUS_WINDOW],
  ])('should know %s: %i', (name, tokens) => {
    expect(contextWindow(name)).toBe(tokens);
  });

  it('should take the given window only for what it does not know', () => {
    expect(contextWindow('something-new', 1234)).toBe(1234);
    expect(contextWindow('gpt-4o', 1234)).toBe(128_000);
  });
});

describe(outputLimit.name, () => {
  it.each([
    ['mistral.mistral-large-2402-v1:0', 8192],
    ['mistral.mixtral-8x7b-instruct-v0:1', 4096],
    ['mistral.mistral-7b-instruct-v0:2', 8192],
    ['us.anthropic.claude-3-haiku-20240307-v1:0', 4096],
    ['anthropic.claude-3-5-sonnet-20241022-v2:0', 8192],
    ['us.anthropic.claude-opus-4-1-20250805-v1:0', 32_000],
    ['us.anthropic.claude-sonnet-4-20250514-v1:0', 64_000],
    ['global.anthropic.claude-sonnet-4-5-20250929-v1:0', 64_000],
    ['anthropic.claude-opus-4-6-v1', undefined],
    ['meta.llama3-1-70b-instruct-v1:0', 2048],
    ['us.meta.llama3-3-70b-instruct-v1:0', 8192],
    ['amazon.nova-pro-v1:0', 5000],
    ['amazon.nova-2-lite-v1:0', undefined],
    ['amazon.titan-text-premier-v1:0', 3072],
    ['gpt-4o-2024-05-13', 4096],
    ['gpt-4o-mini', 16_384],
    ['gpt-4.1-nano', 32_768],
    ['something-new', undefined],
  ])('should know %s: %s', (name, tokens) => {
    expect(outputLimit(name)).toBe(tokens);
  });
});
