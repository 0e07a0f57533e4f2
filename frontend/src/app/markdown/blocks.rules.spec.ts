import { advance, advanceTowards, isReached, NO_BLOCKS, type BlockState } from './blocks.rules';

const ANSWER = `# Título

Um parágrafo com **negrito** e [link][1].

- item um
- item dois
  continuação

\`\`\`ts
const a = 1;

const b = 2;
\`\`\`

| a | b |
|---|---|
| 1 | 2 |

1. primeiro

   dentro do primeiro
2. segundo

Fim.

[1]: https://exemplo.com
`;

const DEFINED_FIRST = `[1]: https://exemplo.com\n\n${ANSWER}`;

function stream(text: string, step: number): BlockState {
  let state = NO_BLOCKS;
  for (let length = step; length < text.length; length += step) {
    state = advance(state, text.slice(0, length), false);
  }
  return advance(state, text, true);
}

const contentOf = ({ blocks }: BlockState): readonly string[] =>
  blocks.map((block) => (block.kind === 'code' ? block.code : block.untrusted));

describe(advance.name, () => {
  it.each([1, 2, 3, 7, 40])('should end the same in pieces of %i as at once', (step) => {
    expect(contentOf(stream(DEFINED_FIRST, step))).toEqual(
      contentOf(advance(NO_BLOCKS, DEFINED_FIRST, true)),
    );
  });

  it('should never render a final block again', () => {
    const before = advance(NO_BLOCKS, 'Um.\n\nDois.\n\nTrês', false);
    const after = advance(before, 'Um.\n\nDois.\n\nTrês e mais', false);
    expect(after.blocks[0]).toBe(before.blocks[0]);
    expect(after.blocks[1]).toBe(before.blocks[1]);
    expect(after.blocks[2]).not.toBe(before.blocks[2]);
  });

  it('should keep an unclosed fence open as code', () => {
    const { blocks } = advance(NO_BLOCKS, 'Veja:\n\n```python\nprint(1)\n\nprint(2)', false);
    expect(blocks[1]).toMatchObject({ kind: 'code', language: 'python', final: false });
    expect(blocks[1]).toHaveProperty('code', 'print(1)\n\nprint(2)');
  });

  it('should start from nothing when the text is replaced', () => {
    const before = advance(NO_BLOCKS, 'Segredo.\n\nMais segredo.\n\nE', false);
    const after = advance(before, 'Texto retirado.', true);
    expect(contentOf(after)).toEqual(['<p>Texto retirado.</p>\n']);
  });

  it('should mark everything final when the answer is done', () => {
    expect(stream(ANSWER, 5).blocks.every((block) => block.final)).toBe(true);
  });

  it('should show nothing for empty text', () => {
    expect(advance(NO_BLOCKS, '', false).blocks).toEqual([]);
    expect(advance(NO_BLOCKS, '\n\n', true).blocks).toEqual([]);
  });
});

describe(advanceTowards.name, () => {
  const paragraph = `${'palavra '.repeat(20).trim()}.`;
  const text = [paragraph, paragraph, paragraph, paragraph].join('\n\n');

  it('should end where a block ends, so that none is made twice', () => {
    const part = advanceTowards(NO_BLOCKS, text, true, paragraph.length * 2.5);
    expect(part.source).toBe(`${paragraph}\n\n${paragraph}\n\n`);
  });

  it('should go on within a block that is longer than what may be made', () => {
    const part = advanceTowards(NO_BLOCKS, text, true, 30);
    expect(part.source).toBe(text.slice(0, 30));
  });

  it.each([1, 17, 200, 100_000])('should end the same in steps of %i as at once', (step) => {
    let state = NO_BLOCKS;
    while (!isReached(state, DEFINED_FIRST, true)) {
      const { length } = state.source;
      state = advanceTowards(state, DEFINED_FIRST, true, step);
      if (!state.done) expect(state.source.length).toBeGreaterThan(length);
    }
    expect(contentOf(state)).toEqual(contentOf(advance(NO_BLOCKS, DEFINED_FIRST, true)));
  });
});
