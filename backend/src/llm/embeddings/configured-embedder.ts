import { resolve } from 'node:path';
import type { Env } from '../../config/env.schema.js';
import { bedrockAccess } from '../providers/bedrock-access.js';
import { OPENAI_URL } from '../providers/openai-server.js';
import type { Embedder } from './embedder.js';
import { knownDimension } from './vectors.rules.js';

/** What of the environment names the embedding model and says how it is reached. */
export type EmbeddingEnv = Pick<
  Env,
  | 'EMBEDDING_MODEL'
  | 'EMBEDDING_DIMENSIONS'
  | 'DATA_DIR'
  | 'OPENAI_BASE_URL'
  | 'OPENAI_API_KEY'
  | 'AWS_REGION'
  | 'AWS_PROFILE'
  | 'AWS_ACCESS_KEY_ID'
  | 'AWS_SECRET_ACCESS_KEY'
  | 'AWS_SESSION_TOKEN'
  | 'AWS_BEARER_TOKEN_BEDROCK'
  | 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME'
>;

/**
 * The embedding model that the environment names; what it needs is loaded only then.
 * @throws {Error} when it cannot be used as it is named; the message is for the operator.
 */
export async function configuredEmbedder(env: EmbeddingEnv): Promise<Embedder | undefined> {
  if (env.EMBEDDING_MODEL === undefined) return undefined;
  const [provider = '', ...rest] = env.EMBEDDING_MODEL.split('/');
  const model = rest.join('/');
  if (provider === 'local') {
    const { LocalEmbedder } = await import('./local-embedder.js');
    return new LocalEmbedder(model, resolve(env.DATA_DIR, 'models', model));
  }
  const dimension = env.EMBEDDING_DIMENSIONS ?? knownDimension(model);
  if (dimension === undefined) {
    throw new Error(`EMBEDDING_DIMENSIONS is needed: how long are the vectors of ${model}?`);
  }
  if (provider === 'openai') {
    const { OpenAiEmbedder } = await import('./openai-embedder.js');
    const address = env.OPENAI_BASE_URL ?? OPENAI_URL;
    return new OpenAiEmbedder({ model, address, apiKey: env.OPENAI_API_KEY, dimension });
  }
  const { BedrockEmbedder } = await import('./bedrock-embedder.js');
  return new BedrockEmbedder(bedrockAccess(env), model, dimension);
}
