import type { AnswerEvent } from '../../src/answering/answer-event.js';

/** One frame of an answer, as it came over the wire. */
export interface Frame {
  readonly id: string;
  readonly type: AnswerEvent['type'];
  readonly data: Record<string, unknown>;
  /** `performance.now()` when it came. */
  readonly at: number;
}

/**
 * Reads server-sent events.
 * @returns what came together, each time: frames, and comments such as heartbeats as strings.
 * @throws {TypeError} when the connection breaks.
 */
export async function* framesOf({ body }: Response): AsyncGenerator<(Frame | string)[]> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const bytes of body ?? []) {
    rest += decoder.decode(bytes as Uint8Array, { stream: true });
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    yield blocks.map((block) => (block.startsWith(':') ? block : toFrame(block)));
  }
}

function toFrame(block: string): Frame {
  const fields = new Map(
    block.split('\n').map((line): [string, string] => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
  return {
    id: fields.get('id') ?? '',
    type: fields.get('event') as Frame['type'],
    data: JSON.parse(fields.get('data') ?? 'null') as Record<string, unknown>,
    at: performance.now(),
  };
}
