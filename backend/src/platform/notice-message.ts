import type { Language } from './language.rules.js';

/** What readers are told of an answer that goes well all the same. */
export type NoticeCode = 'MODEL.FALLBACK' | 'MODEL.REFITTED';

const NOTICES: Readonly<Record<Language, Readonly<Record<NoticeCode, string>>>> = {
  en: {
    'MODEL.FALLBACK': 'The model {from} did not answer. {model} answers in its place.',
    'MODEL.REFITTED':
      'The conversation was longer than {model} takes; it was asked again with fewer earlier messages.',
  },
  'pt-BR': {
    'MODEL.FALLBACK': 'O modelo {from} não respondeu. Quem responde é {model}.',
    'MODEL.REFITTED':
      'A conversa era maior do que {model} aceita; ele foi chamado de novo com menos mensagens anteriores.',
  },
};

/** The notice in the reader's language, with its details filled in. */
export function noticeMessage(
  code: NoticeCode,
  language: Language,
  details: Readonly<Record<'model' | 'from', string>>,
): string {
  return NOTICES[language][code].replace(/\{(model|from)\}/g, (_, name: 'model' | 'from') =>
    shownName(details[name]),
  );
}

/** A model as people know it: without the provider before the slash. */
const shownName = (id: string) => id.slice(id.indexOf('/') + 1);
