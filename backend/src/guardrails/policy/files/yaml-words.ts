import type { Said } from './problem.js';

/** What is wrong with a text that is no YAML, by the parser's code, for who does not read English. */
const PORTUGUESE: Readonly<Record<string, string>> = {
  ALIAS_PROPS: 'uma referência (*nome) não pode ter marca nem âncora',
  BAD_ALIAS: 'referência (*nome) a algo que não existe',
  BAD_COLLECTION_TYPE: 'lista ou mapa de um tipo que não serve aqui',
  BAD_DIRECTIVE: 'diretiva (%…) inválida',
  BAD_DQ_ESCAPE: 'sequência \\… inválida entre aspas duplas; em padrões, use aspas simples',
  BAD_INDENT: 'recuo errado, ou falta fechar um [ ou {',
  BAD_PROP_ORDER: 'âncora ou marca fora do lugar',
  BAD_SCALAR_START: 'um texto não pode começar com este caractere sem aspas',
  BLOCK_AS_IMPLICIT_KEY: 'um bloco não pode ser nome de chave; veja o recuo e os dois-pontos',
  BLOCK_IN_FLOW: 'um bloco não pode estar dentro de [ ] ou { }',
  DUPLICATE_KEY: 'esta chave já apareceu acima',
  MISSING_CHAR: 'falta um caractere: aspas, colchete, chave, vírgula ou dois-pontos',
  MULTILINE_IMPLICIT_KEY: 'o nome de uma chave precisa caber em uma linha; talvez faltem aspas',
  MULTIPLE_ANCHORS: 'mais de uma âncora no mesmo lugar',
  MULTIPLE_DOCS: 'o arquivo só pode ter um documento: tire a linha ---',
  MULTIPLE_TAGS: 'mais de uma marca no mesmo lugar',
  NON_STRING_KEY: 'o nome de uma chave precisa ser um texto',
  RESOURCE_EXHAUSTION: 'o arquivo tem níveis ou referências demais',
  TAB_AS_INDENT: 'tabulação no recuo: use espaços',
  TAG_RESOLVE_FAILED: 'marca (!…) desconhecida',
  UNEXPECTED_TOKEN: 'algo inesperado aqui',
};

/** What the parser of YAML says, in each language. */
export function yamlWords(code: string, message: string): Said {
  const english = message.replace(/\s+/g, ' ').trim();
  const portuguese = PORTUGUESE[code];
  return { en: english, 'pt-BR': portuguese ?? english };
}
