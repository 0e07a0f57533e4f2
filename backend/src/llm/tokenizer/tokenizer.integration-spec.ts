import { Tokenizer } from './tokenizer.js';

const A_BUSY_MACHINE_MS = 60_000;
const MODEL = 'openai/gpt-4o-mini';

describe(Tokenizer.name, () => {
  let tokenizer: Tokenizer;

  beforeEach(() => {
    tokenizer = new Tokenizer(A_BUSY_MACHINE_MS);
  });
  afterEach(() => {
    tokenizer.onApplicationShutdown();
  });

  it('should count as the models do', async () => {
    // The counts of OpenAI's own tokenizer page.
    const texts = ['Hello, world!', 'Olá, tudo bem?', '<|endoftext|>', ''];
    expect(await tokenizer.count(MODEL, texts)).toEqual([4, 5, 7, 0]);
    expect(await tokenizer.count('openai/gpt-4', ['Hello, world!'])).toEqual([4]);
  });

  it('should start no process for a model whose tokens are not known', async () => {
    expect(await tokenizer.count('openai/fake-chat', ['Hello'])).toBeUndefined();
    expect(tokenizer.pid).toBeUndefined();
  });

  it.each(['a', ' ', '日本', '=-'])(
    'should count endless %j, and never hold up the server',
    async (sign) => {
      let turns = 0;
      const turning = setInterval(() => (turns += 1));
      const [tokens] = (await tokenizer.count(MODEL, [sign.repeat(20_000)])) ?? [];
      clearInterval(turning);
      expect(tokens).toBeGreaterThan(100);
      expect(turns).toBeGreaterThan(5);
    },
  );

  it('should say nothing where its process dies, and count again with another', async () => {
    await tokenizer.count(MODEL, ['Hello']);
    const { pid } = tokenizer;
    const counting = tokenizer.count(MODEL, ['palavra '.repeat(100_000)]);
    process.kill(Number(pid), 'SIGKILL');
    expect(await counting).toBeUndefined();
    expect(await tokenizer.count(MODEL, ['Hello, world!'])).toEqual([4]);
    expect(tokenizer.pid).not.toBe(pid);
  });

  it('should give up what takes too long, and its process', async () => {
    const hasty = new Tokenizer(1);
    expect(await hasty.count(MODEL, ['Hello'])).toBeUndefined();
    expect(hasty.pid).toBeUndefined();
  });

  it('should leave what is far too long to the estimate', async () => {
    expect(await tokenizer.count(MODEL, ['a b '.repeat(600_000)])).toBeUndefined();
  });
});
