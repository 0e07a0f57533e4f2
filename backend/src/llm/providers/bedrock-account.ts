import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { ModelFailureKind } from '../model-failure.js';
import type { ModelSource } from '../model-source.js';
import type { BedrockAccess } from './bedrock.js';

/** One way into Amazon Bedrock and the models asked there; the AWS SDK is loaded at first use. */
export class BedrockAccount {
  private loaded: Promise<BedrockRuntimeClient> | undefined;

  constructor(private readonly access: BedrockAccess) {}

  /** A model of this account. */
  source(name: string, contextWindow: number): ModelSource {
    const id = `bedrock/${name}`;
    return {
      id,
      provider: 'bedrock',
      contextWindow,
      check: () => this.problem(),
      open: async () => {
        const { bedrockModel } = await import('./bedrock.js');
        return bedrockModel(await this.client(), { id, model: name, contextWindow });
      },
    };
  }

  /** Closes the connections. */
  async close(): Promise<void> {
    (await this.loaded)?.destroy();
  }

  private client(): Promise<BedrockRuntimeClient> {
    this.loaded ??= import('./bedrock.js').then(({ bedrockClient }) => bedrockClient(this.access));
    return this.loaded;
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
