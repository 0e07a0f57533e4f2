import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';

type Credentials = Awaited<ReturnType<BedrockRuntimeClient['config']['credentials']>>;

/** Exceptions with which AWS refuses credentials that have been valid once. */
const OUTDATED = new Set([
  'ExpiredTokenException',
  'ExpiredToken',
  'UnrecognizedClientException',
  'InvalidSignatureException',
]);

const RENEWING = new WeakMap<BedrockRuntimeClient, Promise<unknown>>();

/** The credentials that a call is sent with, so that their refusal can be told from that of others. */
export class UsedCredentials {
  private readonly used: Promise<Credentials | undefined>;

  constructor(private readonly client: BedrockRuntimeClient) {
    this.used = client.config.credentials().catch(() => undefined);
  }

  /**
   * After a refusal: has the credentials fetched anew (profile, role, container), once for all calls
   * that were refused together. Never throws.
   * @returns whether there are others now, so that asking again may help.
   */
  async renew(error: unknown): Promise<boolean> {
    if (!(error instanceof Error && OUTDATED.has(error.name))) return false;
    const used = await this.used;
    if (!used) return false; // A Bedrock API key.
    try {
      if (!isSame(used, await this.client.config.credentials())) return true;
      await fetchedAnew(this.client);
      return !isSame(used, await this.client.config.credentials());
    } catch {
      return false;
    }
  }
}

function fetchedAnew(client: BedrockRuntimeClient): Promise<unknown> {
  const under = RENEWING.get(client);
  if (under) return under;
  const renewing = client.config
    .credentials({ forceRefresh: true })
    .finally(() => RENEWING.delete(client));
  RENEWING.set(client, renewing);
  return renewing;
}

const isSame = (one: Credentials, other: Credentials) =>
  one.accessKeyId === other.accessKeyId &&
  one.secretAccessKey === other.secretAccessKey &&
  one.sessionToken === other.sessionToken;
