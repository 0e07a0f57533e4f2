import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ReleasedText } from '../../guardrails/guarded.js';
import type { AnswerEvent } from '../answer-event.js';
import { type LoggedEvent, type Position, START } from './event-log.js';
import { MemoryEventLog } from './memory-event-log.js';

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

describe(MemoryEventLog.name, () => {
  let log: MemoryEventLog;

  beforeEach(() => {
    jest.useFakeTimers();
    log = new MemoryEventLog();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  function written(events: readonly AnswerEvent[], text = ''): LoggedEvent[] {
    log.open('run', text);
    const seen: LoggedEvent[] = [];
    log.follow('run', START, (event) => seen.push(event));
    for (const event of events) log.append('run', event);
    return seen;
  }

  function missed(after: Position): LoggedEvent[] {
    const seen: LoggedEvent[] = [];
    log.follow('run', after, (event) => seen.push(event));
    return seen;
  }

  const ANSWER = [ROUTE, delta(0, 'olá '), delta(4, '🙂 '), TITLE, delta(7, 'fim'), DONE];

  it('should number events from 1 and count the characters up to each', () => {
    expect(written(ANSWER).map(({ position }) => [position.seq, position.chars])).toEqual([
      ...[
        [1, 0],
        [2, 4],
        [3, 7],
        [4, 7],
        [5, 10],
        [6, 10],
      ],
    ]);
  });

  it('should continue at every position without losing or doubling anything', () => {
    const all = written(ANSWER);
    const whole = read(all);
    for (const [at, { position }] of all.slice(0, -1).entries()) {
      const had = read(all.slice(0, at + 1));
      const rest = missed(position);
      expect(read(rest, had.text).text).toBe(whole.text);
      expect([...had.others, ...read(rest).others]).toEqual(whole.others);
      expect(rest.map(({ position: { seq } }) => seq).every((seq) => seq > position.seq)).toBe(
        true,
      );
    }
  });

  it('should join the text missed between two other events', () => {
    written(ANSWER);
    expect(missed(START).map(({ event }) => event)).toEqual([
      ...[ROUTE, delta(0, 'olá 🙂 '), TITLE, delta(7, 'fim'), DONE],
    ]);
  });

  it('should send the rest of a text of which a reader has a part', () => {
    written(ANSWER);
    expect(read(missed({ seq: 2, chars: 2 }), 'ol').text).toBe('olá 🙂 fim');
  });

  it('should begin with the text that was there before', () => {
    written([delta(8, 'vez'), DONE], 'era uma ');
    expect(read(missed(START)).text).toBe('era uma vez');
    expect(missed({ seq: 0, chars: 8 })[0]?.event).toEqual(delta(8, 'vez'));
  });

  it('should leave out what a replacement made void', () => {
    written([delta(0, 'segredo'), ROUTE, replace('***'), delta(3, ' fim'), DONE]);
    const rest = missed({ seq: 1, chars: 7 });
    expect(rest.map(({ event }) => event)).toEqual([ROUTE, replace('***'), delta(3, ' fim'), DONE]);
    expect(JSON.stringify(missed(START))).not.toContain('segredo');
    expect(read(missed(START)).text).toBe('*** fim');
  });

  it('should replace text that it never held', () => {
    written(ANSWER);
    const [first] = missed({ seq: 2, chars: 99 });
    expect(first?.event).toEqual(replace('olá 🙂 fim'));
  });

  it('should tell everything to a reader with the numbers of another run', () => {
    written(ANSWER);
    const rest = missed({ seq: 900, chars: 4 });
    expect(read(rest, 'olá ')).toEqual({ text: 'olá 🙂 fim', others: ['route', 'title', 'done'] });
  });

  it('should tell the end again, so that nobody waits for it', () => {
    const all = written(ANSWER);
    expect(missed(all.at(-1)?.position ?? START).map(({ event }) => event)).toEqual([DONE]);
  });

  it('should end with done: later events are dropped', () => {
    const seen = written([DONE]);
    log.append('run', TITLE);
    expect(seen).toHaveLength(1);
    expect(missed(START)).toHaveLength(1);
  });

  it('should tell nothing more to a reader who left', () => {
    log.open('run', '');
    const seen: LoggedEvent[] = [];
    const leave = log.follow('run', START, (event) => seen.push(event));
    log.append('run', ROUTE);
    leave?.();
    log.append('run', TITLE);
    expect(seen).toHaveLength(1);
  });

  it('should be kept for a minute after its end, and no longer', () => {
    written([DONE]);
    jest.advanceTimersByTime(59_999);
    expect(log.follow('run', START, () => undefined)).toBeDefined();
    jest.advanceTimersByTime(1);
    expect(log.follow('run', START, () => undefined)).toBeUndefined();
  });

  it('should not know a run that it never had', () => {
    expect(log.follow('other', START, () => undefined)).toBeUndefined();
    log.append('other', DONE);
  });

  it('should send away those who listen, and keep nothing of that for those who come later', () => {
    const heard: LoggedEvent[] = [];
    log.open('run', '');
    log.follow('run', START, (event) => heard.push(event));
    log.append('run', delta(0, 'um '));
    log.append('run', { type: 'reconnect', afterMs: 1000 });
    log.append('run', delta(3, 'dois'));
    expect(read(heard)).toEqual({ text: 'um ', others: ['reconnect'] });
    const { position } = heard.at(-1) as LoggedEvent;
    const later: LoggedEvent[] = [];
    log.follow('run', position, (event) => later.push(event));
    expect(read(later, 'um ')).toEqual({ text: 'um dois', others: [] });
  });
});
