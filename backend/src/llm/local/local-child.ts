// The process that runs one local model. Started by `ModelProcess`; the order is its argument.
// It is told what to do over IPC and dies with the server.
import type { GenerateOrder } from './protocol.js';
import type { FromChild, LoadOrder, ToChild } from './protocol.js';
import { type Engine, EngineError } from './engine.js';
import { StopTexts } from './stop-texts.rules.js';

const order = JSON.parse(process.argv[2] ?? '{}') as LoadOrder;
const stops = new Map<number, AbortController>();

// A proper exit while native code runs aborts with a core dump; nothing here needs tidying.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));

const tell = (message: FromChild): void => void process.send?.(message);
const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
const problemOf = (error: unknown) =>
  error instanceof EngineError ? error.problem : ('UNAVAILABLE' as const);

async function load(): Promise<Engine> {
  switch (order.kind) {
    case 'llama':
      return (await import('./llama-engine.js')).llamaEngine(order);
    case 'flan-t5':
      return (await import('./t5-engine.js')).t5Engine(order);
  }
}

async function generate(engine: Engine, id: number, wish: GenerateOrder): Promise<void> {
  const stop = new AbortController();
  stops.set(id, stop);
  const ending = new StopTexts(wish.stop);
  const tellText = (text: string): void => {
    if (text !== '') tell({ type: 'text', id, text });
  };
  try {
    const generated = await engine.generate(wish, stop.signal, (text) => {
      tellText(ending.take(text));
      if (ending.reached) stop.abort();
    });
    tellText(ending.rest());
    tell({ type: 'ended', id, ...generated, ...(ending.reached ? { reason: 'stop' } : {}) });
  } catch (error) {
    tell({ type: 'failed', id, problem: problemOf(error), words: wordsOf(error) });
  } finally {
    stops.delete(id);
  }
}

try {
  const engine = await load();
  process.on('message', (message: ToChild) => {
    if (message.type === 'stop') stops.get(message.id)?.abort();
    else void generate(engine, message.id, message);
  });
  tell({ type: 'ready' });
} catch (error) {
  tell({ type: 'refused', problem: problemOf(error), words: wordsOf(error) });
}
