import { describe, expect, it } from '@jest/globals';
import { declaredPages } from './declared-pages.rules.js';

/** A file of these objects by number, as far as it goes, and its table. */
function pdf(objects: Readonly<Record<number, string>>, before = '', more = ''): string {
  let body = before === '' ? '%PDF-1.4\n' : before;
  const runs: string[] = [];
  for (const [id, object] of Object.entries(objects)) {
    runs.push(`${id} 1\n${String(body.length).padStart(10, '0')} 00000 n \n`);
    body += `${id} 0 obj\n${object}\nendobj\n`;
  }
  const table = `xref\n${runs.join('')}trailer\n<< /Size 9 /Root 1 0 R ${more} >>\n`;
  return `${body}${table}startxref\n${String(body.length)}\n%%EOF\n`;
}

const CATALOG = '<< /Type /Catalog /Pages 2 0 R >>';
const pagesOf = (count: string) => `<< /Kids [3 0 R] /Type/Pages /Count ${count} >>`;
const told = (text: string) => declaredPages(Buffer.from(text, 'latin1'));

describe(declaredPages.name, () => {
  it('should tell what the root of the page tree says', () => {
    expect(told(pdf({ 1: CATALOG, 2: pagesOf('10000') }))).toBe(10_000);
  });

  it('should believe the newest of several tables, and find in older ones what it lacks', () => {
    const first = pdf({ 1: CATALOG, 2: pagesOf('10000') });
    const prev = `/Prev ${String(first.lastIndexOf('xref\n1 1'))}`;
    expect(told(pdf({ 2: pagesOf('3') }, first, prev))).toBe(3);
    expect(told(pdf({ 7: 'null' }, first, prev))).toBe(10_000);
  });

  it.each([
    ['nothing', ''],
    ['no PDF', 'hello'],
    ['a count that stands elsewhere', pdf({ 1: CATALOG, 2: pagesOf('7000 0 R') })],
    ['another object', pdf({ 1: CATALOG, 2: '<< /Type /Outlines /Count 10000 >>' })],
    ['a table that is packed', pdf({ 1: CATALOG }).replace(/\nxref/, '\n9 0 obj')],
    [
      'an object that is not where it is said to be',
      pdf({ 1: CATALOG, 2: pagesOf('9') }, 'x').replace('2 0 obj', '4 0 obj'),
    ],
    ['a table beyond the end', 'startxref\n9999999999\n%%EOF'],
    ['a table without an end', 'xref\n0 4000000000\nstartxref\n0\n%%EOF'],
  ])('should tell nothing of %s', (_what, text) => {
    expect(told(text)).toBeUndefined();
  });

  it('should not follow a circle of tables for ever', () => {
    const text = pdf({ 7: 'null' });
    const at = text.lastIndexOf('xref\n7');
    expect(told(pdf({ 7: 'null' }, '', `/Prev ${String(at)}`))).toBeUndefined();
  });
});
