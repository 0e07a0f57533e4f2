type Value =
  | { readonly type: 'u32' | 'f32'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'strings'; readonly value: readonly string[] }
  | { readonly type: 'f32s' | 'i32s'; readonly value: readonly number[] };

export interface Tensor {
  readonly name: string;
  /** Innermost first, as llama.cpp counts. */
  readonly dimensions: readonly number[];
  readonly data: Float32Array;
}

const TYPES = { u32: 4, i32: 5, f32: 6, bool: 7, string: 8, array: 9 };
const ALIGNMENT = 32;

/** A GGUF file, version 3, all weights in 32 bits. */
export function ggufFile(
  facts: Readonly<Record<string, Value>>,
  tensors: readonly Tensor[],
): Buffer {
  const entries = Object.entries(facts);
  const head = [Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(entries.length)];
  const values = entries.map(([key, value]) => Buffer.concat([text(key), encoded(value)]));
  let offset = 0;
  const infos = tensors.map(({ name, dimensions, data }) => {
    const info = [text(name), u32(dimensions.length), ...dimensions.map(u64), u32(0), u64(offset)];
    offset += aligned(data.byteLength);
    return Buffer.concat(info);
  });
  const weights = tensors.map(({ data }) => padded(Buffer.from(data.buffer)));
  return Buffer.concat([padded(Buffer.concat([...head, ...values, ...infos])), ...weights]);
}

function encoded(fact: Value): Buffer {
  switch (fact.type) {
    case 'u32':
      return Buffer.concat([u32(TYPES.u32), u32(fact.value)]);
    case 'f32':
      return Buffer.concat([u32(TYPES.f32), f32(fact.value)]);
    case 'bool':
      return Buffer.concat([u32(TYPES.bool), Buffer.from([fact.value ? 1 : 0])]);
    case 'string':
      return Buffer.concat([u32(TYPES.string), text(fact.value)]);
    case 'strings':
      return list(TYPES.string, fact.value.map(text));
    case 'f32s':
      return list(TYPES.f32, fact.value.map(f32));
    case 'i32s':
      return list(TYPES.i32, fact.value.map(u32));
  }
}

const list = (type: number, items: readonly Buffer[]): Buffer =>
  Buffer.concat([u32(TYPES.array), u32(type), u64(items.length), ...items]);

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function f32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([u64(bytes.length), bytes]);
}

const aligned = (length: number): number => Math.ceil(length / ALIGNMENT) * ALIGNMENT;
const padded = (bytes: Buffer): Buffer =>
  Buffer.concat([bytes, Buffer.alloc(aligned(bytes.length) - bytes.length)]);
