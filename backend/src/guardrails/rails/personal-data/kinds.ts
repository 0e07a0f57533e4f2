import { isCnh, isCnpj, isCpf, isPis, isVoterCard } from './check-digits.rules.js';
import { CARD_WITHOUT_CONTEXT, isCard, mayBeCard } from './card-issuers.rules.js';

/** The kinds of personal data that can be told from their form; also the names of their rules. */
export const PERSONAL_DATA_KINDS = [
  'cpf',
  'cnpj',
  'card',
  'email',
  'iban',
  'ip',
  'phone',
  'cep',
  'rg',
  'cnh',
  'pix',
  'voter-card',
  'pis',
] as const;
export type PersonalDataKind = (typeof PERSONAL_DATA_KINDS)[number];

/** What stands in the place of each, in `[CPF_1]`. */
export const PLACEHOLDERS: Readonly<Record<PersonalDataKind, string>> = {
  cpf: 'CPF',
  cnpj: 'CNPJ',
  card: 'CARD',
  email: 'EMAIL',
  iban: 'IBAN',
  ip: 'IP',
  phone: 'PHONE',
  cep: 'CEP',
  rg: 'RG',
  cnh: 'CNH',
  pix: 'PIX',
  'voter-card': 'TITULO',
  pis: 'PIS',
};

/** Words, in Portuguese, English and Spanish, that say what the number behind them is. */
export const CONTEXT_WORDS: Readonly<
  Record<PersonalDataKind | 'other' | 'version', readonly string[]>
> = {
  cpf: ['cpf', 'cpfs'],
  cnpj: ['cnpj', 'cnpjs', 'cgc'],
  card: [
    'card',
    'cards',
    'cartão',
    'cartões',
    'tarjeta',
    'cc',
    'visa',
    'mastercard',
    'amex',
    'elo',
  ],
  email: [
    ...['email', 'emails', 'mail', 'mails', 'correio', 'correo', 'endereço', 'address', 'contato'],
    ...['contact', 'escreva', 'write', 'reach'],
  ],
  iban: [],
  ip: ['ip', 'ips', 'ipv', 'servidor', 'server', 'host'],
  phone: [
    'telefone',
    'telefones',
    'tel',
    'fone',
    'fones',
    'celular',
    'celulares',
    'cel',
    'móvel',
    'fixo',
    'whatsapp',
    'whats',
    'wpp',
    'zap',
    'zapzap',
    'telegram',
    'contato',
    'ligue',
    'liga',
    'ligar',
    'ligação',
    'ligou',
    'ligo',
    'recado',
    'sms',
    'fax',
    'ramal',
    'phone',
    'telephone',
    'mobile',
    'cell',
    'cellphone',
    'call',
    'calling',
    'called',
    'dial',
    'text',
    'answering',
    'message',
    'messages',
    'desk',
    'teléfono',
    'móvil',
    'llama',
    'llamar',
    'llámame',
    'telefon',
    'handy',
  ],
  cep: ['cep', 'ceps'],
  rg: ['rg', 'identidade'],
  cnh: ['cnh', 'habilitação', 'motorista'],
  pix: ['pix'],
  'voter-card': ['título', 'eleitor', 'eleitoral'],
  pis: ['pis', 'pasep', 'nit', 'nis'],
  version: [
    'versão',
    'versões',
    'version',
    'versions',
    'release',
    'build',
    'firmware',
    'driver',
    'seção',
    'section',
    'item',
    'artigo',
    'capítulo',
    'cláusula',
    'v',
  ],
  other: [
    'pedido',
    'pedidos',
    'protocolo',
    'protocolos',
    'processo',
    'processos',
    'ordem',
    'order',
    'orders',
    'invoice',
    'fatura',
    'nota',
    'nf',
    'nfe',
    'boleto',
    'boletos',
    'rastreio',
    'rastreamento',
    'tracking',
    'código',
    'códigos',
    'code',
    'matrícula',
    'contrato',
    'apólice',
    'série',
    'serial',
    'lote',
    'sku',
    'ean',
    'gtin',
    'barras',
    'barcode',
    'isbn',
    'issn',
    'imei',
    'ticket',
    'chamado',
    'referência',
    'reference',
    'ref',
    'sinistro',
    'orçamento',
    'conta',
    'agência',
    'account',
    'renavam',
    'nsu',
    'autenticação',
    'transação',
    'transaction',
    'patrimônio',
    'inscrição',
    'registro',
    'remessa',
    'encomenda',
    'produto',
    'product',
    'peça',
    'linha',
    'digitável',
    'chave',
    'danfe',
    'guia',
    'case',
    'id',
    'empenho',
    'edital',
    'licitação',
  ],
};

