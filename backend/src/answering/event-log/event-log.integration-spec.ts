import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ReleasedText } from '../../guardrails/guarded.js';
import { eventLogs, type EventLogs, LOG_KINDS } from '../../../test/harness/event-logs.js';
import { until } from '../../../test/fakes/ask-model.js';
import type { AnswerEvent } from '../answer-event.js';
import { type LoggedEvent, type Position, START } from './logged-event.js';

const delta = (at: number, text: string): AnswerEvent => ({
  type: 'delta',
  at,
  text: text as ReleasedText,
});
const replace = (text: string): AnswerEvent => ({ type: 'replace', text: text as ReleasedText });
const DONE: AnswerEvent = { type: 'done', status: 'done' };
const ROUTE: AnswerEvent = { type: 'route', route: 'direct', reason: 'default' };
const TITLE: AnswerEvent = { type: 'title', title: 't' };

/** What a reader has after events: the text, and the other events in order. */
function read(events: readonly LoggedEvent[], start = ''): { text: string; others: string[] } {
  let text = start;
  const others: string[] = [];
  for (const { event } of events) {
    if (event.type === 'delta') text = text.slice(0, event.at) + event.text;
    else if (event.type === 'replace') text = event.text;
    else others.push(event.type);
  }
  return { text, others };
}

