import type { AnswerEvent } from '../../src/answering/answer-event.js';

/** One frame of an answer, as it came over the wire. */
export interface Frame {
  readonly id: string;
  readonly type: AnswerEvent['type'];
  readonly data: Record<string, unknown>;
  /** `performance.now()` when it came. */
  readonly at: number;
}

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
    let rest = '';
    const decoder = new TextDecoder();
    try {
      for await (const bytes of this.response.body ?? []) {
        rest += decoder.decode(bytes as Uint8Array, { stream: true });
        const blocks = rest.split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) this.take(block);
        this.wake.resolve();
        this.wake = Promise.withResolvers();
      }
    } catch {
      // The reader left, or the server broke off: what came so far counts.
    }
  }

  private take(block: string): void {
    if (block.startsWith(':')) {
      this.comments.push(block);
      return;
    }
    const fields = new Map(
      block.split('\n').map((line): [string, string] => {
        const colon = line.indexOf(': ');
        return [line.slice(0, colon), line.slice(colon + 2)];
      }),
    );
    this.frames.push({
      id: fields.get('id') ?? '',
      type: fields.get('event') as Frame['type'],
      data: JSON.parse(fields.get('data') ?? 'null') as Record<string, unknown>,
      at: performance.now(),
    });
  }
}

/** The body that frames make, begun with what a reader has already. */
export function joined(frames: readonly Frame[], start = ''): string {
  return frames.reduce((text, { type, data }) => {
    if (type === 'replace') return String(data['text']);
    return type === 'delta' ? text.slice(0, Number(data['at'])) + String(data['text']) : text;
  }, start);
}
