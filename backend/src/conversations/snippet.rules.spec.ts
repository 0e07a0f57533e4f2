import { describe, expect, it } from '@jest/globals';
import { snippetOf } from './snippet.rules.js';

/** The parts of the snippet that are marked. */
const marks = (text: string, query: string) => {
  const snippet = snippetOf(text, query);
  return snippet?.hits.map(([from, to]) => snippet.text.slice(from, to));
};

describe(snippetOf.name, () => {
  it.each([
    ['O coração bate', 'coracao', ['coração']],
    ['coracao e CORAÇÃO', 'coração', ['coracao', 'CORAÇÃO']],
    ['A IA e a ilha', 'ia', ['IA']],
    ['bibliotecária', 'biblio', ['biblio']],
    ['ação', 'aç', ['aç']],
    ['verde e amarelo', 'amarelo ver', ['ver', 'amarelo']],
    ['e\u0301 decomposto', 'é', ['e\u0301']],
    ['ﬁm com ligadura', 'fim', ['ﬁm']],
  ])('should mark in %j what %j finds', (text, query, expected) => {
    expect(marks(text, query)).toEqual(expected);
  });

  it('should take only the last word as a beginning', () => {
    expect(marks('tucano verde', 'tuc verde')).toEqual(['verde']);
  });

  it.each(['', ' ', '!?', 'ausente'])('should be nothing for %j', (query) => {
    expect(snippetOf('um texto', query)).toBeNull();
  });

  it('should show a short text whole', () => {
    expect(snippetOf('um texto curto', 'texto')).toEqual({
      text: 'um texto curto',
      hits: [[3, 8]],
    });
  });

  it('should cut a long text around the first match, at a word, and say so', () => {
    const text = `${'antes '.repeat(50)}alvo ${'depois '.repeat(50)}`;
    const snippet = snippetOf(text, 'alvo');
    expect(snippet?.text).toMatch(/^…antes .*alvo depois .*…$/);
    expect(snippet?.text.length).toBeLessThanOrEqual(162);
    expect(marks(text, 'alvo')).toEqual(['alvo']);
  });

  it('should be one line', () => {
    expect(snippetOf('a\nlinha\t\r\nalvo', 'alvo')?.text).toBe('a linha   alvo');
  });

  it('should cut no character in half, wherever the border falls', () => {
    for (let shift = 0; shift < 4; shift += 1) {
      const text = `${'x'.repeat(shift)}${'🙂'.repeat(60)}alvo${'🙂'.repeat(120)}`;
      const snippet = snippetOf(text.replace('alvo', ' alvo '), 'alvo');
      expect(snippet?.text.isWellFormed()).toBe(true);
    }
  });

  it('should pass markup through as text', () => {
    expect(snippetOf('<img src=x> alvo', 'alvo')?.text).toBe('<img src=x> alvo');
  });
});
