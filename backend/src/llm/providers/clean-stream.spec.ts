import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { CleanStream, lost } from './clean-stream.js';

const frame = 'data: {"choices":[{"delta":{"content":"a"}}]}\n\n';

/** A stream of clean frames over an answer that the test writes. */
function streaming(): {
  answer: PassThrough;
  chunks: CleanStream;
} {
  const answer = new PassThrough();
  return { answer, chunks: new CleanStream(answer as unknown as IncomingMessage, undefined) };
}
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe(CleanStream.name, () => {
  it('should hand over what had come before the connection broke', async () => {
    const { answer, chunks } = streaming();
    answer.write(frame);
    await turn();
    answer.destroy(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    await turn();
    expect((await chunks.next()).value).toMatchObject({ text: 'a' });
    await expect(chunks.next()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('should hold a fast provider back while nobody reads', async () => {
    const { answer, chunks } = streaming();
    answer.write(frame);
    await turn();
    expect(answer.isPaused()).toBe(true);
    await chunks.next();
    await turn();
    expect(answer.isPaused()).toBe(false);
  });

  it('should hand over all that came at once, in order, before what went wrong', async () => {
    const { answer, chunks } = streaming();
    answer.write(`${frame}${frame.replace('"a"', '"b"')}data: {"error":{"message":"full"}}\n\n`);
    const texts = [(await chunks.next()).value, (await chunks.next()).value];
    expect(texts.map((chunk) => chunk?.text)).toEqual(['a', 'b']);
    await expect(chunks.next()).rejects.toThrow('full');
    expect(answer.destroyed).toBe(true);
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
  });

  it('should end with [DONE], for whoever waits and for whoever asks again', async () => {
    const { answer, chunks } = streaming();
    const first = chunks.next();
    answer.write('data: [DONE]\n\n');
    expect(await first).toEqual({ done: true, value: undefined });
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
    answer.destroy();
  });

  it('should let go of whoever waits when it is left', async () => {
    const { chunks } = streaming();
    const waiting = chunks.next();
    await chunks.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('should close the connection when its reader leaves', async () => {
    const { answer, chunks } = streaming();
    await chunks.return();
    expect(answer.destroyed).toBe(true);
  });
});

describe(lost.name, () => {
  it('should leave an abort as it is', () => {
    const abort = Object.assign(new Error('stop'), { name: 'AbortError' });
    expect(lost(abort)).toBe(abort);
  });
});
