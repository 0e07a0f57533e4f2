import type { RailAction, RailStage } from '#db';
import type { Language } from '../../platform/language.rules.js';

/** What a person is told of a rail. */
export interface RailTold {
  readonly stage: RailStage;
  readonly rail: string;
  readonly action: RailAction;
}

type Words = Readonly<Record<Language, string>>;

const BLOCKED: Readonly<Record<string, Words>> = {
  'blocked-terms': {
    'pt-BR': 'Sua mensagem tem termos que não são aceitos aqui. Ela não foi guardada nem enviada.',
    en: 'Your message holds terms that are not accepted here. It was neither stored nor sent.',
  },
  'disallowed-topics': {
    'pt-BR': 'Este assunto não é tratado aqui. A mensagem não foi guardada nem enviada.',
    en: 'This topic is not dealt with here. The message was neither stored nor sent.',
  },
  'prompt-attacks': {
    'pt-BR':
      'A mensagem parece tentar mudar as regras do assistente. Ela não foi guardada nem enviada.',
    en: 'The message seems to try to change the assistant’s rules. It was neither stored nor sent.',
  },
  'personal-data': {
    'pt-BR':
      'A mensagem tem dados pessoais, que não são aceitos aqui. Não foi guardada nem enviada.',
    en: 'The message holds personal data, which is not accepted here. It was neither stored nor sent.',
  },
  secrets: {
    'pt-BR':
      'A mensagem parece ter uma senha ou chave de acesso. Por segurança, não foi guardada nem enviada. Tire a chave e envie de novo.',
    en: 'The message seems to hold a password or an access key. To be safe it was neither stored nor sent. Take the key out and send it again.',
  },
};

const BLOCKED_OTHERWISE: Words = {
  'pt-BR': 'A mensagem não está de acordo com as regras daqui. Ela não foi guardada nem enviada.',
  en: 'The message does not comply with the rules here. It was neither stored nor sent.',
};

const ANSWER_BLOCKED: Words = {
  'pt-BR': 'A resposta parou aqui: o que vinha a seguir não está de acordo com as regras.',
  en: 'The answer stopped here: what came next does not comply with the rules.',
};

const HIDDEN: Readonly<Record<RailStage, Words>> = {
  input: {
    'pt-BR':
      'Dados pessoais foram ocultados antes de a mensagem ser guardada e enviada. Só você os vê.',
    en: 'Personal data was hidden before the message was stored and sent. Only you see it.',
  },
  retrieved: {
    'pt-BR': 'Dados foram ocultados nas fontes antes de serem enviadas ao modelo.',
    en: 'Data was hidden in the sources before they were sent to the model.',
  },
  output: {
    'pt-BR': 'Parte da resposta foi ocultada.',
    en: 'Part of the answer was hidden.',
  },
};

const REPLACED: Words = {
  'pt-BR': 'Uma parte foi trocada por um aviso, conforme as regras daqui.',
  en: 'A part was replaced by a notice, as the rules here say.',
};

const LINK_REPLACED: Words = {
  'pt-BR': 'Um link ou uma imagem que poderia levar dados para fora foi retirado.',
  en: 'A link or a picture that could have carried data away was taken out.',
};

const ANSWERED: Words = {
  'pt-BR': 'Resposta pronta, sem consultar um modelo.',
  en: 'A set answer: no model was asked.',
};

const DROPPED: Words = {
  'pt-BR': 'Uma fonte não foi usada, conforme as regras daqui.',
  en: 'A source was not used, as the rules here say.',
};

/** Why a rail did what it did, in the reader's language: courteous, and never what was found. */
export function railMessage({ stage, rail, action }: RailTold, language: Language): string {
  return wordsFor(stage, rail, action)[language];
}

function wordsFor(stage: RailStage, rail: string, action: RailAction): Words {
  switch (action) {
    case 'block':
      if (stage === 'output') return ANSWER_BLOCKED;
      if (stage === 'retrieved') return DROPPED;
      return BLOCKED[rail] ?? BLOCKED_OTHERWISE;
    case 'answer':
      return ANSWERED;
    case 'replace':
      return rail === 'links' ? LINK_REPLACED : REPLACED;
    case 'mask':
    case 'flag':
    case 'pass':
      return HIDDEN[stage];
  }
}

/** What is stored in the place of a prompt that was blocked: nobody can read it again. */
export const notStored: Words = {
  'pt-BR': '[Mensagem não guardada: foi barrada pelas regras de segurança.]',
  en: '[Message not stored: the safety rules held it back.]',
};

/** Whether a person is told of what a rail did. */
export const isTold = ({ action }: Pick<RailTold, 'action'>): boolean =>
  action !== 'flag' && action !== 'pass';
