/** What people and the provider tell of, the moment it happens. */
export type Signal =
  /** A prompt was accepted. */
  | 'accepted'
  /** The provider has a call, and has not answered it. */
  | 'called'
  /** Text was seen; the figure says how often in this connection. */
  | 'text'
  /** The provider has sent its last byte. */
  | 'ended'
  /** Stop was pressed. */
  | 'stopped'
  /** The end of an answer is on its way into the database. */
  | 'settling'
  /** The first run of a killed server was ended by the next one. */
  | 'recovering';

interface Armed {
  readonly signal: Signal;
  readonly least: number;
  readonly act: () => void;
}

/** Acts on a signal in the same turn of the event loop: a kill must not come a moment later. */
export class Signals {
  private armed: Armed | undefined;

  /** @param least the figure that the signal must have reached. */
  arm(signal: Signal, act: () => void, least = 0): void {
    this.armed = { signal, least, act };
  }

  disarm(): void {
    this.armed = undefined;
  }

  /** Whether anybody waits for the signal. */
  awaits(signal: Signal): boolean {
    return this.armed?.signal === signal;
  }

  tell(signal: Signal, figure = 0): void {
    const { armed } = this;
    if (armed?.signal !== signal || figure < armed.least) return;
    this.armed = undefined;
    armed.act();
  }
}
