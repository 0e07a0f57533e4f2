import type { Language } from '../../platform/language.rules.js';

/** The words `quotes` puts around what it quotes. */
export interface QuotesFraming {
  readonly seeAlso: string;
  /** Before sentences of documents and pages. */
  readonly sourcesSay: string;
  /** Documents or pages were found, and none of them answers. */
  readonly notSupported: string;
  readonly nothingFound: string;
  readonly examplesIntroduction: string;
  readonly examples: readonly string[];
  readonly noModel: string;
  readonly connect: readonly string[];
}

export const QUOTES_FRAMING: Readonly<Record<Language, QuotesFraming>> = {
  'pt-BR': {
    seeAlso: 'Veja também:',
    sourcesSay: 'As fontes dizem:',
    notSupported:
      'As fontes encontradas não sustentam uma resposta a essa pergunta. Você pode abri-las abaixo e ver o que dizem.',
    nothingFound:
      'Não encontrei nada sobre isso: nem nas fontes que você pode ler, nem na documentação do Prosa.',
    examplesIntroduction: 'O que posso responder agora, por exemplo:',
    examples: [
      'Como conecto o Ollama?',
      'Como adiciono uma pessoa à equipe?',
      'O administrador consegue ler as minhas conversas?',
    ],
    noModel:
      'Respondo sem modelo de linguagem: só cito as fontes e a documentação do Prosa. Para conectar um:',
    connect: [
      'OpenAI: reinicie com `OPENAI_API_KEY=sk-… npm start`',
      'Ollama, nesta máquina: `ollama pull llama3.2`, e ele é encontrado sem reiniciar',
      'Amazon Bedrock: reinicie com `AWS_REGION=us-east-1 AWS_PROFILE=… npm start`',
    ],
  },
  en: {
    seeAlso: 'See also:',
    sourcesSay: 'The sources say:',
    notSupported:
      'The sources that were found do not support an answer to this question. You can open them below and see what they say.',
    nothingFound:
      "I found nothing about this: neither in the sources you may read nor in Prosa's documentation.",
    examplesIntroduction: 'What I can answer now, for example:',
    examples: [
      'How do I connect Ollama?',
      'How do I add a person to the team?',
      'Can an administrator read my conversations?',
    ],
    noModel:
      "I answer without a language model: I only quote sources and Prosa's documentation. To connect one:",
    connect: [
      'OpenAI: restart with `OPENAI_API_KEY=sk-… npm start`',
      'Ollama, on this machine: `ollama pull llama3.2`, and it is found without a restart',
      'Amazon Bedrock: restart with `AWS_REGION=us-east-1 AWS_PROFILE=… npm start`',
    ],
  },
};
