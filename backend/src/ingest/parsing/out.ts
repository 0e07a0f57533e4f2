import { once } from 'node:events';
import { isApart, type Passage, passagesOf } from '../chunking/passages.rules.js';
import { type Block, MOST } from './block.js';
import { ParseRefusal, type ParserLine } from './protocol.js';

/** Characters that travel in one line. */
const LINE = 100_000;

/** Where a parser puts what it finds. Bounds it, so that a parser need not. */
export class Out {
  /** Blocks that may yet share a passage with the next one. */
  private group: Block[] = [];
  private waiting: Passage[] = [];
  private waitingCharacters = 0;
  private characters = 0;
  private blocks = 0;
  private readonly write: (line: string) => Promise<void>;

  constructor(write: (line: string) => Promise<void>) {
    this.write = write;
  }

  /** Whether any text was found. */
  get isEmpty(): boolean {
    return this.blocks === 0;
  }

  /** What the file is. @throws {ParseRefusal} when it has too many pages. */
  async found(mediaType: string, pages: number | null = null): Promise<void> {
    if ((pages ?? 0) > MOST.pages) throw new ParseRefusal('TOO_LARGE_TO_READ');
    await this.say({ type: 'found', mediaType, pages });
  }

  async title(title: string): Promise<void> {
    const tidy = oneLine(title).slice(0, MOST.heading);
    if (tidy !== '') await this.say({ type: 'title', title: tidy });
  }

  async progress(done: number, total: number): Promise<void> {
    await this.say({ type: 'progress', done, total });
  }

  /** Takes a block, however long; one without text is none. @throws {ParseRefusal} TOO_LARGE_TO_READ. */
  async block(block: Block): Promise<void> {
    const text = readable(block.text);
    const headings = block.headings
      .map((heading) => oneLine(readable(heading)).slice(0, MOST.heading))
      .filter((heading) => heading !== '')
      .slice(0, MOST.headings);
    for (let at = 0; at < text.length;) {
      const end = cutBefore(text, at + MOST.block);
      await this.take({ ...block, headings, text: text.slice(at, end) });
      at = end;
    }
  }

  /** Sends what is left. */
  async end(): Promise<void> {
    await this.endGroup();
    await this.flush();
  }

  async say(line: ParserLine): Promise<void> {
    await this.write(`${JSON.stringify(line)}\n`);
  }

  private async take(block: Block): Promise<void> {
    this.characters += block.text.length;
    this.blocks += 1;
    if (this.characters > MOST.characters || this.blocks > MOST.blocks) {
      throw new ParseRefusal('TOO_LARGE_TO_READ');
    }
    const before = this.group.at(-1);
    if (before && isApart(before, block)) await this.endGroup();
    this.group.push(block);
  }

  private async endGroup(): Promise<void> {
    const passages = passagesOf(this.group);
    this.group = [];
    for (const passage of passages) {
      this.waiting.push(passage);
      this.waitingCharacters += passage.text.length + passage.heading.length + 50;
      if (this.waitingCharacters >= LINE) await this.flush();
    }
  }

  private async flush(): Promise<void> {
    if (this.waiting.length > 0) await this.say({ type: 'passages', passages: this.waiting });
    this.waiting = [];
    this.waitingCharacters = 0;
  }
}

/** Writes lines to a stream, waiting while it is full. */
export const linesTo = (stream: NodeJS.WritableStream) => async (line: string) => {
  if (!stream.write(line)) await once(stream, 'drain');
};

/** How far back a white space is looked for at which a text that is too long may be cut. */
const NEAR = 500;

/** Where a text is cut: between words where there are any, never between the halves of a character. */
function cutBefore(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const between = text.slice(at - NEAR, at).search(/\s\S*$/);
  if (between >= 0) return at - NEAR + between + 1;
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit < 0xe000 ? at - 1 : at;
}

/**
 * Without what no database takes and nobody sees: control characters, half characters, soft hyphens,
 * white space without end.
 */
const readable = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}|[\u00ad\u200b\ufeff\ufffe\uffff]/gu, '')
    .replace(/\s{100,}/g, (space) => space.slice(0, 2))
    .trim();

/** In one line, with single spaces. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
