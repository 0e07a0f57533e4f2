import { describe, expect, it } from '@jest/globals';
import { harmlessFileName, titleOf } from './file-name.rules.js';

describe(harmlessFileName.name, () => {
  it.each([
    ['relatório anual.pdf', 'relatório anual.pdf'],
    ['年度报告.docx', '年度报告.docx'],
    ['cafe\u0301.txt', 'café.txt'],
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['C:\\Users\\ana\\notas.md', 'notas.md'],
    ['/', 'file'],
    ['', 'file'],
    ['..', 'file'],
    ['.', 'file'],
    ['.htaccess', 'htaccess'],
    ['a\0b.pdf', 'ab.pdf'],
    ['linha\r\nSet-Cookie: x.txt', 'linha Set-Cookie_ x.txt'],
    ['fatura\u202Efdp.exe', 'faturafdp.exe'],
    ['zero\u200Blargura.md', 'zerolargura.md'],
    ['metade\uD800.txt', 'metade\uFFFD.txt'],
    ['a<b>"c"|d?*.csv', 'a_b__c__d__.csv'],
    ['espaços   e\ttab .txt', 'espaços e tab.txt'],
    ['fim. . .', 'fim'],
  ])('should make of %j: %j', (given, expected) => {
    expect(harmlessFileName(given)).toBe(expected);
  });

  it('should shorten a name of ten thousand characters and keep its type', () => {
    const name = harmlessFileName(`${'á'.repeat(10_000)}.pdf`);
    expect(name).toBe(`${'á'.repeat(146)}.pdf`);
  });

  it('should cut no character in half', () => {
    const name = harmlessFileName(`${'🙂'.repeat(10_000)}.md`);
    expect(name).toBe(`${'🙂'.repeat(147)}.md`);
    expect(name.length).toBeLessThanOrEqual(255 * 2);
  });

  it('should take nothing for a type that is longer than one', () => {
    expect(harmlessFileName(`a.${'x'.repeat(10_000)}`)).toHaveLength(150);
  });
});

describe(titleOf.name, () => {
  it.each([
    ['Plano de férias 2026.pdf', 'Plano de férias 2026'],
    ['arquivo.tar.gz', 'arquivo.tar'],
    ['LEIAME', 'LEIAME'],
    ['.pdf', '.pdf'],
    ['v1.2 de tudo', 'v1.2 de tudo'],
  ])('should call %j %j', (fileName, title) => {
    expect(titleOf(fileName)).toBe(title);
  });
});
