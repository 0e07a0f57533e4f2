import { afterEach, describe, expect, it } from '@jest/globals';
import { PageReader, UnreadablePage } from './page-reader.js';

const PAGE = '<html><title>Uma página</title><body><p>Olá</p></body></html>';
/** Takes a minute to read: more elements than any page has. */
const ENDLESS = `<html><body>${'<p>a<b>'.repeat(280_000)}</body></html>`;

describe(PageReader.name, () => {
  let reader: PageReader | undefined;
  const aReader = (limitMs?: number): PageReader => (reader = new PageReader(limitMs));

  afterEach(() => reader?.onApplicationShutdown());

  it('should read pages on its thread, in the order in which they came', async () => {
    const read = aReader(30_000);
    const pages = ['a', 'b', 'c'].map((host) => read.read(PAGE, `https://${host}.example/`));
    expect((await Promise.all(pages)).map(({ host, title, text }) => [host, title, text])).toEqual([
      ['a.example', 'Uma página', 'Olá'],
      ['b.example', 'Uma página', 'Olá'],
      ['c.example', 'Uma página', 'Olá'],
    ]);
    const picking = { each: 'p', parts: { self: 'p' }, signs: {} };
    expect((await read.pick(PAGE, picking)).items).toHaveLength(1);
  });

  it('should give up a page that takes too long, and read the next', async () => {
    const read = aReader(2000);
    await expect(read.read(ENDLESS, 'https://a.example/')).rejects.toThrow(UnreadablePage);
    // On a busy machine the new thread may be as late.
    const next = () => read.read(PAGE, 'https://b.example/').catch(() => undefined);
    let page = await next();
    while (!page) page = await next();
    expect(page.text).toBe('Olá');
  });

  it('should not read for somebody who has left', async () => {
    const read = aReader(30_000);
    const left = new AbortController();
    const first = read.read(PAGE, 'https://a.example/');
    const second = read.read(PAGE, 'https://b.example/', left.signal);
    left.abort(new Error('left'));
    await expect(second).rejects.toThrow('left');
    await expect(first).resolves.toMatchObject({ text: 'Olá' });
    await expect(read.read(PAGE, 'https://c.example/', left.signal)).rejects.toThrow('left');
  });
});
