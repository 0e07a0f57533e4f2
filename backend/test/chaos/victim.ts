import { setTimeout as sleep } from 'node:timers/promises';
import { type ChildServer, startChildServer } from '../harness/child-server.ts';
import type { KillPoint } from './kill-points.ts';
import type { Signals } from './signals.ts';

/** A kill of the server or of its database. */
export interface Kill {
  readonly n: number;
  readonly point: KillPoint;
  /** Which life of the server it ended; undefined: it was its database that was killed. */
  readonly life: number | undefined;
  /** `performance.now()`. */
  readonly at: number;
}

/** pino's `fatal`, and what Node says when nobody caught an error. */
const FATAL = /"level":60|unhandled|Uncaught|^\s+at |heap out of/i;
/** pino's `error`. */
const ERROR = '"level":50';
/** Of what it printed, so many lines are told where it ended by itself. */
const LINES_KEPT = 10;
const ORPHAN_ENDED = 'ended an orphaned run';

/** The built server as a process of its own, which is killed and started again. */
export class Victim {
  readonly kills: Kill[] = [];
  /** What it complained of, as it came. */
  readonly complaints: string[] = [];
  /** Whether it may complain of errors: its database was killed. */
  hasReason = false;
  /** How often it has been killed. */
  life: number;
  /** Resolves when it has ended though nobody killed it, with what it said at last. */
  readonly fallen = Promise.withResolvers<string>();
  private lastLines: string[] = [];
  private server: ChildServer | undefined;
  private up = Promise.withResolvers<string>();
  private killNow: () => void = () => undefined;
  private running = false;
  private listeningAt = 0;
  private earlierUptimeMs = 0;
  private readonly settings: Readonly<Record<string, string>>;
  private readonly signals: Signals;
  private readonly log: (line: string) => void;

  /**
   * @param log is given every line that it prints.
   * @param life the number of its first one.
   */
  constructor(
    settings: Readonly<Record<string, string>>,
    signals: Signals,
    log: (line: string) => void,
    life = 0,
  ) {
    this.settings = settings;
    this.signals = signals;
    this.log = log;
    this.life = life;
  }

  /** Its address; waits while it is down. */
  url(): Promise<string> {
    return this.up.promise;
  }

  /** Whether it listens. */
  get isUp(): boolean {
    return this.server !== undefined;
  }

  /** How long it has listened, all its lives together, in milliseconds. */
  get uptimeMs(): number {
    const now = this.server ? performance.now() - this.listeningAt : 0;
    return this.earlierUptimeMs + now;
  }

  /** Starts it. @returns false when it was killed before it listened. */
  async start(onSpawn: () => void = () => undefined): Promise<boolean> {
    try {
      const server = await startChildServer(
        this.settings,
        (kill) => {
          this.running = true;
          this.killNow = kill;
          onSpawn();
        },
        this.reader(),
      );
      if (!this.running) return false;
      this.server = server;
      this.listeningAt = performance.now();
      void server.exited.then((code) => {
        if (this.server === server) this.fall(`it ended by itself with ${String(code)}`);
      });
      this.up.resolve(server.url);
      return true;
    } catch (error) {
      if (!this.running) return false;
      throw error;
    }
  }

  /** Kills the process with -9, in this very turn of the event loop. */
  kill(point: KillPoint): void {
    this.killNow();
    this.note(point, this.life);
    this.life += 1;
    this.hasReason = false;
    this.running = false;
    this.earlierUptimeMs = this.uptimeMs;
    if (this.server) this.up = Promise.withResolvers();
    this.server = undefined;
  }

  /** Writes a kill down, also one of something else. */
  note(point: KillPoint, life?: number): void {
    this.kills.push({ n: this.kills.length + 1, point, life, at: performance.now() });
  }

  /** Ends it as an operator does. @returns the exit code. */
  async stop(): Promise<number | null> {
    const { server } = this;
    this.server = undefined;
    return server ? (await server.end('SIGTERM')).code : null;
  }

  /** Bytes of memory of the process, after it was left alone for a moment. */
  async restingBytes(token: string): Promise<number> {
    await sleep(1000);
    const answer = await fetch(`${await this.url()}/metrics`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const found = /^process_resident_memory_bytes (\S+)$/m.exec(await answer.text());
    return Number(found?.[1]);
  }

  private fall(how: string): void {
    const what = `${how}: ${this.lastLines.join(' / ')}`;
    this.complaints.push(what);
    this.fallen.resolve(what);
  }

  private reader(): (part: string) => void {
    let rest = '';
    return (part) => {
      const lines = (rest + part).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        this.log(line);
        this.lastLines = [...this.lastLines.slice(1 - LINES_KEPT), line.slice(0, 1500)];
        if (line.includes(ORPHAN_ENDED)) this.signals.tell('recovering');
        const isError = line.includes(ERROR) && !this.hasReason;
        if (isError || FATAL.test(line)) this.complaints.push(line.slice(0, 1500));
      }
    };
  }
}
