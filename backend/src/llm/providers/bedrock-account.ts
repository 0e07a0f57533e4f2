import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { contextWindow } from '../context-windows.js';
import type { ModelFailureKind } from '../model-failure.js';
import type { ModelSettings } from '../model-settings.js';
import type { ModelSource } from '../model-source.js';
import { bedrockName } from './bedrock-name.rules.js';
import type { BedrockAccess } from './bedrock.js';

/** One way into Amazon Bedrock and the models asked there; the AWS SDK is loaded at first use. */
export class BedrockAccount {
  /** By the region that a name asks for; '' for the one that is configured. */
  private readonly clients = new Map<string, Promise<BedrockRuntimeClient>>();

  /** @param window tokens taken for a model of which nothing is known. */
  constructor(
    private readonly access: BedrockAccess,
    private readonly window: number | undefined,
  ) {}

  /** A model of this account, by any name that Converse takes. */
  source(name: string, settings: ModelSettings): ModelSource {
    const id = `bedrock/${name}`;
    const { model, region } = bedrockName(name);
    const base = settings.base ?? model ?? '';
    const { maxOutputTokens } = settings;
    const contextWindowTokens = settings.contextWindow ?? contextWindow(base, this.window);
    return {
      id,
      provider: 'bedrock',
      contextWindow: contextWindowTokens,
      check: () => this.problem(),
      open: async () => {
        const { bedrockModel } = await import('./bedrock.js');
        return bedrockModel(await this.client(region), {
          id,
          model: name,
          base,
          contextWindow: contextWindowTokens,
          parameters: settings.parameters,
          ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
        });
      },
    };
  }

  /** Closes the connections. */
  async close(): Promise<void> {
    for (const client of this.clients.values()) (await client).destroy();
  }

  private client(region?: string): Promise<BedrockRuntimeClient> {
    const key = region ?? '';
    const known = this.clients.get(key);
    if (known) return known;
    const access = region === undefined ? this.access : { ...this.access, region };
    const client = import('./bedrock.js').then(({ bedrockClient }) => bedrockClient(access));
    this.clients.set(key, client);
    return client;
  }

  /** Bedrock has no call that is free and quick: only whether there are credentials at all. */
  private async problem(): Promise<ModelFailureKind | undefined> {
    if (this.access.bearerToken) return undefined;
    try {
      await (await this.client()).config.credentials();
      return undefined;
    } catch {
      return 'UNAUTHORIZED';
    }
  }
}
