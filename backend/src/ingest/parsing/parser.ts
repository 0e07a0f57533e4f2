import { createWriteStream } from 'node:fs';
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DocumentFailure } from '../document-failure.js';
import { BadAnswerError, ChildAnswer, type Parsed } from './child-answer.js';
import { type ChildEnd, ParserChild } from './child-process.js';
import type { ParseOrder } from './protocol.js';

/** Longest a file is read, in milliseconds (S41). */
export const PARSE_LIMIT_MS = 30_000;

/** How the folders begin in which children find their file, whichever process made them. */
const FOLDER = 'prosa-parse-';
/** How those of this process begin. */
export const OWN_FOLDER = `${FOLDER}${String(process.pid)}-`;
/** Nobody reads so long, in milliseconds. */
const LEFT_AFTER_MS = 3_600_000;

export interface ParseWish extends Omit<ParseOrder, 'path'> {
  readonly bytes: AsyncIterable<Buffer>;
}

export interface ParseCare {
  /** Ends the child; the promise is then rejected with its reason. */
  readonly signal: AbortSignal;
  /** How much is read, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** Reads documents, each in a process of its own that can be killed and is believed nothing. */
@Injectable()
export class Parser implements OnApplicationBootstrap {
  private readonly logger = new Logger(Parser.name);

  /** Takes away what killed processes left: it is people's documents. */
  async onApplicationBootstrap(): Promise<void> {
    const names = await readdir(tmpdir()).catch((): string[] => []);
    for (const name of names.filter((one) => one.startsWith(FOLDER))) {
      const path = join(tmpdir(), name);
      const left = await lstat(path).catch(() => undefined);
      if (left && Date.now() - left.mtimeMs > LEFT_AFTER_MS) {
        await rm(path, { recursive: true, force: true }).catch(() => undefined);
      }
    }
  }

  /**
   * Reads a document's text.
   * @throws {DocumentFailure} why it cannot be read; the signal's reason when it is aborted.
   */
  async parse(wish: ParseWish, care: ParseCare, limitMs = PARSE_LIMIT_MS): Promise<Parsed> {
    const folder = await mkdtemp(join(tmpdir(), OWN_FOLDER)); // Mode 0700.
    try {
      const path = join(folder, 'document');
      await pipeline(Readable.from(wish.bytes), createWriteStream(path, { mode: 0o600 }), {
        signal: care.signal,
      });
      return await this.parseFile({ ...wish, path }, care, limitMs);
    } catch (error) {
      care.signal.throwIfAborted();
      throw error;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private async parseFile(
    { path, fileName, kind, charset }: ParseOrder,
    { signal, onProgress }: ParseCare,
    limitMs: number,
  ): Promise<Parsed> {
    signal.throwIfAborted();
    const answer = new ChildAnswer(onProgress);
    let bad: BadAnswerError | undefined;
    const order: ParseOrder = { path, fileName: fileName.slice(-300), kind, charset };
    const child = new ParserChild(JSON.stringify(order), path, (part) => {
      try {
        if (!bad) answer.take(part);
      } catch (error) {
        bad = error as BadAnswerError;
        child.kill();
      }
    });
    let late = false;
    const stop = (): void => {
      child.kill();
    };
    const timer = setTimeout(() => {
      late = true;
      stop();
    }, limitMs);
    signal.addEventListener('abort', stop, { once: true });
    try {
      const end = await child.ended;
      signal.throwIfAborted();
      if (bad) throw new DocumentFailure('DOCUMENT.DAMAGED', undefined, { cause: bad });
      if (late) throw new DocumentFailure('DOCUMENT.TOO_SLOW');
      return this.judge(answer, end);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }

  private judge(answer: ChildAnswer, end: ChildEnd): Parsed {
    if (answer.problem) {
      throw new DocumentFailure(`DOCUMENT.${answer.problem}`, undefined, { isFinal: true });
    }
    if (answer.parsed && end.code === 0) return answer.parsed;
    if (end.tooMuchMemory) throw new DocumentFailure('DOCUMENT.TOO_LARGE_TO_READ');
    this.logger.warn({ code: end.code, lastWords: end.lastWords }, 'a parser ended badly');
    throw new DocumentFailure('DOCUMENT.FAILED', undefined, { cause: new Error(end.lastWords) });
  }
}