describe.each(LOG_KINDS)('the event log, %s', (kind) => {
  let logs: EventLogs;

  beforeEach(async () => {
    logs = await eventLogs(kind);
  });
  afterEach(() => logs.close());

  /** @returns what a reader of the writing process heard. */
  async function written(events: readonly AnswerEvent[], text = ''): Promise<LoggedEvent[]> {
    logs.writer.open(logs.run, text);
    const seen: LoggedEvent[] = [];
    const follow = await logs.writer.find(logs.run);
    follow?.(START, (event) => seen.push(event));
    for (const event of events) logs.writer.append(logs.run, event);
    return seen;
  }

  /** What a reader hears at once who comes when the answer has ended. */
  async function missed(after: Position): Promise<LoggedEvent[]> {
    let seen: LoggedEvent[] = [];
    await until(async () => {
      const follow = await logs.reader.find(logs.run);
      seen = [];
      follow?.(after, (event) => seen.push(event))();
      return seen.at(-1)?.event.type === 'done';
    });
    return seen;
  }

  const ANSWER = [ROUTE, delta(0, 'olá '), delta(4, '🙂 '), TITLE, delta(7, 'fim'), DONE];

  it('should number events from 1 and count the characters up to each', async () => {
    const seen = await written(ANSWER);
    const places = seen.map(({ position }) => [position.seq, position.chars]);
    expect(places.slice(0, 3)).toEqual([
      [1, 0],
      [2, 4],
      [3, 7],
    ]);
    expect(places.slice(3)).toEqual([
      [4, 7],
      [5, 10],
      [6, 10],
    ]);
  });

  it('should continue at every position without losing or doubling anything', async () => {
    const all = await written(ANSWER);
    const whole = read(all);
    for (const [at, { position }] of all.slice(0, -1).entries()) {
      const had = read(all.slice(0, at + 1));
      const rest = await missed(position);
      expect(read(rest, had.text).text).toBe(whole.text);
      expect([...had.others, ...read(rest).others]).toEqual(whole.others);
      expect(rest.every(({ position: { seq } }) => seq > position.seq)).toBe(true);
    }
  });

  it('should tell who listens what happens, and nobody twice', async () => {
    await written([ROUTE, delta(0, 'olá ')]);
    const seen: LoggedEvent[] = [];
    await until(async () => {
      const follow = await logs.reader.find(logs.run);
      follow?.(START, (event) => seen.push(event));
      return follow !== undefined;
    });
    for (const event of ANSWER.slice(2)) {
      logs.writer.append(logs.run, event);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    await until(() => seen.at(-1)?.event.type === 'done');
    expect(read(seen)).toEqual({ text: 'olá 🙂 fim', others: ['route', 'title', 'done'] });
    const seqs = seen.map(({ position }) => position.seq);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
  });

  it('should join the text missed between two other events', async () => {
    await written(ANSWER);
    expect((await missed(START)).map(({ event }) => event)).toEqual([
      ROUTE,
      delta(0, 'olá 🙂 '),
      TITLE,
      delta(7, 'fim'),
      DONE,
    ]);
  });

  it('should send the rest of a text of which a reader has a part', async () => {
    await written(ANSWER);
    expect(read(await missed({ seq: 2, chars: 2 }), 'ol').text).toBe('olá 🙂 fim');
  });

  it('should begin with the text that was there before', async () => {
    await written([delta(8, 'vez'), DONE], 'era uma ');
    expect(read(await missed(START)).text).toBe('era uma vez');
    expect((await missed({ seq: 0, chars: 8 }))[0]?.event).toEqual(delta(8, 'vez'));
  });

  it('should leave out what a replacement made void', async () => {
    await written([delta(0, 'segredo'), ROUTE, replace('***'), delta(3, ' fim'), DONE]);
    const rest = await missed({ seq: 1, chars: 7 });
    expect(rest.map(({ event }) => event)).toEqual([ROUTE, replace('***'), delta(3, ' fim'), DONE]);
    expect(JSON.stringify(await missed(START))).not.toContain('segredo');
    expect(read(await missed(START)).text).toBe('*** fim');
  });

  it('should replace text that it never held', async () => {
    await written(ANSWER);
    const [first] = await missed({ seq: 2, chars: 99 });
    expect(first?.event).toEqual(replace('olá 🙂 fim'));
  });

  it('should tell everything to a reader with the numbers of another run', async () => {
    await written(ANSWER);
    const rest = await missed({ seq: 900, chars: 4 });
    expect(read(rest, 'olá ')).toEqual({ text: 'olá 🙂 fim', others: ['route', 'title', 'done'] });
  });

  it('should tell the end again, so that nobody waits for it', async () => {
    const all = await written(ANSWER);
    const rest = await missed(all.at(-1)?.position ?? START);
    expect(rest.map(({ event }) => event)).toEqual([DONE]);
  });

  it('should end with done: later events are dropped', async () => {
    const seen = await written([DONE]);
    logs.writer.append(logs.run, TITLE);
    expect(seen).toHaveLength(1);
    expect(await missed(START)).toHaveLength(1);
  });

  it('should tell nothing more to a reader who left', async () => {
    await written([ROUTE]);
    const left: LoggedEvent[] = [];
    const staying: LoggedEvent[] = [];
    await until(async () => {
      const follow = await logs.reader.find(logs.run);
      const leave = follow?.(START, (event) => left.push(event));
      follow?.(START, (event) => staying.push(event));
      leave?.();
      return follow !== undefined;
    });
    logs.writer.append(logs.run, DONE);
    await until(() => staying.at(-1)?.event.type === 'done');
    expect(left.map(({ event }) => event)).toEqual([ROUTE]);
  });

  it('should not know a run that nobody opened', async () => {
    logs.writer.append(logs.run, DONE);
    expect(await logs.reader.find(logs.run)).toBeUndefined();
  });

  it('should send away those who listen, and keep nothing of that for those who come later', async () => {
    await written([delta(0, 'um ')]);
    const heard: LoggedEvent[] = [];
    await until(async () => {
      const follow = await logs.reader.find(logs.run);
      follow?.(START, (event) => heard.push(event));
      return follow !== undefined;
    });
    logs.writer.append(logs.run, { type: 'reconnect', afterMs: 1000 });
    await until(() => heard.at(-1)?.event.type === 'reconnect');
    expect(read(heard)).toEqual({ text: 'um ', others: ['reconnect'] });
    logs.writer.append(logs.run, delta(3, 'dois'));
    logs.writer.append(logs.run, DONE);
    const rest = await missed(heard.at(-1)?.position ?? START);
    expect(read(rest, 'um ')).toEqual({ text: 'um dois', others: ['done'] });
  });
});
