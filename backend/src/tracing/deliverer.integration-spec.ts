import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type LangSmithServer, startLangSmithServer } from '../../test/fakes/langsmith-server.js';
import { aTrace } from '../../test/tracing/a-trace.js';
import { eventually } from '../../test/tracing/traced-app.js';
import { Deliverer } from './deliverer.js';
import { QUEUE_BYTES } from './delivery-queue.js';
import { LangSmith } from './langsmith.js';

const MB = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes that are in use, without garbage. */
function heapInUse(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

describe(Deliverer.name, () => {
  let server: LangSmithServer;
  let deliverer: Deliverer;
  const warnings: { fields: Record<string, number>; message: string }[] = [];

  beforeEach(async () => {
    warnings.length = 0;
    Logger.overrideLogger({
      log: () => undefined,
      warn: (fields: Record<string, number>, message: string) => warnings.push({ fields, message }),
      error: () => undefined,
    });
    server = await startLangSmithServer();
    deliverer = new Deliverer(
      new LangSmith({
        apiKey: 'lsv2_key',
        endpoint: server.url,
        project: 'prosa',
        workspaceId: undefined,
        hidden: { inputs: false, outputs: false },
        secrets: [],
      }),
    );
  });
  afterEach(async () => {
    Logger.overrideLogger(false);
    await deliverer.close(100);
    await server.close();
  });

  it('should hold 16 MB at most while LangSmith is silent, and count what does not fit', async () => {
    server.script({ silent: true });
    const traces = 1000;
    const before = heapInUse();
    for (let n = 0; n < traces; n += 1) {
      deliverer.deliver(aTrace(Buffer.alloc(100_000, 'x').toString()));
      if (n % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await eventually(() => server.requests.length > 0);
    // All of them would be 100 MB.
    expect(heapInUse() - before).toBeLessThan(24 * MB);
    await deliverer.close(100);
    // One warning for the first loss, and one at the end.
    expect(warnings.map(({ message }) => message)).toEqual([
      'a trace was given up: the queue is full',
      'not all traces were sent before the end',
    ]);
    const { waiting = 0, bytes = 0, lost = 0 } = warnings[1]?.fields ?? {};
    expect(waiting + lost).toBe(traces);
    expect(waiting).toBeGreaterThan(20);
    expect(bytes).toBeGreaterThan(QUEUE_BYTES * 0.9);
    expect(bytes).toBeLessThanOrEqual(QUEUE_BYTES);
  });

  it('should warn once a minute, however much fails', async () => {
    server.script({ status: 403 });
    for (let n = 0; n < 5; n += 1) {
      deliverer.deliver(aTrace());
      await eventually(() => server.requests.length > n);
    }
    expect(warnings).toMatchObject([
      { message: 'a trace was given up: LangSmith refuses it: status 403', fields: { lost: 1 } },
    ]);
  });

  it('should wait as long as LangSmith asks for', async () => {
    server.script({ status: 429, headers: { 'retry-after': '2' } });
    deliverer.deliver(aTrace());
    await eventually(() => server.requests.length === 1);
    server.script({});
    await eventually(() => server.runs.size > 0);
    const [refused, taken] = server.requests;
    expect(Number(taken?.at) - Number(refused?.at)).toBeGreaterThan(1950);
    expect(server.runs.size).toBe(2);
  });

  it('should send the same ids again', async () => {
    server.script({ status: 500 });
    deliverer.deliver(aTrace());
    await eventually(() => server.requests.length === 2);
    const [first, second] = server.requests.map(({ body }) => body.match(/name="post\.[^"]+"/g));
    expect(first).toHaveLength(11);
    expect(second).toEqual(first);
  });

  it('should give up a thumb whose trace does not turn up, and let the others pass', async () => {
    deliverer.deliver(aTrace());
    await eventually(() => server.runs.size === 2);
    deliverer.rate({ traceId: aTrace().id, id: aTrace().id, value: 1, isChange: false });
    await eventually(() => server.requests.some(({ path }) => path === '/feedback'));
    deliverer.deliver(aTrace());
    await eventually(() => server.runs.size === 4);
    expect(server.feedback.size).toBe(0);
  });
});
