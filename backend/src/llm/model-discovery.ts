import type { Env } from '../config/env.schema.js';
import type { ChatModel } from './chat-model.js';
import { contextWindow, OLLAMA_WINDOW, outputLimit } from './context-windows.js';
import type { ConfiguredModels, NamedModel } from './configured-models.js';
import { chatModels } from './model-ids.rules.js';
import type { ModelSettings } from './model-settings.js';
import { builtInSource, misconfiguredSource, type ModelSource } from './model-source.js';
import { type LocalModelEnv, LocalModels } from './local/local-models.js';
import { bedrockAccess } from './providers/bedrock-access.js';
import { BedrockAccount } from './providers/bedrock-account.js';
import { bedrockName } from './providers/bedrock-name.rules.js';
import { httpFetch } from './providers/http-fetch.js';
import { getJson, OPENAI_URL, OpenAiServer } from './providers/openai-server.js';
import type { SseGarbage } from './providers/sse-chunk.rules.js';

/** The model of the seed's users, first offered in us-east-1. */
const BEDROCK_DEFAULT = 'mistral.mistral-large-2402-v1:0';
const OPENAI_DEFAULT = 'gpt-4o-mini';
/** Stands for whatever one model a server has that does not say, or cannot be asked now. */
const UNNAMED = 'default';
const OLLAMA_MS = 300;
const OLLAMA_PORT = '11434';
/** More would only crowd the picker. */
const MAX_LISTED = 20;

/** What of the environment says where models are. */
export type ModelEnv = LocalModelEnv &
  Pick<
    Env,
    | 'OPENAI_BASE_URL'
    | 'OPENAI_API_KEY'
    | 'OLLAMA_URL'
    | 'AWS_REGION'
    | 'AWS_PROFILE'
    | 'AWS_ACCESS_KEY_ID'
    | 'AWS_SECRET_ACCESS_KEY'
    | 'AWS_SESSION_TOKEN'
    | 'AWS_BEARER_TOKEN_BEDROCK'
    | 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'
    | 'AWS_CONTAINER_CREDENTIALS_FULL_URI'
    | 'AWS_WEB_IDENTITY_TOKEN_FILE'
    | 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME'
    | 'MODEL_CONTEXT_WINDOW'
    | 'MAX_OUTPUT_TOKENS'
  >;

/** Finds the models that can be asked: those an operator has named, else what is there. */
export class ModelDiscovery {
  private readonly openAi: OpenAiServer;
  private readonly ollama: OpenAiServer;
  private readonly bedrock: BedrockAccount;
  private readonly local: LocalModels;

  constructor(
    private readonly env: ModelEnv,
    private readonly names: ConfiguredModels,
    private readonly builtIn: readonly ChatModel[],
    onGarbage: (model: string, garbage: SseGarbage) => void,
  ) {
    const address = env.OPENAI_BASE_URL ?? OPENAI_URL;
    this.openAi = new OpenAiServer(address, env.OPENAI_API_KEY, onGarbage);
    this.ollama = new OpenAiServer(env.OLLAMA_URL, undefined, onGarbage);
    this.bedrock = new BedrockAccount(bedrockAccess(env), env.MODEL_CONTEXT_WINDOW);
    this.local = new LocalModels(env, (id) => names.of(id));
  }

  /**
   * The models that an operator has named, known at once; undefined: they must be looked for. Where
   * none of them can be used, the built-in ones stand behind them.
   */
  configured(): readonly ModelSource[] | undefined {
    const { named } = this.names;
    if (named.length === 0) return undefined;
    const sources = named.map((one) => this.sourceOf(one));
    const isUsable = named.some(({ model }) => model !== undefined);
    return isUsable ? sources : [...sources, ...this.builtIn.map(builtInSource)];
  }

  /** Looks for models, in order of preference. Takes 2 s at most; a server that is down is told. */
  async find(): Promise<readonly ModelSource[]> {
    const [openAi, ollama, local] = await Promise.all([
      this.findOpenAi(),
      this.findOllama(),
      this.local.find(),
    ]);
    const found = [
      ...local.named,
      ...openAi,
      ...ollama,
      ...this.findBedrock(),
      ...local.found,
      ...this.builtIn.map(builtInSource),
    ];
    // `OPENAI_BASE_URL` may be that very Ollama.
    return found.filter(({ id }, at) => found.findIndex((other) => other.id === id) === at);
  }

