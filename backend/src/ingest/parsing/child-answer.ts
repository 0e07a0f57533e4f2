import { z } from 'zod';
import { PASSAGE, type Passage } from '../chunking/passages.rules.js';
import { MOST } from './block.js';
import { PARSE_PROBLEMS, type ParseProblem } from './protocol.js';

/** Longest line a child may write, in bytes: JSON makes six of a character at most. */
const LONGEST_LINE = 1024 * 1024;

/** All that a child may write, in bytes: three for a character of the text, and its headings. */
const LONGEST_ANSWER = 8 * MOST.characters;

const count = z.number().int().min(0).max(1_000_000_000);
const pageNumber = z.number().int().min(1).max(MOST.pages);

const passage = z.object({
  page: pageNumber.nullable(),
  heading: z.string().max(PASSAGE.heading),
  text: z.string().min(1).max(PASSAGE.most),
});

const line = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('found'),
    mediaType: z.string().regex(/^[\w.+-]{1,60}\/[\w.+-]{1,66}$/),
    pages: z.number().int().min(0).max(MOST.pages).nullable(),
  }),
  z.object({ type: z.literal('title'), title: z.string().max(MOST.heading) }),
  z.object({ type: z.literal('progress'), done: count, total: count }),
  z.object({
    type: z.literal('passages'),
    passages: z.array(passage),
  }),
  z.object({ type: z.literal('end') }),
  z.object({ type: z.literal('refused'), problem: z.enum(PARSE_PROBLEMS) }),
]);

/** What a document was found to be. */
export interface Parsed {
  readonly mediaType: string;
  readonly pages: number | null;
  /** What the document calls itself. */
  readonly title: string | null;
  readonly passages: readonly Passage[];
}

/** A child said what no parser of ours says: its file may have taken it over. */
export class BadAnswerError extends Error {
  override readonly name = 'BadAnswerError';
}

/** Puts together what a child writes. Believes nothing: what it cannot be is an error. */
export class ChildAnswer {
  private rest: Buffer[] = [];
  private restBytes = 0;
  private bytes = 0;
  private characters = 0;
  private readonly passages: Passage[] = [];
  private found: { mediaType: string; pages: number | null } | undefined;
  private title: string | null = null;
  private ended = false;
  /** Why the file was refused, if it was. */
  problem: ParseProblem | undefined;

  /** @param onProgress is told how much is done, 0 to 1. */
  constructor(private readonly onProgress: (share: number) => void) {}

  /** @throws {BadAnswerError} */
  take(part: Buffer): void {
    this.bytes += part.length;
    if (this.bytes > LONGEST_ANSWER) throw new BadAnswerError('too long');
    let from = 0;
    for (let end = part.indexOf(10); end >= 0; end = part.indexOf(10, from)) {
      this.rest.push(part.subarray(from, end));
      this.read(Buffer.concat(this.rest).toString());
      this.rest = [];
      this.restBytes = 0;
      from = end + 1;
    }
    this.rest.push(part.subarray(from));
    this.restBytes += part.length - from;
    if (this.restBytes > LONGEST_LINE) throw new BadAnswerError('a line is too long');
  }

  /** All of it, once the child has said that this is all; undefined: it has not. */
  get parsed(): Parsed | undefined {
    if (!this.ended || !this.found) return undefined;
    return { ...this.found, title: this.title, passages: this.passages };
  }

  private read(text: string): void {
    const said = this.understand(text);
    switch (said.type) {
      case 'found':
        this.found = { mediaType: said.mediaType, pages: said.pages };
        return;
      case 'title':
        this.title = said.title;
        return;
      case 'progress':
        this.onProgress(said.total === 0 ? 0 : Math.min(1, said.done / said.total));
        return;
      case 'passages':
        for (const one of said.passages) this.add(one);
        return;
      case 'end':
        this.ended = true;
        return;
      case 'refused':
        this.problem = said.problem;
    }
  }

  private understand(text: string): z.infer<typeof line> {
    try {
      return line.parse(JSON.parse(text));
    } catch (cause) {
      throw new BadAnswerError('a line that cannot be understood', { cause });
    }
  }

  private add(passage: Passage): void {
    this.characters += passage.text.length;
    if (this.characters > 2 * MOST.characters || this.passages.length >= MOST.blocks) {
      throw new BadAnswerError('too much text');
    }
    this.passages.push(passage);
  }
}
