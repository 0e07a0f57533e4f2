/** Number types of ONNX (onnx.proto, TensorProto.DataType). */
export const FLOAT = 1;
export const INT64 = 7;
export const BOOL = 9;

type Dimensions = readonly (number | string)[];
type Attribute = number | readonly number[];

/** Enough of ONNX, written by hand, for the models of the tests: IR 8, operators 17. */
export class OnnxGraph {
  private readonly nodes: Buffer[] = [];
  private readonly weights: Buffer[] = [];
  private readonly inputs: Buffer[] = [];
  private readonly outputs: Buffer[] = [];
  private named = 0;

  input(name: string, type: number, dimensions: Dimensions): string {
    this.inputs.push(valueInfo(name, type, dimensions));
    return name;
  }

  output(name: string, type: number, dimensions: Dimensions): void {
    this.outputs.push(valueInfo(name, type, dimensions));
  }

  floats(dimensions: readonly number[], data: Float32Array): string {
    return this.weight(FLOAT, dimensions, data);
  }

  integers(...values: readonly number[]): string {
    return this.weight(INT64, [values.length], BigInt64Array.from(values.map(BigInt)));
  }

  /** An operation. @returns the name of what comes out. */
  node(
    type: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    output = this.name(),
  ): string {
    this.nodes.push(
      Buffer.concat([
        ...inputs.map((input) => bytes(1, input)),
        bytes(2, output),
        bytes(3, this.name()),
        bytes(4, type),
        ...Object.entries(attributes).map(([name, value]) => bytes(5, attribute(name, value))),
      ]),
    );
    return output;
  }

  /** The file. */
  model(): Buffer {
    const graph = Buffer.concat([
      ...this.nodes.map((node) => bytes(1, node)),
      bytes(2, 'graph'),
      ...this.weights.map((weight) => bytes(5, weight)),
      ...this.inputs.map((input) => bytes(11, input)),
      ...this.outputs.map((output) => bytes(12, output)),
    ]);
    return Buffer.concat([
      integer(1, 8),
      bytes(2, 'prosa'),
      bytes(7, graph),
      bytes(8, integer(2, 17)),
    ]);
  }

  private weight(
    type: number,
    dimensions: readonly number[],
    data: Float32Array | BigInt64Array,
  ): string {
    const name = this.name();
    const raw = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    this.weights.push(
      Buffer.concat([
        ...dimensions.map((size) => integer(1, size)),
        integer(2, type),
        bytes(8, name),
        bytes(9, raw),
      ]),
    );
    return name;
  }

  private name(): string {
    this.named += 1;
    return `t${String(this.named)}`;
  }
}

function valueInfo(name: string, type: number, dimensions: Dimensions): Buffer {
  const sizes = dimensions.map((size) =>
    bytes(1, typeof size === 'number' ? integer(1, size) : bytes(2, size)),
  );
  const tensor = Buffer.concat([integer(1, type), bytes(2, Buffer.concat(sizes))]);
  return Buffer.concat([bytes(1, name), bytes(2, bytes(1, tensor))]);
}

function attribute(name: string, value: Attribute): Buffer {
  return typeof value === 'number'
    ? Buffer.concat([bytes(1, name), integer(3, value), integer(20, 2)])
    : Buffer.concat([bytes(1, name), ...value.map((item) => integer(8, item)), integer(20, 7)]);
}

function varint(value: number): Buffer {
  const parts: number[] = [];
  for (let left = BigInt.asUintN(64, BigInt(value)); ; left >>= 7n) {
    if (left < 128n) return Buffer.from([...parts, Number(left)]);
    parts.push(Number(left & 127n) | 128);
  }
}

function bytes(field: number, content: Buffer | string): Buffer {
  const body = Buffer.from(content);
  return Buffer.concat([varint(field * 8 + 2), varint(body.length), body]);
}

const integer = (field: number, value: number): Buffer =>
  Buffer.concat([varint(field * 8), varint(value)]);
