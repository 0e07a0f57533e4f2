import {
  BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
} from '@aws-sdk/client-bedrock-runtime';
import { ChatBedrockConverse } from '@langchain/aws';
import type { ChatModel, ModelGuardrail } from '../chat-model.js';
import { LangChainChatModel } from '../langchain-chat-model.js';
import { LangChainChunks } from '../langchain-chunks.js';
import type { ModelParameters } from '../model-settings.js';
import { beginningWithUser, systemAsUser } from '../turns.rules.js';
import { UsedCredentials } from './bedrock-credentials.js';

/** What is known of AWS from the environment; the rest is left to the AWS SDK's own chain. */
export interface BedrockAccess {
  readonly region?: string;
  readonly profile?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
  /** A Bedrock API key. */
  readonly bearerToken?: string;
  /** A VPC endpoint, or a server of the same protocol (HTTP/2, in the clear for `http:`). */
  readonly endpoint?: string;
}

export interface BedrockOptions {
  readonly id: string;
  /** A model id, an inference profile or its ARN. */
  readonly model: string;
  /** The model behind it, where that has another name. */
  readonly base?: string;
  readonly contextWindow: number;
  readonly maxOutputTokens?: number;
  readonly parameters?: ModelParameters;
}

/** Where Mistral Large was first offered; taken when neither variable nor profile names a region. */
const DEFAULT_REGION = 'us-east-1';

/** Refuse a system prompt: "Supported models and model features" of Converse, Bedrock user guide. */
const WITHOUT_SYSTEM =
  /titan-text|mistral-7b-instruct|mixtral-8x7b-instruct|cohere\.command-(text|light)/;

/** One client serves all models: it holds the connections and the credentials. */
export function bedrockClient(access: BedrockAccess): BedrockRuntimeClient {
  const config: BedrockRuntimeClientConfig & { readonly ignoreCache: boolean } = {
    // Taken by the SDK's credential chain: `~/.aws` is read again when credentials are renewed.
    ignoreCache: true,
    // Retries belong to Prosa: only it knows whether text was already shown.
    maxAttempts: 1,
    ...(access.endpoint ? { endpoint: access.endpoint } : {}),
    ...(access.profile ? { profile: access.profile } : {}),
    ...credentials(access),
  };
  const region = access.region ?? (access.profile ? undefined : DEFAULT_REGION);
  return new BedrockRuntimeClient(region ? { ...config, region } : config);
}

function credentials(access: BedrockAccess): BedrockRuntimeClientConfig {
  const { accessKeyId, secretAccessKey, sessionToken, bearerToken } = access;
  if (bearerToken) {
    return { token: { token: bearerToken }, authSchemePreference: ['httpBearerAuth'] };
  }
  if (!accessKeyId || !secretAccessKey) return {};
  return {
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) },
  };
}

/**
 * A model of Amazon Bedrock, over the Converse API. Import this file lazily: it loads LangChain and
 * the AWS SDK (about 350 ms, 70 MB).
 */
export function bedrockModel(client: BedrockRuntimeClient, options: BedrockOptions): ChatModel {
  const { id, model, base = model, contextWindow, maxOutputTokens } = options;
  return new LangChainChatModel({
    id,
    provider: 'bedrock',
    contextWindow,
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    adapt: (messages) => {
      const turns = beginningWithUser(messages);
      return WITHOUT_SYSTEM.test(base) ? systemAsUser(turns) : turns;
    },
    renewal: () => new UsedCredentials(client),
    ...(options.parameters?.stop ? { stop: options.parameters.stop } : {}),
    open: (maxTokens, guardrail) =>
      new LangChainChunks(
        new ChatBedrockConverse({
          model,
          client,
          ...converseParameters(options.parameters),
          // Only a label here: the client knows its region.
          region: DEFAULT_REGION,
          maxTokens,
          maxRetries: 0,
          // Deadlines are `PunctualModel`'s.
          streamIdleTimeout: 0,
          ...guardrailParameters(guardrail),
        }),
      ),
  });
}

function converseParameters({ temperature, topP }: ModelParameters = {}) {
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
  };
}

/** `sync`: nothing of the answer is sent before the guardrail has seen it. */
function guardrailParameters(guardrail: ModelGuardrail | undefined) {
  if (!guardrail) return {};
  const { id: guardrailIdentifier, version: guardrailVersion } = guardrail;
  return {
    guardrailConfig: {
      guardrailIdentifier,
      guardrailVersion,
      streamProcessingMode: 'sync' as const,
      // It says what was charged; of the rest, which holds what was found, nothing is read.
      trace: 'enabled' as const,
    },
  };
}
