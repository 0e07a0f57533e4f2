import { createInflateRaw } from 'node:zlib';
import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { ParseRefusal } from '../protocol.js';

/**
 * Bounds of an Office file, unpacked (S40). The largest part of a real one is a sheet of a hundred
 * megabytes; pictures and films are counted as they are declared, and are not read.
 */
const MOST = {
  entries: 10_000,
  /** Of a part that is read, in bytes. */
  part: 128 * 1024 * 1024,
  /** Of all together, in bytes. */
  whole: 1024 * 1024 * 1024,
  /** Of all that is read, in bytes. */
  read: 256 * 1024 * 1024,
};

/** How often a part that packs well may be its packed size, before it counts as made to burst. */
const MOST_RATIO = 1000;
const RATIO_FROM_BYTES = 10 * 1024 * 1024;

const SYMLINK = 0o120000;
const FILE_TYPE = 0o170000;

/** A zip archive of which parts are read, judged by what it declares and then by what comes out. */
export class PackageZip {
  private read = 0;
  private readonly zip: yauzl.ZipFile;
  private readonly entries: ReadonlyMap<string, yauzl.Entry>;

  private constructor(zip: yauzl.ZipFile, entries: ReadonlyMap<string, yauzl.Entry>) {
    this.zip = zip;
    this.entries = entries;
  }

  /** Opens an archive and judges its directory. @throws {ParseRefusal} BOMB, DAMAGED, ENCRYPTED. */
  static async open(path: string): Promise<PackageZip> {
    const zip = await opened(path);
    if (zip.entryCount > MOST.entries) throw new ParseRefusal('BOMB');
    const entries = new Map<string, yauzl.Entry>();
    let whole = 0;
    for await (const entry of entriesOf(zip)) {
      judge(entry);
      whole += entry.uncompressedSize;
      if (whole > MOST.whole || entries.size >= MOST.entries) throw new ParseRefusal('BOMB');
      entries.set(entry.fileName, entry);
    }
    return new PackageZip(zip, entries);
  }

  /** The names of its parts. */
  get names(): readonly string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** How large a part says it is, in bytes. */
  sizeOf(name: string): number {
    return this.entries.get(name)?.uncompressedSize ?? 0;
  }

  /** Unpacks a part. @throws {ParseRefusal} DAMAGED where it is not there, BOMB where it bursts. */
  async *unpack(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name);
    if (!entry) throw new ParseRefusal('DAMAGED');
    if (entry.uncompressedSize > MOST.part) throw new ParseRefusal('BOMB');
    let bytes = 0;
    try {
      for await (const part of await this.streamOf(entry)) {
        bytes += (part as Buffer).length;
        this.read += (part as Buffer).length;
        if (bytes > entry.uncompressedSize || this.read > MOST.read) throw new ParseRefusal('BOMB');
        yield part as Buffer;
      }
    } catch (cause) {
      throw cause instanceof ParseRefusal ? cause : new ParseRefusal('DAMAGED', { cause });
    }
  }

  /** Packed as it is, so that what comes out is counted here, before anybody believes it. */
  private streamOf(entry: yauzl.Entry): Promise<Readable> {
    const { promise, resolve, reject } = Promise.withResolvers<Readable>();
    this.zip.openReadStream(entry, { decodeFileData: false }, (error, packed) => {
      if (error) reject(error);
      else if (entry.compressionMethod === 0) resolve(packed);
      else {
        const inflate = createInflateRaw();
        packed.on('error', (failure) => inflate.destroy(failure));
        resolve(packed.pipe(inflate));
      }
    });
    return promise;
  }
}

function judge(entry: yauzl.Entry): void {
  if (entry.isEncrypted()) throw new ParseRefusal('ENCRYPTED');
  if (!entry.canDecodeFileData()) throw new ParseRefusal('DAMAGED');
  const fileType = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
  if (fileType === SYMLINK) throw new ParseRefusal('DAMAGED');
  const { uncompressedSize: size, compressedSize: packed } = entry;
  if (size > RATIO_FROM_BYTES && size > packed * MOST_RATIO) throw new ParseRefusal('BOMB');
}

function opened(path: string): Promise<yauzl.ZipFile> {
  const { promise, resolve, reject } = Promise.withResolvers<yauzl.ZipFile>();
  yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, zip) => {
    if (error) reject(new ParseRefusal('DAMAGED', { cause: error }));
    else resolve(zip);
  });
  return promise;
}

async function* entriesOf(zip: yauzl.ZipFile): AsyncGenerator<yauzl.Entry> {
  const next = (): Promise<yauzl.Entry | undefined> => {
    const { promise, resolve, reject } = Promise.withResolvers<yauzl.Entry | undefined>();
    zip.once('entry', resolve);
    zip.once('end', () => {
      resolve(undefined);
    });
    zip.once('error', reject);
    zip.readEntry();
    return promise.finally(() => zip.removeAllListeners());
  };
  try {
    for (let entry = await next(); entry; entry = await next()) yield entry;
  } catch (cause) {
    throw cause instanceof ParseRefusal ? cause : new ParseRefusal('DAMAGED', { cause });
  }
}
