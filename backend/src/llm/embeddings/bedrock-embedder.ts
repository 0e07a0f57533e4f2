import { type BedrockRuntimeClient, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { toModelFailure } from '../failure.rules.js';
import { type BedrockAccess, bedrockClient } from '../providers/bedrock.js';
import { type Embedded, Embedder } from './embedder.js';
import { unitVector } from './vectors.rules.js';

const CALL_MS = 60_000;

/** Amazon Titan Text Embeddings on Bedrock: one text a call, so several calls at a time. */
export class BedrockEmbedder extends Embedder {
  override readonly id: string;
  override readonly provider = 'bedrock';
  override readonly endpoint = undefined;
  override readonly most = 8;
  private readonly client: BedrockRuntimeClient;

  constructor(
    access: BedrockAccess,
    private readonly model: string,
    override readonly dimension: number,
  ) {
    super();
    this.id = `bedrock/${model}`;
    this.client = bedrockClient(access);
  }

  override async embed(texts: readonly string[], signal: AbortSignal): Promise<Embedded> {
    const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)]);
    try {
      const answers = await Promise.all(texts.map((text) => this.one(text, abortSignal)));
      const counted = answers.map(({ tokens }) => tokens);
      return {
        vectors: answers.map(({ vector }) => vector),
        tokens: counted.every((tokens) => tokens !== null)
          ? counted.reduce((sum, tokens) => sum + tokens, 0)
          : null,
      };
    } catch (error) {
      throw toModelFailure(error, false, { said: texts });
    }
  }

  override close(): Promise<void> {
    this.client.destroy();
    return Promise.resolve();
  }

  private async one(inputText: string, abortSignal: AbortSignal) {
    const isSecond = this.model.includes('v2');
    const { body } = await this.client.send(
      new InvokeModelCommand({
        modelId: this.model,
        contentType: 'application/json',
        accept: 'application/json',
        body: JSON.stringify({
          inputText,
          ...(isSecond ? { dimensions: this.dimension, normalize: true } : {}),
        }),
      }),
      { abortSignal },
    );
    const answer = JSON.parse(new TextDecoder().decode(body)) as {
      embedding?: unknown;
      inputTextTokenCount?: unknown;
    };
    const { inputTextTokenCount: tokens } = answer;
    return {
      vector: unitVector(answer.embedding, this.dimension),
      tokens: typeof tokens === 'number' ? tokens : null,
    };
  }
}
