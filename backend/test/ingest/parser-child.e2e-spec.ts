import { createServer } from 'node:http';
import { readdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { DocumentFailure } from '../../src/ingest/document-failure.js';
import { ChildAnswer } from '../../src/ingest/parsing/child-answer.js';
import { OWN_FOLDER, Parser } from '../../src/ingest/parsing/parser.js';
import { docxOf, wordParagraph } from './files/office-writer.js';
import { assembled, pdfOf, streamOf } from './files/pdf-writer.js';

const parser = new Parser();

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
}

const parse = (
  bytes: Buffer,
  fileName: string,
  limitMs?: number,
  signal = new AbortController().signal,
) =>
  parser.parse(
    { bytes: once(bytes), fileName, kind: 'file', charset: null },
    { signal, onProgress: () => undefined },
    limitMs,
  );

const codeOf = async (reading: Promise<unknown>): Promise<string> =>
  reading.then(
    () => 'read',
    (error: unknown) => (error as DocumentFailure).code,
  );

/** Others read on this machine at the same time. */
const left = async () => (await readdir(tmpdir())).filter((name) => name.startsWith(OWN_FOLDER));

describe(Parser.name, () => {
  afterEach(async () => {
    expect(await left()).toEqual([]);
  });

  it('should read in another process, and leave no file', async () => {
    const { passages, pages } = await parse(pdfOf([[{ text: 'Bom dia.', y: 700 }]]), 'a.pdf');
    expect({ pages, passages }).toEqual({
      pages: 1,
      passages: [{ page: 1, heading: '', text: 'Bom dia.\n\n' }],
    });
  });

  it('should end a document that takes too long, and one that nobody wants any more', async () => {
    const endless = pdfOf(Array.from({ length: 2000 }, () => [{ text: 'a', y: 700 }]));
    expect(await codeOf(parse(endless, 'a.pdf', 100))).toBe('DOCUMENT.TOO_SLOW');
    const stop = new AbortController();
    const stopped = parse(endless, 'a.pdf', undefined, stop.signal);
    stop.abort(new Error('enough'));
    await expect(stopped).rejects.toThrow('enough');
  });

  it('should refuse what says that it bursts, and what bursts though it says otherwise', async () => {
    const begin = performance.now();
    const declared = docxOf(wordParagraph('x'), { claimedSize: 1_000_000_000 });
    expect(await codeOf(parse(declared, 'a.docx'))).toBe('DOCUMENT.BOMB');
    const spent = performance.now() - begin;
    const liar = docxOf(wordParagraph('x'.repeat(30_000_000)), { claimedSize: 1000 });
    expect(await codeOf(parse(liar, 'a.docx'))).toBe('DOCUMENT.BOMB');
    // S40 grants two seconds; a machine on which all suites run at once, more.
    expect(spent).toBeLessThan(20_000);
  });

  it('should end a document that takes too much memory', async () => {
    // 1 GB of spaces, packed twice: pdf.js unpacks all of it at once.
    const bomb = assembled([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>',
      streamOf(Buffer.alloc(1_000_000_000, 0x20), 2),
    ]);
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(await codeOf(parse(bomb, 'a.pdf'))).toMatch(/TOO_LARGE_TO_READ|TOO_SLOW|NO_TEXT/);
  });

  it('should refuse ten thousand pages at once', async () => {
    const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>';
    const kids = Array.from({ length: 10_000 }, (_, n) => `${String(n + 3)} 0 R`).join(' ');
    const book = assembled([
      '<< /Type /Catalog /Pages 2 0 R >>',
      `<< /Type /Pages /Count 10000 /Kids [${kids}] >>`,
      ...Array.from({ length: 10_000 }, () => page),
    ]);
    // By its own word, which a second reading would only repeat.
    const refused = { code: 'DOCUMENT.TOO_LARGE_TO_READ', mayPass: false };
    await expect(parse(book, 'a.pdf')).rejects.toMatchObject(refused);
  });

  it('should give the child nothing of the server', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(String(request.url));
      response.end('x');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const at = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
    const html = `<!doctype html><link rel="stylesheet" href="${at}a.css"><img src="${at}b.png"><iframe src="file:///etc/passwd"></iframe><p>Só isto.</p>`;
    expect((await parse(Buffer.from(html), 'a.html')).passages[0]?.text).toBe('Só isto.\n\n');
    expect(asked).toEqual([]);
    server.close();
  });
});

describe(ChildAnswer.name, () => {
  const found = '{"type":"found","mediaType":"text/plain","pages":null}\n';
  const take = (...lines: string[]) => {
    const answer = new ChildAnswer(() => undefined);
    for (const line of lines) answer.take(Buffer.from(line));
    return answer;
  };

  it('should believe nothing that a parser of ours would not say', () => {
    const long = 'x'.repeat(1201);
    for (const line of [
      'hello',
      'null',
      '{"type":"else"}',
      '{"type":"found","mediaType":"<script>","pages":1}',
      '{"type":"found","mediaType":"a/b","pages":5001}',
      '{"type":"passages","passages":[{"page":0,"heading":"","text":"x"}]}',
      '{"type":"passages","passages":[{"page":1,"heading":"","text":""}]}',
      `{"type":"passages","passages":[{"page":1,"heading":"","text":"${long}"}]}`,
      '{"type":"refused","problem":"AUTH"}',
    ]) {
      expect(() => take(found, `${line}\n`)).toThrow();
    }
    expect(() => take('x'.repeat(1024 * 1024 + 1))).toThrow('too long');
  });

  it('should have nothing until the end was said', () => {
    const passage = '{"type":"passages","passages":[{"page":null,"heading":"","text":"x"}]}\n';
    expect(take(found, passage).parsed).toBeUndefined();
    expect(
      take(found, passage.slice(0, 20), passage.slice(20), '{"type":"end"}\n').parsed?.passages,
    ).toHaveLength(1);
  });
});
