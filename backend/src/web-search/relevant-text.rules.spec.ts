import { describe, expect, it } from '@jest/globals';
import { candidatesOf } from './candidates.rules.js';
import { relevantText } from './relevant-text.rules.js';

const PAGE = `# Cidade

A cidade fica no sul, perto do mar, e foi fundada por açorianos.

## Transporte

Os ônibus passam a cada dez minutos nos dias úteis.

A passagem custa R$ 5,90 desde março de 2026.

## Cultura

O festival de cinema acontece em agosto.`;

describe(relevantText.name, () => {
  it('should keep what speaks of the question, under its heading, in the order of the page', () => {
    expect(relevantText(PAGE, 'quanto custa a passagem de ônibus', 'pt-BR', 1500)).toBe(
      '## Transporte\n\nOs ônibus passam a cada dez minutos nos dias úteis.\n\nA passagem custa R$ 5,90 desde março de 2026.',
    );
    expect(relevantText(PAGE, 'festivais de cinema', 'pt-BR', 1500)).toBe(
      '## Cultura\n\nO festival de cinema acontece em agosto.',
    );
  });

  it('should keep nothing where nothing speaks of it', () => {
    expect(relevantText(PAGE, 'fotossíntese', 'pt-BR', 1500)).toBe('');
    expect(relevantText('', 'cinema', 'pt-BR', 1500)).toBe('');
    expect(relevantText(PAGE, 'o que é isso', 'pt-BR', 1500)).toBe('');
  });

  it('should stay within the length, and cut what is long at sentences', () => {
    const long = `${'Nada a ver com o resto. '.repeat(60)}O dólar fechou a R$ 5,10. ${'Mais nada. '.repeat(60)}`;
    const text = relevantText(long, 'dólar', 'pt-BR', 600);
    expect(text).toContain('O dólar fechou a R$ 5,10.');
    expect(text.length).toBeLessThanOrEqual(600);
    expect(relevantText('dólar'.repeat(1000), 'dólar', 'pt-BR', 600).length).toBeLessThanOrEqual(
      600,
    );
  });

  it('should stem as the language does', () => {
    expect(relevantText('The buses stopped running.', 'bus stops', 'en', 600)).not.toBe('');
  });
});

describe(candidatesOf.name, () => {
  it('should take each page once and few of each site', () => {
    const result = (url: string) => ({ url, title: '', snippet: '', publishedAt: null });
    const urls = [
      ...['https://www.a.test/x?utm=1', 'https://a.test/x/', 'https://a.test/y'],
      ...['https://m.a.test/z', 'https://b.test/x', 'https://c.test/', 'https://d.test/'],
    ];
    expect(candidatesOf(urls.map(result), 4).map(({ url }) => url)).toEqual([
      ...['https://www.a.test/x?utm=1', 'https://a.test/y', 'https://b.test/x', 'https://c.test/'],
    ]);
  });
});
