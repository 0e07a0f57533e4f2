import { readFileSync } from 'node:fs';
import type { Client } from '@opensearch-project/opensearch';
import type { Env } from '../../config/env.schema.js';

/** What of the environment says where OpenSearch is, and how one signs in there. */
export type OpenSearchEnv = Pick<
  Env,
  | 'OPENSEARCH_URL'
  | 'OPENSEARCH_CA_FILE'
  | 'OPENSEARCH_AWS'
  | 'AWS_REGION'
  | 'AWS_ACCESS_KEY_ID'
  | 'AWS_SECRET_ACCESS_KEY'
  | 'AWS_SESSION_TOKEN'
>;

/** A search that takes longer is answered from the database. */
const SEARCH_MS = 5000;

/** Region of an address of Amazon's: `search-x.eu-west-1.es.amazonaws.com`. */
const AMAZON = /\.([a-z]{2}(?:-[a-z]+)+-\d)\.(?:es|aoss)\.amazonaws\.com$/;

/** The client of Amazon or of everybody; loaded when it is needed, because it takes 200 ms. */
export async function openSearchClient(env: OpenSearchEnv): Promise<Client> {
  const { Client } = await import('@opensearch-project/opensearch');
  return new Client({
    node: env.OPENSEARCH_URL ?? '',
    requestTimeout: SEARCH_MS,
    maxRetries: 1,
    ...(env.OPENSEARCH_CA_FILE ? { ssl: { ca: readFileSync(env.OPENSEARCH_CA_FILE) } } : {}),
    ...(env.OPENSEARCH_AWS ? await signing(env, env.OPENSEARCH_AWS) : {}),
  });
}

/** Signs each request (AWS Signature Version 4) with the credentials that Bedrock is asked with. */
async function signing(env: OpenSearchEnv, service: 'es' | 'aoss') {
  const { AwsSigv4Signer } = await import('@opensearch-project/opensearch/aws');
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  const sessionToken = env.AWS_SESSION_TOKEN;
  const region =
    env.AWS_REGION ?? AMAZON.exec(new URL(env.OPENSEARCH_URL ?? '').hostname)?.[1] ?? 'us-east-1';
  if (!accessKeyId || !secretAccessKey) return AwsSigv4Signer({ region, service });
  const keys = { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  return AwsSigv4Signer({ region, service, getCredentials: () => Promise.resolve(keys) });
}