  /** Closes what was opened. */
  async close(): Promise<void> {
    await Promise.all([this.bedrock.close(), this.local.close()]);
  }

  private sourceOf({ id, model }: NamedModel): ModelSource {
    if (!model) return misconfiguredSource(id);
    const { provider, name } = model;
    switch (provider) {
      case 'openai':
        return this.fromOpenAi(name, this.openAiWindow(name));
      case 'bedrock':
        return this.fromBedrock(name);
      case 'llama':
      case 'flan-t5':
        return this.local.source(provider, name);
      case 'quotes': {
        const builtIn = this.builtIn.find((candidate) => candidate.id === id);
        if (!builtIn) throw new Error(`${id} is not built in`);
        return builtInSource(builtIn);
      }
    }
  }

  private async findOpenAi(): Promise<readonly ModelSource[]> {
    const { OPENAI_BASE_URL: address, OPENAI_API_KEY: key } = this.env;
    if (!address && !key) return [];
    if (this.openAi.baseUrl === OPENAI_URL) {
      return [this.fromOpenAi(OPENAI_DEFAULT, this.windowOf(OPENAI_DEFAULT))];
    }
    const listed = await this.openAi.models().catch(() => []);
    const chat = chatModels(listed.map(({ name }) => name)).slice(0, MAX_LISTED);
    return (chat.length > 0 ? chat : [UNNAMED]).map((name) => {
      const told = listed.find((model) => model.name === name)?.window;
      return this.fromOpenAi(name, told ?? this.openAiWindow(name));
    });
  }

  private async findOllama(): Promise<readonly ModelSource[]> {
    const fetch = httpFetch({ connectMs: OLLAMA_MS, authorized: false });
    const address = new URL('/api/tags', this.env.OLLAMA_URL).href;
    const { models } = await getJson(fetch, address, OLLAMA_MS)
      .then((body): { models?: unknown } => body)
      .catch(() => ({ models: [] }));
    const names = Array.isArray(models)
      ? models.map((model: { name?: unknown } | null) => model?.name)
      : [];
    const chat = chatModels(names.filter((name) => typeof name === 'string'));
    return chat
      .slice(0, MAX_LISTED)
      .map((name) =>
        this.ollama.source(name, this.ollamaWindow(), this.settingsOf(`openai/${name}`, name)),
      );
  }

  private findBedrock(): readonly ModelSource[] {
    if (!hasAws(this.env)) return [];
    return [this.fromBedrock(BEDROCK_DEFAULT)];
  }

  private fromOpenAi(name: string, window: number): ModelSource {
    return this.openAi.source(name, window, this.settingsOf(`openai/${name}`, name));
  }

  private fromBedrock(name: string): ModelSource {
    const { model = '' } = bedrockName(name);
    return this.bedrock.source(name, this.settingsOf(`bedrock/${name}`, model));
  }

  /** What was said of a model, and no longer an answer than it can give. */
  private settingsOf(id: string, name: string): ModelSettings {
    const settings = this.names.of(id);
    const limit = outputLimit(settings.base ?? name) ?? Infinity;
    const maxOutputTokens = Math.min(this.env.MAX_OUTPUT_TOKENS, limit);
    return { maxOutputTokens, ...settings };
  }

  private openAiWindow(name: string): number {
    const isOllama = new URL(this.openAi.baseUrl).port === OLLAMA_PORT;
    return isOllama ? this.ollamaWindow() : this.windowOf(name);
  }

  private ollamaWindow(): number {
    return this.env.MODEL_CONTEXT_WINDOW ?? OLLAMA_WINDOW;
  }

  private windowOf(name: string): number {
    return contextWindow(name, this.env.MODEL_CONTEXT_WINDOW);
  }
}

/** Whether the environment speaks of AWS at all. */
function hasAws(env: ModelEnv): boolean {
  return [
    env.AWS_ACCESS_KEY_ID,
    env.AWS_PROFILE,
    env.AWS_REGION,
    env.AWS_BEARER_TOKEN_BEDROCK,
    env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI,
    env.AWS_CONTAINER_CREDENTIALS_FULL_URI,
    env.AWS_WEB_IDENTITY_TOKEN_FILE,
  ].some((value) => value !== undefined);
}
