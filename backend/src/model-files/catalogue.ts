import type { LocalKind } from '../llm/local/protocol.js';
import type { Language } from '../platform/language.rules.js';

/** A model that is worth having, and small enough for a machine without a graphics card. */
export interface CatalogueModel {
  /** What is asked for: `owner/name`, or a file of it. */
  readonly name: string;
  /** To type instead. */
  readonly shortName: string;
  readonly title: string;
  readonly kind: LocalKind;
  /** Bytes, roughly: shown only until the hub has said how many they are. */
  readonly roughBytes: number;
  /** As the hub names it. Shown only until the hub has said it itself. */
  readonly licence: string;
  readonly about: Readonly<Record<Language, string>>;
}

/**
 * What is recommended, smallest first of each kind. All answer in Portuguese, as far as models of
 * their size do, and may be downloaded by anybody.
 */
export const CATALOGUE: readonly CatalogueModel[] = [
  {
    name: 'Qwen/Qwen2.5-0.5B-Instruct-GGUF/qwen2.5-0.5b-instruct-q4_k_m.gguf',
    shortName: 'qwen2.5-0.5b',
    title: 'Qwen 2.5 0.5B',
    kind: 'llama',
    roughBytes: 491_000_000,
    licence: 'apache-2.0',
    about: {
      en: 'For trying things out: answers at once on any machine, often wrongly.',
      'pt-BR': 'Para experimentar: responde na hora em qualquer máquina, e erra bastante.',
    },
  },
  {
    name: 'ggml-org/gemma-3-1b-it-GGUF/gemma-3-1b-it-Q4_K_M.gguf',
    shortName: 'gemma-3-1b',
    title: 'Gemma 3 1B',
    kind: 'llama',
    roughBytes: 806_000_000,
    licence: 'gemma',
    about: {
      en: 'Small, and good at Portuguese for its size. Needs 2 GB of memory.',
      'pt-BR': 'Pequeno e bom em português para o seu tamanho. Precisa de 2 GB de memória.',
    },
  },
  {
    name: 'bartowski/Llama-3.2-1B-Instruct-GGUF/Llama-3.2-1B-Instruct-Q4_K_M.gguf',
    shortName: 'llama-3.2-1b',
    title: 'Llama 3.2 1B',
    kind: 'llama',
    roughBytes: 808_000_000,
    licence: 'llama3.2',
    about: {
      en: 'Summaries and short answers; Portuguese is one of its languages. Needs 2 GB of memory.',
      'pt-BR':
        'Resumos e respostas curtas; o português é um dos seus idiomas. Precisa de 2 GB de memória.',
    },
  },
  {
    name: 'Qwen/Qwen2.5-1.5B-Instruct-GGUF/qwen2.5-1.5b-instruct-q4_k_m.gguf',
    shortName: 'qwen2.5-1.5b',
    title: 'Qwen 2.5 1.5B',
    kind: 'llama',
    roughBytes: 1_117_000_000,
    licence: 'apache-2.0',
    about: {
      en: 'Everyday questions and code, at a good pace. Needs 2 GB of memory.',
      'pt-BR': 'Perguntas do dia a dia e código, em bom ritmo. Precisa de 2 GB de memória.',
    },
  },
  {
    name: 'bartowski/Llama-3.2-3B-Instruct-GGUF/Llama-3.2-3B-Instruct-Q4_K_M.gguf',
    shortName: 'llama-3.2-3b',
    title: 'Llama 3.2 3B',
    kind: 'llama',
    roughBytes: 2_019_000_000,
    licence: 'llama3.2',
    about: {
      en: 'A good balance of pace and quality, also in Portuguese. Needs 4 GB of memory.',
      'pt-BR':
        'Bom equilíbrio entre ritmo e qualidade, também em português. Precisa de 4 GB de memória.',
    },
  },
  {
    name: 'unsloth/Qwen3-4B-Instruct-2507-GGUF/Qwen3-4B-Instruct-2507-Q4_K_M.gguf',
    shortName: 'qwen3-4b',
    title: 'Qwen 3 4B Instruct',
    kind: 'llama',
    roughBytes: 2_497_000_000,
    licence: 'apache-2.0',
    about: {
      en: 'The best answers of this list, and the slowest. Needs 5 GB of memory.',
      'pt-BR': 'As melhores respostas desta lista, e as mais lentas. Precisa de 5 GB de memória.',
    },
  },
  {
    name: 'google/flan-t5-small',
    shortName: 'flan-t5-small',
    title: 'FLAN-T5 Small',
    kind: 'flan-t5',
    roughBytes: 99_000_000,
    licence: 'apache-2.0',
    about: {
      en: 'Short tasks in English, 512 tokens at most. Runs on any machine.',
      'pt-BR': 'Tarefas curtas em inglês, no máximo 512 tokens. Roda em qualquer máquina.',
    },
  },
  {
    name: 'google/flan-t5-base',
    shortName: 'flan-t5-base',
    title: 'FLAN-T5 Base',
    kind: 'flan-t5',
    roughBytes: 280_000_000,
    licence: 'apache-2.0',
    about: {
      en: 'As Small, with better answers. Translates a little Portuguese.',
      'pt-BR': 'Como o Small, com respostas melhores. Traduz um pouco de português.',
    },
  },
];

/** The name on the hub of a model of the catalogue, by its short one; else the text as it is. */
export function fullName(text: string): string {
  const wanted = text.trim().toLowerCase();
  return CATALOGUE.find(({ shortName }) => shortName === wanted)?.name ?? text;
}
