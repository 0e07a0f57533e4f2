import { PROVIDERS, type Provider } from './chat-model.js';

export interface ModelId {
  /** As written: `provider/model`, or the bare name of a built-in model. */
  readonly id: string;
  readonly provider: Provider;
  /** The provider's own name; may hold `/` and `:` (an ARN, `org/model`, `model:tag`). */
  readonly name: string;
}

/** A name that stands for no model that could be. */
export class ModelIdError extends Error {
  override readonly name = 'ModelIdError';
}

const isProvider = (word: string): word is Provider =>
  (PROVIDERS as readonly string[]).includes(word);

/**
 * Reads one `provider/model`; `quotes` stands for itself.
 * @throws {ModelIdError} an unknown provider, or one without a model.
 */
export function parseModelId(id: string): ModelId {
  if (id === 'quotes') return { id, provider: 'quotes', name: 'quotes' };
  const slash = id.indexOf('/');
  const provider = slash < 0 ? id : id.slice(0, slash);
  const name = slash < 0 ? '' : id.slice(slash + 1);
  if (!isProvider(provider)) {
    throw new ModelIdError(
      `"${id}" has no provider that Prosa knows; write provider/model with one of ${PROVIDERS.join(', ')}`,
    );
  }
  if (name === '' || provider === 'quotes') {
    const example = provider === 'quotes' ? 'quotes' : `${provider}/model`;
    throw new ModelIdError(`"${id}" must be written as ${example}`);
  }
  return { id, provider, name };
}

/** The names in `LLM_MODELS`, in order of preference; one that stands there twice counts once. */
export function namesIn(list: string): readonly string[] {
  const names = list.split(',').map((name) => name.trim());
  return [...new Set(names)].filter((name) => name !== '');
}

// Names of models that are not made to chat, as OpenAI, Mistral, Ollama and Hugging Face give them.
const NO_CHAT =
  /embed|bge-|gte-|e5-|minilm|rerank|whisper|transcri|tts|speech|audio|realtime|dall-e|image|diffusion|moderation|guard|ocr|davinci|babbage|clip|sora/i;

/** The names among those a server lists that answer in a chat, in the server's order. */
export function chatModels(names: readonly string[]): readonly string[] {
  return names.filter((name) => !NO_CHAT.test(name));
}
