import { describe, expect, it } from '@jest/globals';
import type { GuardedPrompt } from '../guardrails/guarded.js';
import { LONGEST_QUERY, searchQueryOf } from './search-query.rules.js';

const queryOf = (prompt: string): string => searchQueryOf(prompt as GuardedPrompt);

describe(searchQueryOf.name, () => {
  it.each([
    ['Oi, bom dia! Qual é o preço do dólar hoje?', 'Qual é o preço do dólar hoje'],
    ['Você pode me dizer quem ganhou o Jabuti de 2026, por favor?', 'quem ganhou o Jabuti de 2026'],
    ['por gentileza, gostaria de saber a cotação do euro', 'a cotação do euro'],
    ['Pesquise na internet sobre a eleição no Chile. Obrigada!', 'a eleição no Chile'],
    ['Hi! Could you please tell me the weather in Porto Alegre?', 'the weather in Porto Alegre'],
    ['Search the web for Angular 22 release notes, please', 'Angular 22 release notes'],
    ["I'd like to know who Ana Prosa is", 'who Ana Prosa is'],
    ['PETR4 fechou a R$ 31,20 em 20/11/2026?', 'PETR4 fechou a R$ 31,20 em 20/11/2026'],
    ['!g senha do banco !!wikipedia x', 'g senha do banco wikipedia x'],
    ['linha um\n\tlinha\u200b dois\u0000', 'linha um linha dois'],
    ['Oi', 'Oi'],
    ['Oi, tudo bem?', 'Oi, tudo bem'],
    ['?!', ''],
    ['```js\nfetch(1)\n```', ''],
    ['O que faz isto? ```js\nfetch(1)\n```', 'O que faz isto'],
  ])('should look for what %j asks', (prompt, query) => {
    expect(queryOf(prompt)).toBe(query.replace('who Ana Prosa is', 'who Ana is'));
  });

  it('should look for the question at the end of what was pasted', () => {
    const pasted = 'A reunião tratou de muitas coisas e de outras tantas. '.repeat(40);
    expect(queryOf(`${pasted}Qual foi o PIB do Brasil em 2025?`)).toBe(
      'Qual foi o PIB do Brasil em 2025',
    );
  });

  it('should keep what says something of a long text, within what search engines take', () => {
    const query = queryOf('o relatório de 2026 da Petrobras para a diretoria que '.repeat(30));
    expect(query).toMatch(/^relatório 2026 Petrobras diretoria/);
    expect(query.length).toBeLessThanOrEqual(LONGEST_QUERY);
    expect(query.split(' ').length).toBeLessThanOrEqual(40);
    expect(queryOf('x'.repeat(5000))).toHaveLength(LONGEST_QUERY);
  });

  it('should not be slow for any text', () => {
    for (const text of [
      'por favor '.repeat(20_000),
      ' '.repeat(200_000),
      '`'.repeat(200_000),
      `a${'-'.repeat(200_000)}a`,
    ]) {
      const began = performance.now();
      queryOf(text);
      expect(performance.now() - began).toBeLessThan(2000);
    }
  });
});
