import { MORE_THAN_LINEAR, timesCostlier } from '../../../test/harness/growth.js';
import { DocumentationIndex } from './documentation-index.js';
import { passagesOf } from './passages.rules.js';

const PORTUGUESE = `# Guia

## Como conecto o Bedrock?

Defina a região da AWS.

## Como apago uma conversa?

Pelo menu dela, **Excluir**.

## Esqueci a minha senha

Peça a um administrador.
`;
const ENGLISH = `# Guide

## How do I connect Bedrock?

Set the region of AWS.

## How do I delete a conversation?

From its menu, **Delete**.

## I forgot my password

Ask an administrator.

## How do I write a systemd unit?

Use the example.
`;

const documentation = new DocumentationIndex([
  ...passagesOf('docs/pt-BR/guide.md', 'pt-BR', PORTUGUESE),
  ...passagesOf('docs/en/guide.md', 'en', ENGLISH),
]);

const first = (question: string, locale = 'pt-BR') =>
  documentation.search(question, { locale, limit: 3 })[0]?.heading;

describe(DocumentationIndex.name, () => {
  it.each([
    ['como conecto o bedrock', 'Como conecto o Bedrock?'],
    ['conexão com o bedrok', 'Como conecto o Bedrock?'],
    ['deletar chat', 'Como apago uma conversa?'],
    ['perdi minha senha!!', 'Esqueci a minha senha'],
    ['how do I hook up Bedrock', 'How do I connect Bedrock?'],
    ['removing conversations', 'How do I delete a conversation?'],
  ])('should answer %j with %j', (question, heading) => {
    expect(first(question)).toBe(heading);
  });

  it('should answer in the language of the question, else of the asker', () => {
    expect(first('bedrock', 'en')).toBe('How do I connect Bedrock?');
    expect(first('bedrock', 'pt-BR')).toBe('Como conecto o Bedrock?');
    expect(first('how do I connect bedrock', 'pt-BR')).toBe('How do I connect Bedrock?');
  });

  it('should look in the other language when the own one has nothing', () => {
    expect(first('systemd', 'pt-BR')).toBe('How do I write a systemd unit?');
  });

  it.each([
    ['Qual é a capital da França?'],
    ['What is the capital of France?'],
    ['qual a senha do wifi do aeroporto?'],
    ['write a poem about the region of Tuscany'],
    [''],
    ['???'],
    ['o que é isso'],
  ])('should find nothing for %j', (question) => {
    expect(documentation.search(question, { locale: 'pt-BR', limit: 3 })).toEqual([]);
  });

  it('should return at most as many passages as asked for', () => {
    expect(documentation.search('bedrock e senha', { locale: 'pt-BR', limit: 1 })).toHaveLength(1);
  });

  it('should take a question of any length', () => {
    const costlier = timesCostlier((size) => {
      const found = documentation.search('zwölf '.repeat(size), { locale: 'en', limit: 3 });
      expect(found).toEqual([]);
    }, 2500);
    expect(costlier).toBeLessThan(MORE_THAN_LINEAR);
  });

  it('should find nothing without documentation', () => {
    expect(new DocumentationIndex([]).search('bedrock', { locale: 'en', limit: 3 })).toEqual([]);
  });
});
