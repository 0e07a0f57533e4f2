import { type Frame, framesOf } from './frames.js';

export type { Frame };

/** Reads the server-sent events of an answer, as a browser does. */
export class AnswerStream {
  readonly frames: Frame[] = [];
  /** Comments, such as heartbeats. */
  readonly comments: string[] = [];
  /** Resolves when the server has ended the stream or the reader has left. */
  readonly closed: Promise<void>;
  private wake = Promise.withResolvers<void>();
  private ended = false;

  constructor(
    readonly response: Response,
    private readonly leaving: AbortController,
  ) {
    this.closed = this.read().finally(() => {
      this.ended = true;
      this.wake.resolve();
    });
  }

  /** The body as a reader puts it together. */
  get text(): string {
    return joined(this.frames);
  }

  get types(): string[] {
    return this.frames.map(({ type }) => type);
  }

  /** Waits for a frame that was not there, or was. @throws when the stream ends without it. */
  async until(found: (frame: Frame) => boolean): Promise<Frame> {
    for (;;) {
      const frame = this.frames.find(found);
      if (frame) return frame;
      if (this.ended) throw new Error(`the stream ended with: ${this.types.join(' ')}`);
      await this.wake.promise;
    }
  }

  /** Waits for the first frame of a type. */
  untilType(type: Frame['type']): Promise<Frame> {
    return this.until((frame) => frame.type === type);
  }

  /** Waits until at least so many characters have come. */
  async untilText(length: number): Promise<void> {
    await this.until(() => this.text.length >= length);
  }

  /** Every frame, once the server has ended the stream. */
  async all(): Promise<Frame[]> {
    await this.closed;
    return this.frames;
  }

  /** Closes the connection, like a browser whose tab is closed. */
  async leave(): Promise<void> {
    this.leaving.abort();
    await this.closed;
  }

  private async read(): Promise<void> {
    try {
      for await (const arrived of framesOf(this.response)) {
        for (const one of arrived) {
          if (typeof one === 'string') this.comments.push(one);
          else this.frames.push(one);
        }
        this.wake.resolve();
        this.wake = Promise.withResolvers();
      }
    } catch {
      // The reader left, or the server broke off: what came so far counts.
    }
  }
}

/** The body that frames make, begun with what a reader has already. */
export function joined(frames: readonly Frame[], start = ''): string {
  return frames.reduce((text, { type, data }) => {
    if (type === 'replace') return String(data['text']);
    return type === 'delta' ? text.slice(0, Number(data['at'])) + String(data['text']) : text;
  }, start);
}
