import type { TestApp } from '../harness/test-app.js';
import { requireContract, requireWords, type WireRequest } from './wire.js';

export interface ReceivedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A reader of a stream of answer events. */
export interface EventReader {
  /** What came so far. */
  readonly events: readonly ReceivedEvent[];
  /** The stream as it was sent. */
  readonly raw: () => string;
  /** Waits for the first event of a type. @throws {Error} when the stream ends without it. */
  until(type: string): Promise<ReceivedEvent>;
  /** Reads to the end; the text of all deltas. */
  text(): Promise<string>;
}

/** Opens a stream. @throws {Error} unless the answer is one. */
export async function follow(
  app: Pick<TestApp, 'url'>,
  { method = 'GET', path, token, headers, body }: WireRequest,
): Promise<EventReader> {
  const response = await fetch(`${app.url}${path}`, {
    method,
    headers: {
      accept: 'text/event-stream',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const answer = { status: response.status, headers: Object.fromEntries(response.headers) };
  if (!response.headers.get('content-type')?.startsWith('text/event-stream') || !response.body) {
    throw new Error(`no stream but ${String(answer.status)}: ${await response.text()}`);
  }
  requireContract(`${method} ${path}`, { ...answer, text: '' });
  return read(response.body);
}

function read(body: ReadableStream<Uint8Array<ArrayBuffer>>): EventReader {
  const events: ReceivedEvent[] = [];
  const pieces = body.pipeThrough(new TextDecoderStream()).getReader();
  let raw = '';
  let parsed = 0;
  const more = async (): Promise<boolean> => {
    const { done, value } = await pieces.read();
    if (done) {
      return false;
    }
    raw += value;
    for (let end = raw.indexOf('\n\n', parsed); end >= 0; end = raw.indexOf('\n\n', parsed)) {
      const frame = raw.slice(parsed, end);
      parsed = end + 2;
      if (!frame.startsWith(':')) {
        events.push(eventOf(frame));
      }
    }
    return true;
  };
  return {
    events,
    raw: () => raw,
    async until(type) {
      for (;;) {
        const found = events.find((event) => event.type === type);
        if (found) {
          return found;
        }
        if (!(await more())) {
          throw new Error(`the stream ended without ${type}: ${raw}`);
        }
      }
    },
    async text() {
      while (await more());
      return events
        .filter(({ type }) => type === 'delta')
        .map(({ data }) => String(data['text']))
        .join('');
    },
  };
}

/** @throws {Error} for a frame that is not `id`, `event` and one line of `data`. */
function eventOf(frame: string): ReceivedEvent {
  const match = /^id: (\d+\.\d+)\nevent: ([a-z]+)\ndata: ([^\n]*)$/.exec(frame);
  if (!match) {
    throw new Error(`not a frame of ours: ${JSON.stringify(frame)}`);
  }
  const [, id = '', type = '', data = ''] = match;
  const event = { id, type, data: JSON.parse(data) as ReceivedEvent['data'] };
  if (type === 'error') {
    requireWords(event.data['message']);
  }
  return event;
}
