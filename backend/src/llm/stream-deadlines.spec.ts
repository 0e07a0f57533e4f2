import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ChatModel, type ChatMessage, type ModelEvent, type StreamOptions } from './chat-model.js';
import { ModelFailure } from './model-failure.js';
import { PunctualModel } from './stream-deadlines.js';

// The timers' own `sleep` would run on real time.
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type Step = ModelEvent | number | 'hang' | Error;

/** Says its steps: an event, a pause in ms, an error, or nothing more without ever heeding a signal. */
class ScriptedModel extends ChatModel {
  readonly id = 'scripted';
  readonly provider = 'openai';
  readonly contextWindow = 1;
  signal: AbortSignal | undefined;

  constructor(private readonly steps: readonly Step[]) {
    super();
  }

  async *stream(_: readonly ChatMessage[], options: StreamOptions): AsyncGenerator<ModelEvent> {
    this.signal = options.signal;
    for (const step of this.steps) {
      if (step === 'hang') await new Promise(() => undefined);
      else if (typeof step === 'number') await sleep(step);
      else if (step instanceof Error) throw step;
      else yield step;
    }
  }
}

const text = (said: string): ModelEvent => ({ type: 'text', text: said });
const done: ModelEvent = { type: 'finish', reason: 'stop' };
const limits = { firstTokenMs: 1000, idleMs: 300, textlessMs: 2000 };

/** Time is the test's own: it passes as soon as nothing else is left to do. */
async function whileTimePasses<T>(promise: Promise<T>): Promise<T> {
  await jest.runAllTimersAsync();
  return promise;
}

async function run(
  steps: readonly Step[],
  signal = new AbortController().signal,
): Promise<{ events: ModelEvent[]; failure?: unknown; ms: number; upstream?: AbortSignal }> {
  const scripted = new ScriptedModel(steps);
  const options = { signal, maxOutputTokens: 1, passages: [], locale: 'en' };
  const events: ModelEvent[] = [];
  const started = performance.now();
  let failure: unknown;
  const reading = async (): Promise<void> => {
    try {
      for await (const event of new PunctualModel(scripted, limits).stream([], options)) {
        events.push(event);
      }
    } catch (error) {
      failure = error;
    }
  };
  const ms = await whileTimePasses(reading().then(() => performance.now() - started));
  return { events, failure, ms, ...(scripted.signal ? { upstream: scripted.signal } : {}) };
}

describe(PunctualModel.name, () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('should pass on what comes in time', async () => {
    const { events, failure } = await run([50, text('a'), 30, text('b'), 30, done]);
    expect([events, failure]).toEqual([[text('a'), text('b'), done], undefined]);
  });

  it('should end a model that never begins, and stop it', async () => {
    const { failure, ms, upstream } = await run(['hang']);
    expect((failure as ModelFailure).kind).toBe('TIMEOUT');
    expect(ms).toBe(limits.firstTokenMs);
    expect(upstream?.aborted).toBe(true);
  });

  it('should end a model that falls silent after the idle time, not the first one', async () => {
    const { events, failure, ms } = await run([text('a'), 'hang']);
    expect(events).toEqual([text('a')]);
    expect((failure as ModelFailure).kind).toBe('TIMEOUT');
    expect(ms).toBe(limits.idleMs);
  });

  it('should take an empty text for a sign of life and keep it to itself', async () => {
    const { events, failure } = await run([400, text(''), 400, text(''), 400, text('a'), done]);
    expect([events, failure]).toEqual([[text('a'), done], undefined]);
  });

  it('should end a model that only shows signs of life', async () => {
    const alive: Step[] = Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? 100 : text('')));
    const { events, failure, ms } = await run([text('a'), ...alive, text('b'), done]);
    expect([events, (failure as ModelFailure).kind]).toEqual([[text('a')], 'TIMEOUT']);
    expect(ms).toBe(limits.textlessMs);
  });

  it('should not take a slow reader for a silent provider', async () => {
    const model = new PunctualModel(new ScriptedModel([text('a'), text('b'), done]), limits);
    const said: string[] = [];
    const options = {
      signal: new AbortController().signal,
      maxOutputTokens: 1,
      passages: [],
      locale: 'en',
    };
    const reading = async (): Promise<void> => {
      for await (const event of model.stream([], options)) {
        said.push(event.type);
        await sleep(350);
      }
    };
    await whileTimePasses(reading());
    expect(said).toEqual(['text', 'text', 'finish']);
  });

  it('should end at once and quietly when stopped, though the model hangs', async () => {
    const stop = new AbortController();
    setTimeout(() => {
      stop.abort();
    }, 20);
    const { events, failure, ms, upstream } = await run([text('a'), 'hang'], stop.signal);
    expect([events, failure]).toEqual([[text('a')], undefined]);
    expect(ms).toBe(20);
    expect(upstream?.aborted).toBe(true);
  });

  it('should not even ask when it is stopped already', async () => {
    const { events, upstream } = await run([text('a')], AbortSignal.abort());
    expect([events, upstream]).toEqual([[], undefined]);
  });

  it('should pass failures on as they are', async () => {
    const failed = new ModelFailure('RATE_LIMITED', { retryAfterMs: 5 });
    expect((await run([failed])).failure).toBe(failed);
  });

  it('should leave no timer and no unhandled rejection behind', async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', listen);
    await run([text('a'), 350, new Error('too late')]);
    jest.useRealTimers();
    await sleep(100);
    process.off('unhandledRejection', listen);
    expect(unhandled).toEqual([]);
  });
});
