import { open } from 'node:fs/promises';
import { FileReader } from './file-reader.js';

/** Number of the field that holds the graph (onnx.proto, ModelProto). */
const GRAPH = 7;
const VARINT = 0;
const LENGTH_DELIMITED = 2;
/** What stands before the graph is short: versions and names. */
const MOST_FIELDS = 32;

/**
 * Whether a file is an ONNX model and whole: its graph must end within it. Reads a few bytes.
 * @param size of the file, in bytes.
 * @throws {FileEnded}, or Node's error when the file cannot be opened.
 */
export async function isWholeOnnx(path: string, size: number): Promise<boolean> {
  const file = await open(path);
  try {
    const reader = new FileReader(file);
    for (let field = 0; field < MOST_FIELDS && reader.position < size; field += 1) {
      const tag = await varint(reader);
      const value = await varint(reader);
      if (tag % 8 === VARINT) continue;
      if (tag % 8 !== LENGTH_DELIMITED) return false;
      if (Math.floor(tag / 8) === GRAPH) return reader.position + value <= size;
      reader.skip(value);
    }
    return false;
  } finally {
    await file.close();
  }
}

/** A number of protobuf's; 2^56 and more is none of ours. */
async function varint(reader: FileReader): Promise<number> {
  let value = 0;
  for (let scale = 1; scale < 2 ** 56; scale *= 128) {
    const byte = (await reader.bytes(1)).readUInt8();
    value += (byte % 128) * scale;
    if (byte < 128) return value;
  }
  return Infinity;
}
