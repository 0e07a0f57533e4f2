import { TokenCounter } from './token-counter.js';
import { Tokenizer } from './tokenizer/tokenizer.js';

const OPENAI = 'openai/gpt-4o-mini';
const OTHER = 'openai/casa-7b';

describe(TokenCounter.name, () => {
  let tokenizer: Tokenizer;
  let counter: TokenCounter;

  beforeEach(() => {
    tokenizer = new Tokenizer(60_000);
    counter = new TokenCounter(tokenizer);
  });
  afterEach(() => {
    tokenizer.onApplicationShutdown();
  });

  const call = {
    promptEstimate: 500,
    prompt: [{ text: 'Hello, world!' }, { text: 'Olá, tudo bem?' }],
    received: 'Hello, world!',
  };

  it('should count a call of OpenAI’s models as OpenAI does', async () => {
    // 4 and 5 tokens, 4 for the marks of each message, and 3 for the beginning of the answer.
    expect(await counter.ofCall(OPENAI, call)).toEqual({ prompt: 20, completion: 4 });
  });

  it('should take the prompt from its estimate where its messages are gone', async () => {
    counter.learn(OPENAI, { estimated: 1000, counted: 600 });
    const { promptEstimate, received } = call;
    const counted = await counter.ofCall(OPENAI, { promptEstimate, received });
    expect(counted).toEqual({ prompt: 300, completion: 4 });
  });

  it('should estimate another model by what was learned of it alone', async () => {
    for (let n = 0; n < 20; n += 1) counter.learn(OTHER, { estimated: 1000, counted: 1200 });
    const text = 'palavra '.repeat(100);
    expect(await counter.ofCall(OTHER, { promptEstimate: 500, received: text })).toEqual({
      prompt: 600,
      completion: Math.round(Math.ceil((text.length * 20) / 54) * 1.2),
    });
    expect(counter.cautiousFactor(OTHER)).toBeCloseTo(1.2);
    expect(counter.cautiousFactor('openai/yet-another')).toBe(1);
    expect(tokenizer.pid).toBeUndefined();
  });

  it('should start nothing to count nothing', async () => {
    const nothing = { promptEstimate: 0, prompt: [], received: '' };
    expect(await counter.ofCall(OPENAI, nothing)).toEqual({ prompt: 0, completion: 0 });
    expect(tokenizer.pid).toBeUndefined();
  });
});
