import { MalformedAnswer } from '../failure.rules.js';
import type { SaidChunk } from '../said-chunk.js';
import { cleanChunk, type ErrorChunk, noGarbage, type SseGarbage } from './sse-chunk.rules.js';

/** What a chunk of a chat completion says, or what the provider said went wrong. */
export type SseChunk = SaidChunk | ErrorChunk;

/** Longest line, and longest frame, in UTF-16 units; a token's frame has a few hundred. */
const MAX_FRAME = 1024 * 1024;

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
  private data: string[] = [];
  private dataLength = 0;
  private afterReturn = false;
  private sawBytes = false;
  private sawFrame = false;
  private chunks: SseChunk[] = [];
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
    if (chunks.length > 0) this.chunks = [];
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
    this.data.push(value);
    this.dataLength += value.length;
    if (this.dataLength > MAX_FRAME) throw new MalformedAnswer('frame over 1 MB');
  }

  private endFrame(): void {
    const data = this.data.join('\n');
    const { event } = this;
    this.event = '';
    this.data = [];
    this.dataLength = 0;
    if (data === '') return;
    if (data.trim() === '[DONE]') {
      this.ended = true;
      this.sawFrame = true;
      return;
    }
    const chunk = cleanChunk(event, data, this.garbage);
    if (!chunk) return;
    this.sawFrame = true;
    this.chunks.push(chunk);
  }
}
