import { setTimeout as sleep } from 'node:timers/promises';
import type { Victim } from './victim.ts';

/** Between two commits, in milliseconds. */
const PAUSE_MS = 100;
/** What was slow this long before a kill, in milliseconds, may have been slow at the kill. */
const RECENT_MS = 2000;

interface Commit {
  readonly from: number;
  to: number;
}

/**
 * Measures what one commit takes here and now: it has the killed server commit something small, all
 * the time. That counts whatever makes a checkpoint late: the disk, the database, a process that
 * gets no time of the processor.
 */
export class CommitProbe {
  private readonly commits: Commit[] = [];
  private isOver = false;
  private readonly victim: Victim;
  private readonly token: string;

  constructor(victim: Victim, token: string) {
    this.victim = victim;
    this.token = token;
  }

  /** Commits until {@link stop}. */
  async run(): Promise<void> {
    const made = await this.send('POST', '/api/conversations', {});
    const { id } = (await made.json()) as { id: number };
    for (let n = 0; !this.isOver; n += 1) {
      await this.victim.url();
      const { life } = this.victim;
      const commit = { from: performance.now(), to: Infinity };
      this.commits.push(commit);
      // While a database is away a commit takes until it is back; a kill ends it.
      while (this.victim.life === life && !this.isOver && !(await this.rename(id, n))) {
        await sleep(PAUSE_MS);
      }
      commit.to = performance.now();
      await sleep(PAUSE_MS);
    }
  }

  private async rename(id: number, n: number): Promise<boolean> {
    try {
      const path = `/api/conversations/${String(id)}`;
      const answer = await this.send('PATCH', path, { title: `medida ${String(n)}` });
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    }
  }

  stop(): void {
    this.isOver = true;
  }

  /** The longest that a commit took shortly before a moment, in milliseconds. */
  longestBefore(at: number): number {
    const near = this.commits.filter(({ from, to }) => from < at && to > at - RECENT_MS);
    return Math.max(0, ...near.map(({ from, to }) => Math.min(to, at) - from));
  }

  /** What a commit takes in the middle, in milliseconds. */
  get median(): number {
    const took = this.commits.map(({ from, to }) => to - from).sort((one, other) => one - other);
    return took[Math.floor(took.length / 2)] ?? 0;
  }

  private async send(method: string, path: string, body: unknown): Promise<Response> {
    return fetch(`${await this.victim.url()}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }
}
