import type { Env } from '../../config/env.schema.js';
import type { BedrockAccess } from './bedrock.js';

/** What of the environment leads to Amazon Bedrock. */
export type BedrockEnv = Pick<
  Env,
  | 'AWS_REGION'
  | 'AWS_PROFILE'
  | 'AWS_ACCESS_KEY_ID'
  | 'AWS_SECRET_ACCESS_KEY'
  | 'AWS_SESSION_TOKEN'
  | 'AWS_BEARER_TOKEN_BEDROCK'
  | 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME'
>;

/** The way to Amazon Bedrock that the environment names; what it leaves out, the AWS SDK looks for. */
export function bedrockAccess(env: BedrockEnv): BedrockAccess {
  const given = {
    region: env.AWS_REGION,
    profile: env.AWS_PROFILE,
    accessKeyId: env.AWS_ACCESS_KEY_ID,
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
    sessionToken: env.AWS_SESSION_TOKEN,
    bearerToken: env.AWS_BEARER_TOKEN_BEDROCK,
    endpoint: env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME,
  };
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
