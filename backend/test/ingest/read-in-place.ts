import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Passage } from '../../src/ingest/chunking/passages.rules.js';
import { ChildAnswer } from '../../src/ingest/parsing/child-answer.js';
import { Out } from '../../src/ingest/parsing/out.js';
import { parseDocument } from '../../src/ingest/parsing/parse-document.js';
import type { ParseOrder } from '../../src/ingest/parsing/protocol.js';

export interface ReadInPlace {
  readonly mediaType: string;
  readonly pages: number | null;
  readonly title: string | null;
  readonly passages: readonly Passage[];
  /** All passages joined. */
  readonly text: string;
}

/**
 * Reads a document as the child does, in this process: what it writes is taken as the server takes it.
 * @throws {ParseRefusal}
 */
export async function readInPlace(
  bytes: Buffer | string,
  fileName: string,
  order: Partial<ParseOrder> = {},
): Promise<ReadInPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'prosa-read-'));
  try {
    const path = join(folder, 'document');
    await writeFile(path, bytes);
    const answer = new ChildAnswer(() => undefined);
    const out = new Out((line) => {
      answer.take(Buffer.from(line));
      return Promise.resolve();
    });
    await parseDocument({ path, fileName, kind: 'file', charset: null, ...order }, out);
    await out.end();
    await out.say({ type: 'end' });
    const { parsed } = answer;
    if (!parsed) throw new Error('it did not come to its end');
    return { ...parsed, text: parsed.passages.map(({ text }) => text).join('') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
