import { setTimeout as wait } from 'node:timers/promises';
import { Transform, type TransformCallback } from 'node:stream';

/** What is wrong with a wire; nothing given: it passes everything on at once. */
export interface WireFaults {
  /** Nothing passes and nothing breaks, as when the other machine has lost its power. */
  hangs?: boolean;
  /** Before each piece, in milliseconds. */
  delayMs?: number;
  /** The size of the pieces in which it passes on, in bytes. */
  dripBytes?: number;
  /** A connection over which nothing has passed for so long is closed, in milliseconds. */
  idleMs?: number;
  /** After so many bytes from the server a connection is reset. */
  breaksAfterBytes?: number;
}

/** One direction of one connection, with the faults that its wire has at the moment. */
export class FaultyPipe extends Transform {
  constructor(
    private readonly faults: () => WireFaults,
    /** Called when so many bytes have passed. */
    private readonly passed: (bytes: number) => void,
    /** Resolves when the faults have changed. */
    private readonly changed: () => Promise<void>,
  ) {
    super();
  }

  override _transform(bytes: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.pass(bytes).then(
      () => {
        done();
      },
      (error: unknown) => {
        done(error as Error);
      },
    );
  }

  private async pass(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length && !this.destroyed;) {
      while (this.faults().hangs === true) await this.changed();
      const { delayMs = 0, dripBytes = bytes.length } = this.faults();
      if (delayMs > 0) await wait(delayMs);
      const piece = bytes.subarray(at, at + dripBytes);
      this.push(piece);
      at += piece.length;
      this.passed(piece.length);
    }
  }
}
