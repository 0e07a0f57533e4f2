import type { Company } from '../answering/neighbours.js';
import type { PolicyProblem } from '../guardrails/policy/files/problem.js';
import type { Language } from '../platform/language.rules.js';

/** What an administrator should know of how Prosa is set up. */
export type NoticeCode =
  | 'SETUP.NO_REDIS'
  | 'SETUP.REDIS_AWAY'
  | 'SETUP.OPENSEARCH_AWAY'
  | 'SETUP.OPENSEARCH_OUTDATED'
  | 'GUARDRAIL.FOLDER_BROKEN'
  | 'GUARDRAIL.POLICY_UNREADABLE'
  | 'GUARDRAIL.NO_EMBEDDINGS';

/** What there is to know. */
export interface Standing extends Company {
  /** What is wrong with OpenSearch; undefined: nothing, or it is not used. */
  readonly openSearch: 'away' | 'outdated' | undefined;
  /** What keeps the folder of rails from being in force. */
  readonly railsFolder: readonly PolicyProblem[];
  /** What keeps the policy that was published from being in force. */
  readonly policy: { readonly id: number; readonly problems: readonly PolicyProblem[] } | undefined;
  /** Whether topics are to be compared by their meaning, and no model is there for it. */
  readonly lacksEmbeddings: boolean;
}

/** Problems named in a notice; the page of the guardrails has all. */
const MOST_PROBLEMS = 3;

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
    'GUARDRAIL.FOLDER_BROKEN':
      'The files in GUARDRAILS_DIR hold mistakes and are not in force: {problems}. The last good policy stays in force.',
    'GUARDRAIL.POLICY_UNREADABLE':
      'Version {id} of the guardrails was published, but this version of Prosa cannot read it: {problems}. The last one that it can read stays in force.',
    'GUARDRAIL.NO_EMBEDDINGS':
      'The guardrails are to compare topics by their meaning (topic-embeddings), and no EMBEDDING_MODEL is set: topics are told by their words only.',
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
    'GUARDRAIL.FOLDER_BROKEN':
      'Os arquivos em GUARDRAILS_DIR têm erros e não estão valendo: {problems}. Continua valendo a última política boa.',
    'GUARDRAIL.POLICY_UNREADABLE':
      'A versão {id} dos guardrails foi publicada, mas esta versão do Prosa não consegue lê-la: {problems}. Continua valendo a última que consegue.',
    'GUARDRAIL.NO_EMBEDDINGS':
      'Os guardrails devem comparar assuntos pelo significado (topic-embeddings), mas EMBEDDING_MODEL não foi definido: os assuntos são reconhecidos só pelas palavras.',
  },
};

/** What there is to say. A process that is alone needs no Redis. */
export function noticesOf(standing: Standing): NoticeCode[] {
  const { processes, redis, openSearch, railsFolder, policy, lacksEmbeddings } = standing;
  const notices: NoticeCode[] = [];
  if (processes > 1 && redis !== 'there') {
    notices.push(redis === 'none' ? 'SETUP.NO_REDIS' : 'SETUP.REDIS_AWAY');
  }
  if (openSearch) {
    notices.push(openSearch === 'away' ? 'SETUP.OPENSEARCH_AWAY' : 'SETUP.OPENSEARCH_OUTDATED');
  }
  if (railsFolder.length > 0) notices.push('GUARDRAIL.FOLDER_BROKEN');
  if (policy) notices.push('GUARDRAIL.POLICY_UNREADABLE');
  if (lacksEmbeddings) notices.push('GUARDRAIL.NO_EMBEDDINGS');
  return notices;
}

/** The notice in the reader's language. */
export function noticeWords(
  code: NoticeCode,
  { processes, railsFolder, policy }: Pick<Standing, 'processes' | 'railsFolder' | 'policy'>,
  language: Language,
): string {
  const problems = code === 'GUARDRAIL.FOLDER_BROKEN' ? railsFolder : (policy?.problems ?? []);
  const values: Readonly<Record<string, string>> = {
    processes: String(processes),
    id: String(policy?.id),
    problems: problemWords(problems, language),
  };
  return WORDS[language][code].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '…');
}

/** The first few, each with its place. */
function problemWords(problems: readonly PolicyProblem[], language: Language): string {
  const told = problems
    .slice(0, MOST_PROBLEMS)
    .map(({ file, line, message }) => `${file}:${String(line)} ${message[language]}`);
  return [...told, ...(problems.length > MOST_PROBLEMS ? ['…'] : [])].join('; ');
}
