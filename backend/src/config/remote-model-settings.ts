import { z } from 'zod';

/** What of the environment names models, and says how those of others are reached. */
export const remoteModelSettings = {
  LLM_MODELS: z
    .string()
    .optional()
    .describe(
      'Models in order of preference, `provider/model`, comma-separated. Absent: those of `MODELS_FILE`, else what is found on this machine, then `quotes`.',
    ),
  MODELS_FILE: z
    .string()
    .min(1)
    .optional()
    .describe(
      'YAML file with models in order of preference and what each is to be asked with: window, longest answer, parameters, prices.',
    ),
  ROUTE_MODEL: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Model that says where an answer is to be looked for when the rules cannot tell, one of those above, or `off`. It has a second and a half. Absent: chosen like the one of the titles; none for what is asked on this machine.',
    ),
  SUMMARY_MODEL: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Model that sums up the messages of a long conversation that no longer fit the window, one of those above, or `off`. Absent: chosen like the one of the titles; none for what is asked on this machine.',
    ),
  TITLE_MODEL: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Model that writes the titles of conversations, one of those above, or `off`. Absent: the cheapest by known price among the asked one and those that may take over from it; none for what is asked on this machine.',
    ),
  TITLE_WAIT_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(60_000)
    .default(1200)
    .describe(
      'Longest the end of an answer waits for the title of its conversation, in milliseconds.',
    ),
  OPENAI_BASE_URL: z
    .url()
    .optional()
    .describe(
      'Address of an OpenAI-compatible server (OpenAI, Ollama, vLLM, llama.cpp, LM Studio).',
    ),
  OPENAI_API_KEY: z
    .string()
    .min(1)
    .optional()
    .meta({ secret: true })
    .describe('Key for `OPENAI_BASE_URL`, or for OpenAI when that is absent.'),
  OLLAMA_URL: z
    .url()
    .default('http://127.0.0.1:11434')
    .describe('Where an Ollama is looked for when `LLM_MODELS` is absent.'),
  AWS_REGION: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Region of Amazon Bedrock; credentials come from the AWS chain (keys, profile, role).',
    ),
  AWS_PROFILE: z.string().min(1).optional().describe('Profile of `~/.aws` to use for Bedrock.'),
  AWS_ACCESS_KEY_ID: z
    .string()
    .min(1)
    .optional()
    .meta({ secret: true })
    .describe('Access key for Bedrock.'),
  AWS_SECRET_ACCESS_KEY: z
    .string()
    .min(1)
    .optional()
    .meta({ secret: true })
    .describe('Secret of the access key.'),
  AWS_SESSION_TOKEN: z
    .string()
    .min(1)
    .optional()
    .meta({ secret: true })
    .describe('Session of a temporary access key.'),
  AWS_BEARER_TOKEN_BEDROCK: z
    .string()
    .min(1)
    .optional()
    .meta({ secret: true })
    .describe('A Bedrock API key, in place of an access key.'),
  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: z
    .string()
    .min(1)
    .optional()
    .describe('Set by Amazon ECS: the role of the task is used for Bedrock.'),
  AWS_CONTAINER_CREDENTIALS_FULL_URI: z
    .string()
    .min(1)
    .optional()
    .describe('Set by Amazon EKS Pod Identity: the role of the pod is used for Bedrock.'),
  AWS_WEB_IDENTITY_TOKEN_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('Set by Amazon EKS for service accounts: their role is used for Bedrock.'),
  AWS_ENDPOINT_URL_BEDROCK_RUNTIME: z
    .url()
    .optional()
    .describe('Another address for Bedrock, e.g. a VPC endpoint.'),
};
