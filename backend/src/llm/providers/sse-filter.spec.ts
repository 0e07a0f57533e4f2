import { MORE_THAN_LINEAR, timesCostlier } from '../../../test/harness/growth.js';
import { MalformedAnswer } from '../failure.rules.js';
import { type SseChunk, SseFilter } from './sse-filter.js';

const frame = (content: string): string =>
  `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;

/** The texts in what the filter let pass. */
function texts(chunks: readonly SseChunk[]): string[] {
  return chunks.flatMap((chunk) => ('text' in chunk ? chunk.text : []));
}

function through(pieces: readonly Uint8Array[]): { out: SseChunk[]; filter: SseFilter } {
  const filter = new SseFilter();
  const out = pieces.flatMap((piece) => filter.push(piece)).concat(filter.end());
  return { out, filter };
}

describe(SseFilter.name, () => {
  const stream = `\uFEFF: hi\r\n\r\n${frame('á')}${frame('😀').replaceAll('\n', '\r')}${frame(
    'b',
  ).replaceAll(
    '\n',
    '\r\n',
  )}data: {"choices":\ndata: [{"delta":{"content":"c"}}]}\n\ndata: [DONE]\n\n`;
  const bytes = new TextEncoder().encode(stream);

  it('should give the same whatever the border between two reads', () => {
    const whole = through([bytes]).out;
    expect(texts(whole)).toEqual(['á', '😀', 'b', 'c']);
    for (let at = 1; at < bytes.length; at += 1) {
      expect(through([bytes.subarray(0, at), bytes.subarray(at)]).out).toEqual(whole);
    }
  });

  it('should give the same byte by byte', () => {
    const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(through(pieces).out).toEqual(through([bytes]).out);
  });

  it('should give a frame in the read that completes it, and not wait for more', () => {
    const filter = new SseFilter();
    expect(texts(filter.push(new TextEncoder().encode(frame('a').replaceAll('\n', '\r'))))).toEqual(
      ['a'],
    );
  });

  it('should ignore what follows [DONE]', () => {
    const { out, filter } = through([
      new TextEncoder().encode(`data: [DONE]\n\n${frame('late')}data: [DONE]\n\n`),
    ]);
    expect(out).toEqual([]);
    expect(filter.done).toBe(true);
  });

  it('should rebuild what it passes on from what it knows', () => {
    const hostile = {
      __proto__: { polluted: true },
      execute: 'rm -rf /',
      choices: [
        {
          delta: { content: 'a', tool_calls: [{ function: { name: 'x' } }], onclick: 'x' },
          finish_reason: 'stop',
          message: {},
        },
        { delta: { content: 'second choice' } },
      ],
      usage: { prompt_tokens: 1, completion_tokens: 2, evil: {} },
    };
    const { out, filter } = through([
      new TextEncoder().encode(`data: ${JSON.stringify(hostile)}\n\n`),
    ]);
    expect(out).toEqual([
      {
        text: 'a',
        reason: 'stop',
        counts: { prompt: 1, completion: 2 },
      },
    ]);
    expect(filter.garbage.unknownFields).toBe(4);
  });

  it.each(['data: [1]\n\n', 'data: 1\n\n', 'data: {\n\n', 'data: {"a":1}\n\n', 'data: "x"\n\n'])(
    'should count and skip %j',
    (bad) => {
      const { out, filter } = through([new TextEncoder().encode(bad + frame('a'))]);
      expect(texts(out)).toEqual(['a']);
      expect(filter.garbage).toEqual({ badFrames: 1, unknownEvents: 0, unknownFields: 0 });
    },
  );

  it('should refuse a stream of nothing but garbage', () => {
    expect(() => through([new TextEncoder().encode('<html>\n\nhello')])).toThrow(MalformedAnswer);
    expect(through([]).out).toEqual([]);
  });

  it.each([
    ['a line', 'x'.repeat(1024 * 1024 + 1)],
    ['a frame of many lines', `data: ${'x'.repeat(1000)}\n`.repeat(1100)],
  ])('should give up on %s over 1 MB', (_, text) => {
    const filter = new SseFilter();
    expect(() => filter.push(new TextEncoder().encode(text))).toThrow(MalformedAnswer);
  });

  it('should not slow down on a long line that comes in small pieces', () => {
    const piece = new TextEncoder().encode('xxxx');
    const costlier = timesCostlier((size) => {
      const filter = new SseFilter();
      for (let sent = 0; sent < size; sent += 4) filter.push(piece);
    }, 62_500);
    expect(costlier).toBeLessThan(MORE_THAN_LINEAR);
  });
});
