import { MalformedAnswer } from '../failure.rules.js';
import type { SaidChunk } from '../said-chunk.js';
import { cleanChunk, type ErrorChunk, noGarbage, type SseGarbage } from './sse-chunk.rules.js';

/** What a chunk of a chat completion says, or what the provider said went wrong. */
export type SseChunk = SaidChunk | ErrorChunk;

/** Longest line, and longest frame, in UTF-16 units; a token's frame has a few hundred. */
const MAX_FRAME = 1024 * 1024;

/** Of the bytes that complete none. A list that grows has room for seventeen: most get one. */
const NO_CHUNKS: SseChunk[] = [];

/**
 * Reads a provider's server-sent events in place of the SDK, whose own parser gives up at the first
 * bad frame: takes bytes however they are cut (WHATWG HTML, 9.2.6) and gives back only valid chunks
 * of a chat completion, as soon as the frame of each is whole.
 */
export class SseFilter {
  readonly garbage: SseGarbage = noGarbage();
  private readonly decoder = new TextDecoder();
  private line = '';
  private event = '';
  /** The data of the frame so far: as a rule one line, and then no list is made for it. */
  private data: string | undefined;
  private afterReturn = false;
  private sawBytes = false;
  private sawFrame = false;
  private chunks = NO_CHUNKS;
  private ended = false;

  /** Whether `[DONE]` has come; whatever follows it is ignored. */
  get done(): boolean {
    return this.ended;
  }

  /**
   * Takes the next bytes and returns the chunks they complete (often none).
   * @throws {MalformedAnswer} a line or frame over 1 MB.
   */
  push(bytes: Uint8Array): readonly SseChunk[] {
    this.sawBytes ||= bytes.length > 0;
    this.take(this.decoder.decode(bytes, { stream: true }));
    return this.flush();
  }

  /**
   * The connection ended: returns what the last, unterminated frame still gives.
   * @throws {MalformedAnswer} bytes came, but not one frame of the protocol among them.
   */
  end(): readonly SseChunk[] {
    this.take(`${this.decoder.decode()}\n\n`);
    if (this.sawBytes && !this.sawFrame) throw new MalformedAnswer('no frame in the whole answer');
    return this.flush();
  }

  private flush(): readonly SseChunk[] {
    const { chunks } = this;
    this.chunks = NO_CHUNKS;
    return chunks;
  }

  private take(text: string): void {
    let start = this.afterReturn && text.startsWith('\n') ? 1 : 0;
    if (text !== '') this.afterReturn = false;
    let feed = text.indexOf('\n', start);
    let carriage = text.indexOf('\r', start);
    while (!this.ended && (feed >= 0 || carriage >= 0)) {
      const isFeed = carriage < 0 || (feed >= 0 && feed < carriage);
      const at = isFeed ? feed : carriage;
      this.endLine(this.line + text.slice(start, at));
      this.line = '';
      start = at + 1;
      if (!isFeed) {
        if (feed === start) start += 1;
        else this.afterReturn = start === text.length;
        carriage = text.indexOf('\r', start);
      }
      if (feed >= 0 && feed < start) feed = text.indexOf('\n', start);
    }
    if (!this.ended) this.line += text.slice(start);
    if (this.line.length > MAX_FRAME) throw new MalformedAnswer('line over 1 MB');
  }

  private endLine(line: string): void {
    if (line === '') return this.endFrame();
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'event') this.event = value;
    if (field !== 'data') return;
    this.data = this.data === undefined ? value : `${this.data}\n${value}`;
    if (this.data.length > MAX_FRAME) throw new MalformedAnswer('frame over 1 MB');
  }

  private endFrame(): void {
    const { data = '', event } = this;
    this.event = '';
    this.data = undefined;
    if (data === '') return;
    if (data.trim() === '[DONE]') {
      this.ended = true;
      this.sawFrame = true;
      return;
    }
    const chunk = cleanChunk(event, data, this.garbage);
    if (!chunk) return;
    this.sawFrame = true;
    if (this.chunks === NO_CHUNKS) this.chunks = [chunk];
    else this.chunks.push(chunk);
  }
}