/** What a number written in a certain way may be. */
export interface NumberKind {
  readonly kind: PersonalDataKind;
  /** Whether a word of context has to stand in front of it. */
  readonly needsContext: boolean;
  readonly isOne: (digits: readonly number[]) => boolean;
}

const anyDigits = (digits: readonly number[]): boolean => new Set(digits).size > 1;

const CPF: NumberKind = { kind: 'cpf', needsContext: false, isOne: isCpf };
const CNPJ: NumberKind = { kind: 'cnpj', needsContext: false, isOne: isCnpj };
const CARD: NumberKind = {
  kind: 'card',
  needsContext: false,
  isOne: (digits) => digits.length >= CARD_WITHOUT_CONTEXT && isCard(digits),
};
/** Behind a word that speaks of a card, one of an issuer that is not listed, too. */
const NAMED_CARD: NumberKind = { kind: 'card', needsContext: true, isOne: mayBeCard };
const CEP: NumberKind = { kind: 'cep', needsContext: true, isOne: anyDigits };
const RG: NumberKind = { kind: 'rg', needsContext: true, isOne: anyDigits };
const CNH: NumberKind = { kind: 'cnh', needsContext: true, isOne: isCnh };
const PIS: NumberKind = { kind: 'pis', needsContext: true, isOne: isPis };
const VOTER: NumberKind = { kind: 'voter-card', needsContext: true, isOne: isVoterCard };

/**
 * Lengths of groups of digits and the signs between them, and what they may be. A form with its own
 * punctuation stands for itself; of bare digits, a word that names another number has the say.
 */
export const NUMBER_FORMS: readonly (readonly [form: string, kinds: readonly NumberKind[]])[] = [
  ...[
    '3.3.3-2',
    '3.3.3.2',
    '3.3.3/2',
    '3.3.3 2',
    '3 3 3 2',
    '3 3 3-2',
    '3-3-3-2',
    '9-2',
    '9/2',
  ].map((form) => [form, [CPF]] as const),
  ['11', [CPF, CNH, PIS]],
  ...[
    '2.3.3/4-2',
    '2.3.3/4.2',
    '2.3.3/4 2',
    '2.3.3 4-2',
    '2 3 3 4 2',
    '2 3 3/4-2',
    '8/4-2',
    '12-2',
  ].map((form) => [form, [CNPJ]] as const),
  ['14', [CNPJ, CARD, NAMED_CARD]],
  ...['4 4 4 4', '4-4-4-4', '4.4.4.4', '4 6 5', '4-6-5', '4 6 4', '4-6-4', '4 4 4 4 3'].map(
    (form) => [form, [CARD, NAMED_CARD]] as const,
  ),
  ...['13', '15', '16', '17', '18', '19'].map((form) => [form, [CARD, NAMED_CARD]] as const),
  ['12', [VOTER, NAMED_CARD]],
  ['4 4 4', [VOTER, NAMED_CARD]],
  ['3.5.2-1', [PIS]],
  ...['5-3', '2.3-3', '5 3'].map((form) => [form, [CEP]] as const),
  ['8', [CEP, RG]],
  ...['2.3.3-1', '1.3.3-1', '2.3.3', '1.3.3', '8-1', '7-1', '9', '7'].map(
    (form) => [form, [RG]] as const,
  ),
];

/** Values of letters and digits of a CNPJ. */
export const cnpjValues = (text: string): number[] =>
  [...text.toUpperCase()]
    .filter((sign) => /[0-9A-Z]/.test(sign))
    .map((sign) => sign.charCodeAt(0) - 48);
