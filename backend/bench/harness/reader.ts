// The people: opens streams on time, whatever becomes of the earlier ones, and notes when each
// stamped token arrives.
import http from 'node:http';
import { now, sendTimes } from './clock.ts';
import { type Spread, spreadOf } from './figures.ts';
import { serveCalls } from './worker.ts';

export interface StreamCall {
  /** What the figures are kept under. */
  readonly group: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface GroupFigures {
  readonly streams: number;
  readonly failed: number;
  /** Tokens since `measure`. */
  readonly tokens: number;
  /** From the write of a token to its arrival, for tokens since `measure`; in milliseconds. */
  readonly late: Spread;
  /** The same, of each stream's first token only. */
  readonly firstLate: Spread;
  /** From the request to the first token, in milliseconds. */
  readonly first: Spread;
}

class Group {
  streams = 0;
  failed = 0;
  readonly late: number[] = [];
  readonly firstLate: number[] = [];
  readonly first: number[] = [];

  figures(): GroupFigures {
    const { streams, failed, late } = this;
    return {
      streams,
      failed,
      tokens: late.length,
      late: spreadOf(late),
      firstLate: spreadOf(this.firstLate),
      first: spreadOf(this.first),
    };
  }
}

const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });
let groups = new Map<string, Group>();
let open = 0;
/** Streams that are open and have not had their first token. */
let expected = 0;
let measuring = false;
let wake: (() => void) | undefined;
let wakeBegun: (() => void) | undefined;

function groupOf(name: string): Group {
  const group = groups.get(name) ?? new Group();
  groups.set(name, group);
  return group;
}

function closed(): void {
  open -= 1;
  if (open === 0) wake?.();
}

function came(): void {
  expected -= 1;
  if (expected === 0) wakeBegun?.();
}

function follow(call: StreamCall): void {
  const startedAt = now();
  let rest = '';
  let begun = false;
  open += 1;
  expected += 1;
  groupOf(call.group).streams += 1;
  const request = http.request(call.url, { method: 'POST', agent, headers: call.headers });
  const failed = () => {
    groupOf(call.group).failed += 1;
  };
  request.on('error', failed);
  request.once('close', () => {
    if (!begun) came();
    closed();
  });
  request.on('response', (response) => {
    if (response.statusCode !== 200) failed();
    response.on('data', (bytes: Buffer) => {
      const arrived = now();
      const read = sendTimes(rest + bytes.toString('latin1'));
      rest = read.rest;
      const group = groupOf(call.group);
      const [first] = read.times;
      if (!begun && first !== undefined) {
        begun = true;
        came();
        group.first.push(arrived - startedAt);
        group.firstLate.push(arrived - first);
      }
      if (measuring) for (const sent of read.times) group.late.push(arrived - sent);
    });
  });
  request.setNoDelay(true);
  request.end(call.body);
}

const methods = {
  /** Opens streams, so many a second, and returns when the last one was opened. */
  open: ({ calls, perSecond }: { calls: StreamCall[]; perSecond: number }): Promise<void> =>
    new Promise((resolve) => {
      const from = now();
      let next = 0;
      const timer = setInterval(() => {
        const due = Math.floor(((now() - from) / 1000) * perSecond) + 1;
        for (const call of calls.slice(next, due)) follow(call);
        next = due;
        if (next >= calls.length) {
          clearInterval(timer);
          resolve();
        }
      }, 1);
    }),
  /** Waits until every open stream has had a token. */
  allBegun: (): Promise<void> =>
    expected === 0 ? Promise.resolve() : new Promise((resolve) => (wakeBegun = resolve)),
  /** Forgets what was noted and notes every token from now on. */
  measure: (): void => {
    groups = new Map();
    measuring = true;
  },
  report: (): Record<string, GroupFigures> => {
    measuring = false;
    return Object.fromEntries([...groups].map(([name, group]) => [name, group.figures()]));
  },
  /** Waits until no stream is open. */
  allEnded: (): Promise<void> =>
    open === 0 ? Promise.resolve() : new Promise((resolve) => (wake = resolve)),
};
export type Reader = typeof methods;

serveCalls(methods);
