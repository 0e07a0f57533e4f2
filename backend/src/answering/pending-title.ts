import type { PostStatus } from '#db';
import { RunTrace } from '../tracing/run-trace.js';
import { LiveRun } from './live-run.js';
import type { Call } from './steps/asking.js';

/** So much of an answer says what it is about, in UTF-16 units: about three lines. */
const ENOUGH = 200;

/** What came of a title: the text, and the call that is to be paid for. */
export interface Titled {
  readonly title: string | null;
  readonly calls: readonly Call[];
}

export const UNTITLED: Titled = { title: null, calls: [] };

/**
 * The title of one run's conversation: written while the answer goes on, and given up where it is
 * not there soon after. The answer waits for nothing else of it.
 */
export class PendingTitle {
  /** The call's own text and its own end: a title that is late is stopped, its run is not. */
  private readonly own: LiveRun;
  private writing: Promise<Titled> | undefined;

  /**
   * @param waitMs how long the end of the answer waits at most.
   * @param write asks for the title; must not throw, and ends soon once its run is stopped.
   */
  constructor(
    private readonly run: LiveRun,
    private readonly waitMs: number,
    private readonly write: (own: LiveRun) => Promise<Titled>,
  ) {
    this.own = new LiveRun(run.accepted, new RunTrace(null));
  }

  /** More of the answer was released: with the first lines the title is asked for. */
  heard(): void {
    if (this.writing) return;
    const { accepted, releasedLength } = this.run;
    if (releasedLength - accepted.earlierText.length >= ENOUGH) this.begin();
  }

  /** The answer has ended so. Waits a moment for its title, where there is something to title. */
  async end(status: PostStatus): Promise<Titled> {
    const { accepted, releasedLength, signal } = this.run;
    const isAnswer = status === 'done' || status === 'interrupted';
    if (!isAnswer) this.stop();
    else if (releasedLength > accepted.earlierText.length) this.begin();
    if (!this.writing) return UNTITLED;
    const late = setTimeout(this.stop, this.waitMs);
    try {
      return await this.writing;
    } finally {
      clearTimeout(late);
      signal.removeEventListener('abort', this.stop);
    }
  }

  private begin(): void {
    if (this.writing || this.run.signal.aborted) return;
    this.run.signal.addEventListener('abort', this.stop, { once: true });
    this.writing = this.write(this.own);
  }

  private readonly stop = (): void => {
    this.own.stop('stopped');
  };
}
