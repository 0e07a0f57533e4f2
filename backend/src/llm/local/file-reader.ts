import type { FileHandle } from 'node:fs/promises';

/** Read at once, in bytes: skipping through so much takes 1 or 2 ms. */
const PART_BYTES = 256 * 1024;

/** The file ended before what it promises. */
export class FileEnded extends Error {
  override readonly name = 'FileEnded';
}

/** Reads a file from its beginning, little-endian, a part at a time: it may be of many gigabytes. */
export class FileReader {
  private part: Buffer = Buffer.alloc(0);
  private from = 0;
  private at = 0;

  constructor(private readonly file: FileHandle) {}

  /** Bytes read or skipped so far. */
  get position(): number {
    return this.from + this.at;
  }

  /** @throws {FileEnded} */
  async bytes(count: number): Promise<Buffer> {
    if (this.at + count > this.part.length) await this.load(count);
    const bytes = this.part.subarray(this.at, this.at + count);
    this.at += count;
    return bytes;
  }

  async u32(): Promise<number> {
    return (await this.bytes(4)).readUInt32LE();
  }

  /** A count or an offset: what is beyond 2^53 cannot be of a file. */
  async u64(): Promise<number> {
    return Number((await this.bytes(8)).readBigUInt64LE());
  }

  skip(count: number): void {
    this.at += count;
  }

  private async load(count: number): Promise<void> {
    this.from = this.position;
    const part = Buffer.alloc(Math.max(count, PART_BYTES));
    const { bytesRead } = await this.file.read(part, 0, part.length, this.from);
    this.part = part.subarray(0, bytesRead);
    this.at = 0;
    if (bytesRead < count) throw new FileEnded('the file ends too early');
  }
}
