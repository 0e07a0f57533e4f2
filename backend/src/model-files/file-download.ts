import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DomainError } from '../platform/domain-error.js';
import type { ChosenFile } from './choose-files.rules.js';
import type { HubFile, HubRepository } from './hub-answer.rules.js';
import type { HubClient } from './hub-client.js';

/** How a file is fetched. */
export interface FetchOptions {
  readonly signal: AbortSignal;
  /** Told how many bytes of the file are on the disk. */
  readonly onBytes: (bytes: number) => void;
  /** Told when nothing more is fetched, and what is there is looked at. */
  readonly onCheck: () => void;
  /** Before the first of several tries, doubled with each; milliseconds. */
  readonly retryMs: number;
}

/** Tries in a row that may bring next to nothing. */
const MOST_TRIES = 5;
/** A try that brought so much was a good one; bytes. */
const GOOD_TRY = 1024 * 1024;
/** Of the checksum, in the name of what has arrived: another file there begins anew. */
const MARK = 12;
const PART = /\.[0-9a-f]{12}\.part$/;

/** Where what has arrived of a file is kept. */
export const partOf = (target: string, { checksum }: HubFile): string =>
  `${target}.${checksum.value.slice(0, MARK)}.part`;

/** Whether a file is a part of another that is being downloaded. */
export const isPart = (name: string): boolean => PART.test(name);

/** The name of the file that a part is of; any other name as it is. */
export const withoutPart = (name: string): string => name.replace(PART, '');

/** Bytes that are there already of a file that is not yet whole. */
export async function bytesOfPart(target: string, file: HubFile): Promise<number> {
  const size = (await stat(partOf(target, file)).catch(() => undefined))?.size ?? 0;
  return Math.min(size, file.bytes);
}

/** Whether the file is there, whole and as the hub has it. Reads it all. */
export async function isWhole(
  target: string,
  file: HubFile,
  signal: AbortSignal,
): Promise<boolean> {
  const found = await stat(target).catch(() => undefined);
  if (found?.size !== file.bytes) return false;
  const hash = hashOf(file);
  await hashFile(hash, target, signal);
  return hash.digest('hex') === file.checksum.value;
}

/**
 * Fetches a file to beside its place, from where an earlier try has left off. A connection that
 * breaks is made anew; where that does not help, what has arrived stays for the next time.
 * @returns the path of the part, whole and checked: {@link place} puts it in its place.
 * @throws {DomainError} DOWNLOAD.…; CHECKSUM once what arrived is deleted.
 */
export async function fetchPart(
  hub: HubClient,
  repository: HubRepository,
  file: ChosenFile,
  target: string,
  options: FetchOptions,
): Promise<string> {
  await mkdir(dirname(target), { recursive: true });
  const path = partOf(target, file);
  await removeOtherParts(target, path);
  const handle = await open(path, 'a+');
  try {
    const part = await Part.of(handle, path, file, options);
    await receive(hub, repository, part, options);
    options.onCheck();
    await handle.sync();
    if (part.isRight()) return path;
  } finally {
    await handle.close();
  }
  await rm(path, { force: true });
  throw new DomainError('DOWNLOAD.CHECKSUM', { file: file.to });
}

/** Puts a whole file in its place. */
export async function place(part: string, target: string): Promise<void> {
  await rename(part, target);
}

async function receive(
  hub: HubClient,
  repository: HubRepository,
  part: Part,
  { signal, retryMs }: FetchOptions,
): Promise<void> {
  let tries = 0;
  while (part.missing > 0) {
    const before = part.bytes;
    try {
      const stream = await hub.file(repository, part.file.path, before, signal);
      if (stream.from !== before) await part.startOver(stream.from);
      for await (const piece of stream.bytes) {
        await part.add(piece);
        if (part.isTooLong) return;
      }
      if (part.missing > 0) throw new DomainError('DOWNLOAD.CUT_SHORT');
    } catch (error) {
      tries = part.bytes - before >= GOOD_TRY ? 1 : tries + 1;
      if (signal.aborted || !mayPass(error, part.bytes > 0) || tries >= MOST_TRIES) throw error;
      await pause(retryMs * 2 ** (tries - 1), signal);
    }
  }
}

/** Whether the next try may go better. A hub that was never reached is not waited for. */
function mayPass(error: unknown, hasBegun: boolean): boolean {
  if (!(error instanceof DomainError)) return false;
  const { code } = error;
  return (
    code === 'DOWNLOAD.CUT_SHORT' ||
    (hasBegun && code === 'DOWNLOAD.OFFLINE') ||
    code === 'DOWNLOAD.HUB_FAILED'
  );
}

/** What has arrived of a file, and its checksum so far. */
class Part {
  bytes = 0;
  /** More came than was promised: it is another file. */
  isTooLong = false;
  readonly file: ChosenFile;
  private hash: Hash;
  private readonly handle: FileHandle;
  private readonly onBytes: (bytes: number) => void;

  private constructor(handle: FileHandle, file: ChosenFile, { onBytes }: FetchOptions) {
    this.handle = handle;
    this.file = file;
    this.hash = hashOf(file);
    this.onBytes = onBytes;
  }

  static async of(
    handle: FileHandle,
    path: string,
    file: ChosenFile,
    options: FetchOptions,
  ): Promise<Part> {
    const part = new Part(handle, file, options);
    const { size } = await handle.stat();
    if (size > file.bytes) await handle.truncate(0);
    else if (size > 0) {
      part.bytes = size;
      options.onBytes(size);
      await hashFile(part.hash, path, options.signal);
    }
    return part;
  }

  /** Bytes that have not arrived. */
  get missing(): number {
    return this.file.bytes - this.bytes;
  }

  /** @throws {DomainError} DOWNLOAD.BAD_ANSWER where it does not begin at 0. */
  async startOver(from: number): Promise<void> {
    if (from !== 0) throw new DomainError('DOWNLOAD.BAD_ANSWER');
    await this.handle.truncate(0);
    this.hash = hashOf(this.file);
    this.bytes = 0;
    this.onBytes(0);
  }

  async add(piece: Uint8Array): Promise<void> {
    this.isTooLong = piece.length > this.missing;
    if (this.isTooLong) return;
    await this.handle.appendFile(piece);
    this.hash.update(piece);
    this.bytes += piece.length;
    this.onBytes(this.bytes);
  }

  isRight(): boolean {
    return !this.isTooLong && this.hash.digest('hex') === this.file.checksum.value;
  }
}

function hashOf({ checksum, bytes }: HubFile): Hash {
  if (checksum.algorithm === 'sha256') return createHash('sha256');
  // What git calls the name of a blob.
  return createHash('sha1').update(`blob ${String(bytes)}\0`);
}

async function hashFile(hash: Hash, path: string, signal: AbortSignal): Promise<void> {
  for await (const piece of createReadStream(path, { signal, highWaterMark: 256 * 1024 })) {
    hash.update(piece as Buffer);
  }
}

/** Parts of what the hub had before under the name. */
async function removeOtherParts(target: string, kept: string): Promise<void> {
  const folder = dirname(target);
  for (const name of await readdir(folder)) {
    const isOther = isPart(name) && withoutPart(name) === basename(target);
    if (isOther && join(folder, name) !== kept) await rm(join(folder, name), { force: true });
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', leave);
      resolve();
    }, ms);
    signal.addEventListener('abort', leave, { once: true });
  });
}
