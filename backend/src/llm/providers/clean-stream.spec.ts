import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { CleanStream, lost } from './clean-stream.js';
import type { CompletionChunk } from './sse-chunk.rules.js';

const frame = 'data: {"choices":[{"delta":{"content":"a"}}]}\n\n';

/** A stream of clean frames over an answer that the test writes. */
function streaming(): {
  answer: PassThrough;
  reader: ReadableStreamDefaultReader<CompletionChunk>;
} {
  const answer = new PassThrough();
  const source = new CleanStream(answer as unknown as IncomingMessage, undefined);
  return { answer, reader: new ReadableStream(source).getReader() };
}
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe(CleanStream.name, () => {
  it('should hand over what had come before the connection broke', async () => {
    const { answer, reader } = streaming();
    answer.write(frame);
    await turn();
    answer.destroy(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    await turn();
    expect((await reader.read()).value).toMatchObject({ choices: [{ delta: { content: 'a' } }] });
    await expect(reader.read()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('should hold a fast provider back while nobody reads', async () => {
    const { answer, reader } = streaming();
    answer.write(frame);
    await turn();
    expect(answer.isPaused()).toBe(true);
    await reader.read();
    await turn();
    expect(answer.isPaused()).toBe(false);
  });

  it('should close the connection when its reader leaves', async () => {
    const { answer, reader } = streaming();
    await reader.cancel();
    expect(answer.destroyed).toBe(true);
  });
});

describe(lost.name, () => {
  it('should leave an abort as it is', () => {
    const abort = Object.assign(new Error('stop'), { name: 'AbortError' });
    expect(lost(abort)).toBe(abort);
  });
});
