import { piecesOf, quotesAnswer } from './quotes-answer.rules.js';
import { QUOTES_FRAMING } from './quotes-framing.js';

const words = QUOTES_FRAMING.en;
const passage = (n: number, title: string, text: string) => ({
  ...{ n, title, text, kind: 'documentation' as const, page: null, host: null },
});

describe(quotesAnswer.name, () => {
  it('should quote the best passage with its code, then name the others', () => {
    const answer = quotesAnswer(
      'Porta?',
      [
        passage(1, 'Guide › Port', 'Start:\n\n```sh\nPORT=1 npm start\n```'),
        passage(2, 'Host', 'x'),
      ],
      words,
    );
    expect(
      answer.startsWith('**Guide › Port** [1]\n\n> Start:\n>\n> ```sh\n> PORT=1 npm start\n> ```'),
    ).toBe(true);
    expect(answer).toContain('See also:\n\n- Host [2]');
  });

  it('should say once, at the end, that no model is connected and how to connect one', () => {
    for (const passages of [[], [passage(1, 'A', 'b')]]) {
      const answer = quotesAnswer('A?', passages, words);
      expect(answer.split('I answer without a language model')).toHaveLength(2);
      expect(
        answer
          .split('\n')
          .slice(-3)
          .every((line) => line.startsWith('- ')),
      ).toBe(true);
      expect(answer).toContain('OPENAI_API_KEY=');
      expect(answer).toContain('ollama pull');
      expect(answer).toContain('AWS_REGION=');
    }
  });

  it('should say that it found nothing and what it can answer', () => {
    expect(quotesAnswer('?', [], QUOTES_FRAMING['pt-BR'])).toMatch(
      /^Não encontrei nada[^]*- Como conecto o Ollama\?/,
    );
  });

  it('should keep a hostile passage inside its quotation and its title literal', () => {
    const answer = quotesAnswer(
      'Porta?',
      [passage(1, 'a](javascript:x) <b>\n# *', '```\nnot closed\n\n# heading')],
      words,
    );
    const [title, , ...rest] = answer.split('\n');
    expect(title).toBe('**a\\](javascript:x) \\<b\\> \\# \\*** [1]');
    expect(rest.slice(0, 4)).toEqual(['> ```', '> not closed', '>', '> # heading']);
  });
});

describe('quotes of documents and pages', () => {
  const contract = {
    ...passage(
      1,
      'Contrato',
      'O aluguel vence no dia 5. O locatário pode [desistir](x) em 30 dias, sem multa.',
    ),
    kind: 'document' as const,
  };
  const page = { ...passage(2, 'Clima', 'Amanhã chove em Belém.'), kind: 'web' as const };

  it('should quote the sentence that answers, word for word, and no more', () => {
    const answer = quotesAnswer(
      'Em quantos dias o locatário pode desistir?',
      [contract, page],
      words,
    );
    expect(answer).toContain('- “O locatário pode \\[desistir\\](x) em 30 dias, sem multa.” [1]\n');
    expect(answer).not.toContain('vence no dia 5');
    expect(answer).not.toContain('[2]');
  });

  it('should say that the sources do not support an answer, and cite none of them', () => {
    const answer = quotesAnswer(
      'Qual o telefone do zelador do prédio vizinho?',
      [contract, page],
      words,
    );
    expect(answer).toContain(words.notSupported);
    expect(answer).not.toMatch(/\[\d\]/);
    expect(answer).toContain('I answer without a language model');
  });
});

describe(piecesOf.name, () => {
  it('should cut after lines and sentences and lose nothing', () => {
    const answer = 'One. Two\n\n- three: four\n';
    expect(piecesOf(answer)).toEqual(['One. ', 'Two\n', '\n', '- three: ', 'four\n']);
    expect(piecesOf(answer).join('')).toBe(answer);
  });
});
