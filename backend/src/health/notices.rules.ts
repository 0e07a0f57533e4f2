import type { Company } from '../answering/neighbours.js';
import type { Language } from '../platform/language.rules.js';

/** What an administrator should know of how Prosa is set up. */
export type NoticeCode =
  'SETUP.NO_REDIS' | 'SETUP.REDIS_AWAY' | 'SETUP.OPENSEARCH_AWAY' | 'SETUP.OPENSEARCH_OUTDATED';

/** What there is to know. */
export interface Standing extends Company {
  /** What is wrong with OpenSearch; undefined: nothing, or it is not used. */
  readonly openSearch: 'away' | 'outdated' | undefined;
}

const WORDS: Readonly<Record<Language, Readonly<Record<NoticeCode, string>>>> = {
  en: {
    'SETUP.NO_REDIS':
      '{processes} Prosa processes share this database without Redis. Whoever reads an answer that another process is making sees it in steps of about a second. Set the same REDIS_URL for all of them.',
    'SETUP.REDIS_AWAY':
      '{processes} Prosa processes share this database, and Redis (REDIS_URL) cannot be reached. Until it is back, whoever reads an answer that another process is making sees it in steps of about a second.',
    'SETUP.OPENSEARCH_AWAY':
      'OpenSearch (OPENSEARCH_URL) cannot be reached. Documents are searched in the database until it is back. Then run `npm run knowledge -- reindex`, so that it also holds what was added meanwhile.',
    'SETUP.OPENSEARCH_OUTDATED':
      'The index in OpenSearch was made by another version of Prosa or for another embedding model. Run `npm run knowledge -- reindex`; searching goes on meanwhile.',
  },
  'pt-BR': {
    'SETUP.NO_REDIS':
      '{processes} processos do Prosa dividem este banco de dados sem Redis. A resposta que outro processo está gerando aparece aos saltos, cerca de um por segundo. Defina o mesmo REDIS_URL em todos eles.',
    'SETUP.REDIS_AWAY':
      '{processes} processos do Prosa dividem este banco de dados, e não há conexão com o Redis (REDIS_URL). Até ele voltar, a resposta que outro processo está gerando aparece aos saltos, cerca de um por segundo.',
    'SETUP.OPENSEARCH_AWAY':
      'Não há conexão com o OpenSearch (OPENSEARCH_URL). Até ele voltar, a busca nos documentos usa o banco de dados. Depois, rode `npm run knowledge -- reindex`, para que ele tenha também o que foi incluído nesse meio-tempo.',
    'SETUP.OPENSEARCH_OUTDATED':
      'O índice no OpenSearch foi feito por outra versão do Prosa ou para outro modelo de embeddings. Rode `npm run knowledge -- reindex`; a busca continua enquanto isso.',
  },
};

/** What there is to say. A process that is alone needs no Redis. */
export function noticesOf({ processes, redis, openSearch }: Standing): NoticeCode[] {
  const notices: NoticeCode[] = [];
  if (processes > 1 && redis !== 'there') {
    notices.push(redis === 'none' ? 'SETUP.NO_REDIS' : 'SETUP.REDIS_AWAY');
  }
  if (openSearch) {
    notices.push(openSearch === 'away' ? 'SETUP.OPENSEARCH_AWAY' : 'SETUP.OPENSEARCH_OUTDATED');
  }
  return notices;
}

/** The notice in the reader's language. */
export const noticeWords = (
  code: NoticeCode,
  { processes }: Pick<Standing, 'processes'>,
  language: Language,
): string => WORDS[language][code].replace('{processes}', String(processes));
