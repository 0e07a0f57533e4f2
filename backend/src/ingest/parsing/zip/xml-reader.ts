import { StringDecoder } from 'node:string_decoder';
import { SaxesParser } from 'saxes';
import { ParseRefusal } from '../protocol.js';

/** Elements in each other; a real document has some thirty. */
const DEEPEST = 300;

/** What an element is called, without its prefix, and its attributes as they stand there. */
export interface XmlTag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a reader of XML is told. It may wait in between: nothing more is read meanwhile. */
export interface XmlListener {
  open?(tag: XmlTag): void;
  close?(name: string): void;
  text?(text: string): void;
  /** After each piece that was read, for what takes its time. */
  pause?(): Promise<void>;
}

/**
 * Reads XML as it comes, and nothing beyond it: a document with a type (DTD), with which entities
 * could be made, is refused.
 * @throws {ParseRefusal} DAMAGED.
 */
export async function readXml(parts: AsyncIterable<Buffer>, listener: XmlListener): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let depth = 0;
  const refuse = (why: string): never => {
    throw new ParseRefusal('DAMAGED', { cause: new Error(why) });
  };
  parser.on('error', (error) => refuse(error.message));
  parser.on('doctype', () => refuse('a document type'));
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    if (depth > DEEPEST) refuse('too deep');
    listener.open?.({ name: local(name), attributes });
  });
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    listener.close?.(local(name));
  });
  parser.on('text', (text) => listener.text?.(text));
  parser.on('cdata', (text) => listener.text?.(text));
  let decoder: StringDecoder | undefined;
  for await (const part of parts) {
    decoder ??= new StringDecoder(isUtf16(part) ? 'utf16le' : 'utf8');
    parser.write(decoder.write(part));
    await listener.pause?.();
  }
  parser.close();
  await listener.pause?.();
}

const isUtf16 = (bytes: Buffer): boolean => bytes[0] === 0xff && bytes[1] === 0xfe;

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** An attribute by its name, with whatever prefix. */
export function attributeOf({ attributes }: XmlTag, name: string): string | undefined {
  const plain = attributes[name];
  if (plain !== undefined) return plain;
  const key = Object.keys(attributes).find((other) => local(other) === name);
  return key === undefined ? undefined : attributes[key];
}

/** What an element refers to in the relations of its part (`r:id`). */
export function relationOf({ attributes }: XmlTag): string | undefined {
  const key = Object.keys(attributes).find((name) => name.endsWith(':id'));
  return key === undefined ? undefined : attributes[key];
}
