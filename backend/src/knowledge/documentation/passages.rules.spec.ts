import { anchorOf, PASSAGE_LENGTH, passagesOf } from './passages.rules.js';

const split = (markdown: string) => passagesOf('docs/en/x.md', 'en', markdown);

describe(anchorOf.name, () => {
  it.each([
    ['How do I connect Ollama?', 'how-do-i-connect-ollama'],
    ['O que é o código (SETUP_TOKEN)?', 'o-que-é-o-código-setup_token'],
  ])('should name %j like GitHub does', (heading, anchor) => {
    expect(anchorOf(heading)).toBe(anchor);
  });
});

describe(passagesOf.name, () => {
  it('should make a passage of each section and keep its path of headings', () => {
    const passages = split(
      '# Guide\n\nIntro.\n\n## Ask `x`?\n\nText.\n\n### Deep\n\nMore.\n\n## Next\n\nEnd.\n',
    );
    expect(passages.map(({ title, text }) => [title, text])).toEqual([
      ['Guide', 'Intro.'],
      ['Guide › Ask x?', 'Text.'],
      ['Guide › Ask x? › Deep', 'More.'],
      ['Guide › Next', 'End.'],
    ]);
    expect(passages[1]).toEqual({
      document: 'docs/en/x.md',
      language: 'en',
      documentTitle: 'Guide',
      heading: 'Ask x?',
      anchor: 'ask-x',
      asked: '',
      title: 'Guide › Ask x?',
      text: 'Text.',
    });
  });

  it.each([`"bring it's back, undelete"`, `'bring back, undelete'`])(
    'should read other wordings from an invisible line (%s) and not show them',
    (wordings) => {
      const [passage] = split(`# G\n\n## A\n\n[asked]: # ${wordings}\n\nText.\n`);
      expect(passage?.asked).toBe(wordings.slice(1, -1));
      expect(passage?.text).toBe('Text.');
    },
  );

  it('should not take a comment in code for a heading', () => {
    const passages = split('# G\n\n## A\n\n```sh\n# not a heading\n\nrun\n```\n');
    expect(passages.map(({ text }) => text)).toEqual(['```sh\n# not a heading\n\nrun\n```']);
  });

  it('should cut a long section between blocks, each within the length', () => {
    const paragraph = `${'word '.repeat(100).trim()}.`;
    const passages = split(`# G\n\n## A\n\n${[1, 2, 3, 4].map(() => paragraph).join('\n\n')}\n`);
    expect(passages).toHaveLength(2);
    for (const { text, heading } of passages) {
      expect(text.length).toBeLessThanOrEqual(PASSAGE_LENGTH);
      expect(heading).toBe('A');
    }
  });

  it('should never cut a block of code', () => {
    const code = `\`\`\`\n${'x = 1\n\n'.repeat(400)}\`\`\``;
    expect(split(`# G\n\n## A\n\nBefore.\n\n${code}\n\nAfter.`).map(({ text }) => text)).toEqual([
      'Before.',
      code,
      'After.',
    ]);
  });

  it('should repeat the header of a table it has to cut', () => {
    const row = `| NAME | ${'y'.repeat(200)} |`;
    const table = ['| a | b |', '| --- | --- |', ...Array<string>(12).fill(row)].join('\n');
    const passages = split(`# G\n\n${table}`);
    expect(passages.length).toBeGreaterThan(1);
    for (const { text } of passages) {
      expect(text.startsWith('| a | b |\n| --- | --- |\n| NAME')).toBe(true);
      expect(text.length).toBeLessThanOrEqual(PASSAGE_LENGTH);
    }
  });

  it('should cut a long paragraph after a sentence, and a long list between its items', () => {
    const sentence = `${'a'.repeat(99)}.`;
    const long = split(`# G\n\n${Array<string>(20).fill(sentence).join(' ')}`);
    expect(long.every(({ text }) => text.endsWith('.') && text.length <= PASSAGE_LENGTH)).toBe(
      true,
    );
    const items = split(`# G\n\n${Array<string>(20).fill(`- ${sentence}`).join('\n')}`);
    expect(items.every(({ text }) => text.startsWith('- ') && text.endsWith('.'))).toBe(true);
  });

  it('should make nothing of an empty document', () => {
    expect(split('')).toEqual([]);
  });
});
