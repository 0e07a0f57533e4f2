import type { Language } from '../platform/language.rules.js';
import { wordOf } from './expand-command.rules.js';

/** The commands that Prosa brings. */
export const COMMAND_KEYS = ['summarize', 'translate', 'formal', 'table', 'code'] as const;
export type CommandKey = (typeof COMMAND_KEYS)[number];

/** A built-in command in one language. */
export interface Wording {
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

/** What a built-in command works on where nothing stands after its name. */
export const PREVIOUS_ANSWER: Readonly<Record<Language, string>> = {
  'pt-BR': 'a sua última resposta nesta conversa, por inteiro',
  en: 'your last answer in this conversation, all of it',
};

/** Each shapes what a model puts out; each has one variable, which holds what it is to work on. */
export const BUILT_IN: Readonly<Record<CommandKey, Readonly<Record<Language, Wording>>>> = {
  summarize: {
    'pt-BR': {
      name: 'resumir',
      title: 'Resumir em tópicos',
      text: `Resuma o texto abaixo em no máximo cinco tópicos, do mais importante ao menos importante, com uma frase curta em cada um. Guarde números, nomes, datas e decisões; não acrescente nada que não esteja nele. Escreva no idioma do texto. Responda só com os tópicos, sem introdução nem comentário.

Texto: {{texto}}`,
    },
    en: {
      name: 'summarize',
      title: 'Summarize in points',
      text: `Summarize the text below in at most five points, from the most to the least important, one short sentence each. Keep numbers, names, dates and decisions; add nothing that is not in it. Write in the language of the text. Reply with the points alone, without introduction or comment.

Text: {{text}}`,
    },
  },
  translate: {
    'pt-BR': {
      name: 'traduzir',
      title: 'Traduzir para outro idioma',
      text: `Traduza o que está abaixo. Se o começo disser o idioma (por exemplo "para espanhol"), traduza para ele; senão, traduza do português para o inglês, e de qualquer outro idioma para o português do Brasil. Se só o idioma estiver dito, traduza a sua última resposta nesta conversa. Mantenha o sentido, o tom, a formatação, os nomes próprios e os blocos de código. Responda só com a tradução, sem introdução nem comentário.

Texto: {{texto}}`,
    },
    en: {
      name: 'translate',
      title: 'Translate into another language',
      text: `Translate what is below. If its beginning names a language (for example "into Spanish"), translate into that one; otherwise translate English into Brazilian Portuguese, and any other language into English. If only a language is named, translate your last answer in this conversation. Keep the meaning, the tone, the formatting, proper names and blocks of code. Reply with the translation alone, without introduction or comment.

Text: {{text}}`,
    },
  },
  formal: {
    'pt-BR': {
      name: 'formal',
      title: 'Reescrever em tom formal',
      text: `Reescreva o texto abaixo em linguagem formal e cordial, pronta para ser enviada no trabalho: sem gírias nem abreviações, com frases completas e diretas. Corrija gramática e ortografia, mantenha todas as informações e não invente nenhuma. Escreva no idioma do texto. Responda só com o texto reescrito, sem introdução nem comentário.

Texto: {{texto}}`,
    },
    en: {
      name: 'formal',
      title: 'Rewrite in a formal tone',
      text: `Rewrite the text below in formal, courteous language, ready to be sent at work: no slang, no abbreviations, complete and direct sentences. Correct grammar and spelling, keep all of the information and invent none. Write in the language of the text. Reply with the rewritten text alone, without introduction or comment.

Text: {{text}}`,
    },
  },
  table: {
    'pt-BR': {
      name: 'tabela',
      title: 'Responder com uma tabela',
      text: `Responda ao pedido abaixo somente com uma tabela em Markdown. A primeira linha tem os títulos das colunas; cada linha seguinte, um item; cada célula, poucas palavras. Alinhe números à direita e diga as unidades no título da coluna. Deixe com "–" o que não souber. Se o pedido for um texto, organize em colunas o que ele diz. Não escreva nada antes nem depois da tabela.

Pedido: {{pedido}}`,
    },
    en: {
      name: 'table',
      title: 'Answer with a table',
      text: `Answer the request below with one Markdown table and nothing else. The first row has the titles of the columns; each row after it one item; each cell a few words. Align numbers to the right and name units in the title of the column. Put "–" where you do not know. If the request is a text, arrange what it says in columns. Write nothing before or after the table.

Request: {{request}}`,
    },
  },
  code: {
    'pt-BR': {
      name: 'codigo',
      title: 'Responder só com código',
      text: `Responda ao pedido abaixo somente com código, completo e pronto para executar, em um único bloco de Markdown que diga a linguagem. Use a linguagem do pedido; se ele não disser nenhuma, a mais usual para isso. Trate erros e casos-limite; comente só o que não for evidente. Não escreva nada antes nem depois do bloco.

Pedido: {{pedido}}`,
    },
    en: {
      name: 'code',
      title: 'Answer with code alone',
      text: `Answer the request below with code alone, complete and ready to run, in one Markdown block that names the language. Use the language of the request; if it names none, the most usual one for that. Handle errors and edge cases; comment only what is not obvious. Write nothing before or after the block.

Request: {{request}}`,
    },
  },
};

const LANGUAGES = ['pt-BR', 'en'] as const satisfies readonly Language[];

/**
 * The built-in command of that name, in the language of the name.
 * @param language the caller's, for a name that is the same in several.
 */
export function builtInCalled(
  word: string,
  language: Language,
): { readonly key: CommandKey; readonly language: Language } | null {
  for (const spoken of [language, ...LANGUAGES]) {
    const key = COMMAND_KEYS.find((some) => wordOf(BUILT_IN[some][spoken].name) === word);
    if (key) return { key, language: spoken };
  }
  return null;
}

/** The names of a built-in command in other languages than this one. */
export function aliasesOf(key: CommandKey, language: Language): string[] {
  const own = BUILT_IN[key][language].name;
  return LANGUAGES.map((other) => BUILT_IN[key][other].name).filter((name) => name !== own);
}
