import { describe, expect, it } from '@jest/globals';
import { isOnThisMachine, type TitleCandidate, usualTitleModel } from './title-model.rules.js';

const OPENAI = 'https://api.openai.com/v1';

const aModel = (id: string, change: Partial<TitleCandidate> = {}): TitleCandidate => ({
  id,
  provider: 'openai',
  endpoint: OPENAI,
  costNanoUsd: 100,
  ...change,
});

describe(usualTitleModel.name, () => {
  it('should take the cheapest that may read what the asked one reads', () => {
    const asked = aModel('dear', { costNanoUsd: 2000 });
    const others = [aModel('middling'), aModel('cheap', { costNanoUsd: 5 })];
    expect(usualTitleModel(asked, others)).toBe('cheap');
  });

  it('should keep to the asked one among equals, and without others', () => {
    expect(usualTitleModel(aModel('asked'), [aModel('same')])).toBe('asked');
    expect(usualTitleModel(aModel('asked'), [])).toBe('asked');
  });

  it('should let a model of unknown price write its own titles', () => {
    const asked = aModel('house', { endpoint: 'https://llm.example.com/v1', costNanoUsd: null });
    expect(usualTitleModel(asked, [aModel('cloud', { costNanoUsd: 1 })])).toBe('house');
  });

  it('should take no other whose price nobody knows', () => {
    expect(usualTitleModel(aModel('asked'), [aModel('unknown', { costNanoUsd: null })])).toBe(
      'asked',
    );
  });

  it('should take none for what was asked on this machine', () => {
    const local = aModel('llama/a.gguf', { provider: 'llama', endpoint: undefined });
    expect(usualTitleModel({ ...local, costNanoUsd: 0 }, [aModel('cloud')])).toBeUndefined();
    const quotes = aModel('quotes', { provider: 'quotes', endpoint: undefined });
    expect(usualTitleModel(quotes, [aModel('cloud')])).toBeUndefined();
  });

  it('should never load this machine with the titles of others', () => {
    const free = { endpoint: 'http://localhost:11434/v1', costNanoUsd: 0 };
    expect(usualTitleModel(aModel('asked'), [aModel('ollama', free)])).toBe('asked');
  });
});

describe(isOnThisMachine.name, () => {
  it.each([
    ['http://127.0.0.1:11434/v1', true],
    ['http://127.1.2.3/v1', true],
    ['http://localhost:8080/v1', true],
    ['http://LOCALHOST:8080/v1', true],
    ['http://ollama.localhost/v1', true],
    ['http://[::1]:8080/v1', true],
    ['http://10.0.0.7:8000/v1', false],
    ['http://ollama:11434/v1', true],
    ['http://host.docker.internal:11434/v1', true],
    ['http://llm.example.com:8000/v1', false],
    ['http://[2001:db8::1]:8000/v1', false],
    ['https://localhost.example.com/v1', false],
    [OPENAI, false],
  ])('should say of a server at %s: %s', (endpoint, is) => {
    expect(isOnThisMachine({ provider: 'openai', endpoint })).toBe(is);
  });

  it('should know who runs elsewhere and who runs inside Prosa', () => {
    expect(isOnThisMachine({ provider: 'bedrock', endpoint: undefined })).toBe(false);
    expect(isOnThisMachine({ provider: 'flan-t5', endpoint: undefined })).toBe(true);
  });
});
