import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { FetchFailure } from './fetch-failure.js';

const DECOMPRESSORS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * The whole body of an answer, decompressed. It is cut as soon as it is longer than `maxBytes`, so
 * that a small answer that unpacks to gigabytes costs no memory.
 * @throws {FetchFailure} `size`, `unreachable` for a body that breaks off or cannot be unpacked.
 */
export async function readBody(
  answer: IncomingMessage,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Buffer> {
  if (Number(answer.headers['content-length'] ?? 0) > maxBytes) {
    answer.destroy();
    throw new FetchFailure('size', `more than ${String(maxBytes)} bytes`);
  }
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of plain(answer)) {
      const bytes = part as Buffer;
      length += bytes.length;
      if (length > maxBytes) {
        throw new FetchFailure('size', `more than ${String(maxBytes)} bytes`);
      }
      parts.push(bytes);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof FetchFailure
      ? error
      : new FetchFailure('unreachable', 'the content broke off', { cause: error });
  } finally {
    answer.destroy();
  }
  return Buffer.concat(parts);
}

function plain(answer: IncomingMessage): Readable {
  const encoding = (answer.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const decompressor = DECOMPRESSORS[encoding];
  if (decompressor) {
    // Its errors reach the reader through the last of the two.
    return pipeline(answer, decompressor(), () => undefined);
  }
  if (encoding === 'identity' || encoding === '') {
    return answer;
  }
  throw new FetchFailure('unreachable', 'packed in a way nobody asked for');
}
