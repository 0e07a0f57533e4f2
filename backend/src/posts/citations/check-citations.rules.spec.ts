import { checkCitations } from './check-citations.rules.js';

const LEASE = {
  n: 1,
  title: 'Contrato de locação',
  heading: 'Prazos',
  quote:
    'O locatário pode desistir no prazo de 30 (trinta) dias, com multa de R$ 1.500,00. ' +
    'A devolução das chaves encerra a obrigação de pagar o aluguel.',
};
const GUIDE = {
  n: 2,
  title: 'Remote work handbook',
  heading: null,
  quote:
    'Employees may work remotely up to three days a week. Requests are sent to the manager in ' +
    'writing at least two weeks before.',
};
const SOURCES = [LEASE, GUIDE];

const verdicts = (body: string) =>
  checkCitations(body, SOURCES).map(({ n, verdict }) => `${String(n)} ${verdict}`);

describe(checkCitations.name, () => {
  it.each([
    ['O contrato diz “no prazo de 30 (trinta) dias” [1].', ['1 quoted']],
    ['Diz o contrato: "a devolução das chaves  encerra a obrigação" [1]', ['1 quoted']],
    ['«O locatário pode desistir … com multa de R$ 1.500,00» [1]', ['1 quoted']],
    ["It says 'up to three days a week'. [2]", ['2 quoted']],
    ['Segundo [1], „O locatário pode desistir no prazo de 30 (trinta) dias“.', ['1 quoted']],
    ['> O locatário pode desistir no prazo de 30 (trinta) dias [1]', ['1 quoted']],
    ['**Contrato** [1]\n\n> A devolução das chaves encerra a obrigação', ['1 quoted']],
    ['“O locatário pode desistir. [...] A devolução das chaves” [1]', ['1 quoted']],
    ['O contrato diz “no prazo de 45 dias” [1].', ['1 misquoted']],
    ['> O locatário jamais pode desistir\n\n[1]', ['1 misquoted']],
    ['O locatário pode desistir em 30 dias [1].', ['1 supported']],
    ['O locatário pode desistir em trinta dias. [1]', ['1 supported']],
    ['A multa é de R$ 1500 [1].', ['1 supported']],
    ['- O aluguel acaba com a devolução das chaves [1]\n- Nada mais', ['1 supported']],
    ['O locatário pode desistir em 45 dias [1].', ['1 unsupported']],
    ['O fiador responde por danos ao imóvel vizinho [1].', ['1 unsupported']],
    [
      'Vale até três dias por semana de trabalho remoto, com pedido ao manager [2].',
      ['2 supported'],
    ],
    ['É assim [3].', ['3 unknown']],
  ])('should say of %j: %j', (body, expected) => {
    expect(verdicts(body)).toEqual(expected);
  });

  it('should look for no numbers in code, links, definitions and what is escaped', () => {
    const body =
      '`a[1]` ```b [1]``` [1](https://a.example) \\[1]\n\n```\nx[1]\n```\n\n[1]: https://a.example';
    expect(verdicts(body)).toEqual([]);
  });

  it('should tell where each number stands, alone or beside others', () => {
    const body = 'Desistir em 30 dias [1][2], chaves [1, 3].';
    expect(
      checkCitations(body, SOURCES).map(({ at, length, n }) => [body.slice(at, at + length), n]),
    ).toEqual([
      ['[1]', 1],
      ['[2]', 2],
      ['[1, 3]', 1],
      ['[1, 3]', 3],
    ]);
  });

  // Twice the text may take twice the time, not four times: told by work that would never end.
  it.each([
    ['“', '[1]'],
    ['"a', "('a"],
    ['„«‘', '> '],
    ['`', '``'],
    ['[1', '   '],
    ['[1] ', 'palavra '],
    ['> “a\n', '. '],
    ['a.', '!?'],
  ])('should take a long answer of %j and %j', (one, other) => {
    const body = `${one.repeat(150_000)}${other.repeat(150_000)}${(one + other).repeat(50_000)}`;
    const checks = checkCitations(body, [{ ...LEASE, quote: body.slice(0, 4000) }]);
    expect(checks.length).toBeLessThanOrEqual(20_000);
  });

  it('should compare a long quotation once with each source, however many numbers stand in it', () => {
    const numbers = `[${Array.from({ length: 20 }, (_, n) => String(n + 1)).join(',')}]`;
    const block = `> palavra outra coisa ${numbers}.\n`.repeat(90);
    const began = performance.now();
    expect(checkCitations(`${block}\ntexto\n\n`.repeat(11), SOURCES)).toHaveLength(19_800);
    const dashes = `“um dois três ${'-'.repeat(1900)}x” [1, 2]\n\n`;
    expect(checkCitations(dashes.repeat(300), SOURCES)).toHaveLength(600);
    expect(performance.now() - began).toBeLessThan(3000);
  });
});
