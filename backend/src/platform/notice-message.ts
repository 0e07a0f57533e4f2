import type { Language } from './language.rules.js';

/** What readers are told of an answer that goes well all the same. */
export type Notice =
  /** `model` answers now in place of `from`. */
  | {
      readonly code: 'MODEL.FALLBACK' | 'MODEL.REFITTED';
      readonly model: string;
      readonly from: string;
    }
  /** The answer stands on less than it was to. */
  | { readonly code: 'WEB.UNREACHABLE' | 'WEB.LIMITED' | 'WEB.OFF' | 'KNOWLEDGE.UNREACHABLE' };

export type NoticeCode = Notice['code'];

const NOTICES: Readonly<Record<Language, Readonly<Record<NoticeCode, string>>>> = {
  en: {
    'MODEL.FALLBACK': 'The model {from} did not answer. {model} answers in its place.',
    'MODEL.REFITTED':
      'The conversation was longer than {model} takes; it was asked again with fewer earlier messages.',
    'WEB.UNREACHABLE': 'The web could not be reached. This answer stands without it.',
    'WEB.LIMITED':
      'You have searched the web as often as a day allows. This answer stands without it.',
    'WEB.OFF': 'Searching the web is switched off here. This answer stands without it.',
    'KNOWLEDGE.UNREACHABLE':
      'The documents could not be searched. This answer stands without them.',
  },
  'pt-BR': {
    'MODEL.FALLBACK': 'O modelo {from} não respondeu. Quem responde é {model}.',
    'MODEL.REFITTED':
      'A conversa era maior do que {model} aceita; ele foi chamado de novo com menos mensagens anteriores.',
    'WEB.UNREACHABLE': 'Não foi possível acessar a web. Esta resposta foi feita sem ela.',
    'WEB.LIMITED':
      'Você já pesquisou na web tanto quanto um dia permite. Esta resposta foi feita sem ela.',
    'WEB.OFF': 'A pesquisa na web está desligada aqui. Esta resposta foi feita sem ela.',
    'KNOWLEDGE.UNREACHABLE':
      'Não foi possível pesquisar nos documentos. Esta resposta foi feita sem eles.',
  },
};

/** The notice in the reader's language, with its details filled in. */
export function noticeMessage(notice: Notice, language: Language): string {
  const words = NOTICES[language][notice.code];
  return 'model' in notice
    ? words.replace(/\{(model|from)\}/g, (_, name: 'model' | 'from') => shownName(notice[name]))
    : words;
}

/** A model as people know it: without the provider before the slash. */
const shownName = (id: string) => id.slice(id.indexOf('/') + 1);
