import type { Company } from '../answering/neighbours.js';
import type { Language } from '../platform/language.rules.js';

/** What an administrator should know of how Prosa is set up. */
export type NoticeCode = 'SETUP.NO_REDIS' | 'SETUP.REDIS_AWAY';

const WORDS: Readonly<Record<Language, Readonly<Record<NoticeCode, string>>>> = {
  en: {
    'SETUP.NO_REDIS':
      '{processes} Prosa processes share this database without Redis. Whoever reads an answer that another process is making sees it in steps of about a second. Set the same REDIS_URL for all of them.',
    'SETUP.REDIS_AWAY':
      '{processes} Prosa processes share this database, and Redis (REDIS_URL) cannot be reached. Until it is back, whoever reads an answer that another process is making sees it in steps of about a second.',
  },
  'pt-BR': {
    'SETUP.NO_REDIS':
      '{processes} processos do Prosa dividem este banco de dados sem Redis. A resposta que outro processo está gerando aparece aos saltos, cerca de um por segundo. Defina o mesmo REDIS_URL em todos eles.',
    'SETUP.REDIS_AWAY':
      '{processes} processos do Prosa dividem este banco de dados, e não há conexão com o Redis (REDIS_URL). Até ele voltar, a resposta que outro processo está gerando aparece aos saltos, cerca de um por segundo.',
  },
};

/** What there is to say. A process that is alone needs nobody. */
export function noticesOf({ processes, redis }: Company): NoticeCode[] {
  if (processes < 2 || redis === 'there') {
    return [];
  }
  return [redis === 'none' ? 'SETUP.NO_REDIS' : 'SETUP.REDIS_AWAY'];
}

/** The notice in the reader's language. */
export const noticeWords = (code: NoticeCode, { processes }: Company, language: Language): string =>
  WORDS[language][code].replace('{processes}', String(processes));
