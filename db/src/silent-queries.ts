/** How long a statement may take before the server is asked whether it is at it, in milliseconds. */
const LOOK_AFTER_MS = 5000;

/** The next look, in milliseconds: an answer that was on its way has come by then. */
const LOOK_AGAIN_MS = 2000;

/** Looks that must agree. */
const LOOKS = 2;

/** A statement that has been sent. */
interface Sent {
  /** The server's number of the connection. */
  readonly connectionId: number;
  /** Drops the connection; the statement fails by that. */
  readonly drop: () => void;
}

/**
 * Finds connections that are open on this side only: a network that forgot them, a server that was
 * replaced. Nothing tells of it while a statement waits for its answer, for about a quarter of an
 * hour (Linux, tcp_retries2), and ten of them are a whole pool. The server is asked, by a connection
 * of its own, whether it is at work for the silent one: a statement may take as long as it needs.
 */
export class SilentQueries {
  private looking: Promise<ReadonlySet<number>> | undefined;

  /** @param working asks the server which connections it is at work for; may throw, may not hang. */
  constructor(private readonly working: () => Promise<ReadonlySet<number>>) {}

  /** A statement has been sent. @returns to be called with its answer. */
  sent({ connectionId, drop }: Sent): () => void {
    let idle = 0;
    let isAnswered = false;
    const look = async () => {
      // A server that cannot be reached says nothing of the connection: it may answer yet.
      const working = await this.look().catch(() => undefined);
      if (isAnswered) return;
      if (working) idle = working.has(connectionId) ? 0 : idle + 1;
      if (idle >= LOOKS) drop();
      else timer = setTimeout(() => void look(), LOOK_AGAIN_MS).unref();
    };
    let timer = setTimeout(() => void look(), LOOK_AFTER_MS).unref();
    return () => {
      isAnswered = true;
      clearTimeout(timer);
    };
  }

  /** One look for all that wait. */
  private look(): Promise<ReadonlySet<number>> {
    this.looking ??= this.working().finally(() => (this.looking = undefined));
    return this.looking;
  }
}
