import { open } from 'node:fs/promises';
import { FileReader } from './file-reader.js';

/** What the beginning of a GGUF file says of its model. */
export interface GgufHeader {
  readonly architecture: string;
  /** Tokens the model was trained for, where it says. */
  readonly contextLength: number | undefined;
  /** Bytes the whole file must have at least. */
  readonly size: number;
}

/** It is no GGUF file, or one that this version cannot read. */
export class NotGguf extends Error {
  override readonly name = 'NotGguf';
}

/** `GGUF` */
const MAGIC = 0x46554747;
const OLDEST_VERSION = 2;
const NEWEST_VERSION = 3;
const STRING = 8;
const ARRAY = 9;
/** Bytes of a value, by the number of its type (llama.cpp, gguf.h). */
const VALUE_BYTES: Readonly<Record<number, number>> = {
  ...{ 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 },
};
/** Values and bytes of a block, by the number of the tensor's type (llama.cpp, ggml.h). */
const BLOCKS: Readonly<Record<number, readonly [number, number]>> = {
  ...{ 0: [1, 4], 1: [1, 2], 2: [32, 18], 3: [32, 20], 6: [32, 22], 7: [32, 24], 8: [32, 34] },
  ...{ 10: [256, 84], 11: [256, 110], 12: [256, 144], 13: [256, 176], 14: [256, 210] },
  30: [1, 2],
};
/** More entries, tensors or letters than any model has: the file is garbage. */
const MOST_ENTRIES = 100_000;
const LONGEST_KEY = 65_536;
const DEFAULT_ALIGNMENT = 32;

/**
 * Reads the header of a GGUF file; of the weights nothing.
 * @throws {NotGguf} {FileEnded}, or Node's error when the file cannot be opened.
 */
export async function readGgufHeader(path: string): Promise<GgufHeader> {
  const file = await open(path);
  try {
    const reader = new FileReader(file);
    if ((await reader.u32()) !== MAGIC) throw new NotGguf('no GGUF file');
    const version = await reader.u32();
    if (version < OLDEST_VERSION || version > NEWEST_VERSION) {
      throw new NotGguf(`version ${String(version)}`);
    }
    const tensors = atMost(MOST_ENTRIES, await reader.u64());
    const facts = await readFacts(reader, atMost(MOST_ENTRIES, await reader.u64()));
    const architecture = facts.get('general.architecture');
    const context = facts.get(`${String(architecture)}.context_length`);
    const alignment = facts.get('general.alignment');
    const dataBytes = await readTensors(reader, tensors);
    const start = aligned(
      reader.position,
      typeof alignment === 'number' ? alignment : DEFAULT_ALIGNMENT,
    );
    return {
      architecture: typeof architecture === 'string' ? architecture : 'unknown',
      contextLength: typeof context === 'number' ? context : undefined,
      size: start + dataBytes,
    };
  } finally {
    await file.close();
  }
}

/** The entries that are one text or one number. */
async function readFacts(
  reader: FileReader,
  count: number,
): Promise<ReadonlyMap<string, string | number>> {
  const facts = new Map<string, string | number>();
  for (let entry = 0; entry < count; entry += 1) {
    const key = await readString(reader);
    const type = await reader.u32();
    if (type === ARRAY) await skipArray(reader);
    else if (type === STRING) facts.set(key, await readString(reader, Infinity));
    else {
      const bytes = await reader.bytes(bytesOf(type));
      if (bytes.length >= 4) facts.set(key, bytes.readUInt32LE());
    }
  }
  return facts;
}

/** @returns the bytes that the tensors take, from the first. */
async function readTensors(reader: FileReader, count: number): Promise<number> {
  let end = 0;
  for (let tensor = 0; tensor < count; tensor += 1) {
    await readString(reader);
    const dimensions = atMost(8, await reader.u32());
    let values = 1;
    for (let at = 0; at < dimensions; at += 1) values *= await reader.u64();
    const [inBlock, blockBytes] = BLOCKS[await reader.u32()] ?? [1, 0];
    end = Math.max(end, (await reader.u64()) + (values / inBlock) * blockBytes);
  }
  return end;
}

async function readString(reader: FileReader, longest = LONGEST_KEY): Promise<string> {
  const length = atMost(longest, await reader.u64());
  if (length <= LONGEST_KEY) return (await reader.bytes(length)).toString('utf8');
  reader.skip(length);
  return '';
}

async function skipArray(reader: FileReader): Promise<void> {
  const type = await reader.u32();
  const count = await reader.u64();
  if (type !== STRING) {
    reader.skip(count * bytesOf(type));
    return;
  }
  for (let item = 0; item < count; item += 1) reader.skip(await reader.u64());
}

function bytesOf(type: number): number {
  const bytes = VALUE_BYTES[type];
  if (bytes === undefined) throw new NotGguf(`a value of type ${String(type)}`);
  return bytes;
}

function atMost(limit: number, count: number): number {
  if (count > limit) throw new NotGguf(`${String(count)} of something`);
  return count;
}

const aligned = (position: number, alignment: number): number =>
  Math.ceil(position / alignment) * alignment;
