import type { Language } from '../../platform/language.rules.js';

/** The words `quotes` puts around what it quotes. */
export interface QuotesFraming {
  readonly seeAlso: string;
  readonly nothingFound: string;
  readonly examplesIntroduction: string;
  readonly examples: readonly string[];
  readonly noModel: string;
  readonly connect: readonly string[];
}

const CONNECT = [
  'OpenAI: `OPENAI_API_KEY=sk-… npm start`',
  'Ollama: `OPENAI_BASE_URL=http://localhost:11434/v1 LLM_MODELS=openai/llama3.2 npm start`',
  'Amazon Bedrock: `AWS_REGION=us-east-1 LLM_MODELS=bedrock/mistral.mistral-large-2402-v1:0 npm start`',
] as const;

export const QUOTES_FRAMING: Readonly<Record<Language, QuotesFraming>> = {
  'pt-BR': {
    seeAlso: 'Veja também:',
    nothingFound: 'Não encontrei nada sobre isso na documentação do Prosa.',
    examplesIntroduction: 'O que posso responder agora, por exemplo:',
    examples: [
      'Como conecto o Ollama?',
      'Como adiciono uma pessoa à equipe?',
      'O administrador consegue ler as minhas conversas?',
    ],
    noModel:
      'Nenhum modelo de linguagem está conectado: só cito a documentação do Prosa. Para conectar um, reinicie com:',
    connect: CONNECT,
  },
  en: {
    seeAlso: 'See also:',
    nothingFound: "I found nothing about this in Prosa's documentation.",
    examplesIntroduction: 'What I can answer now, for example:',
    examples: [
      'How do I connect Ollama?',
      'How do I add a person to the team?',
      'Can an administrator read my conversations?',
    ],
    noModel:
      "No language model is connected: I only quote Prosa's documentation. To connect one, restart with:",
    connect: CONNECT,
  },
};
