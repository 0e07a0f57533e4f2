import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CredentialsServer {
  /** For `AWS_CONTAINER_CREDENTIALS_FULL_URI`. */
  readonly url: string;
  /** How often credentials were fetched. */
  fetched(): number;
  /** Hands out another key from now on. */
  handOut(keyId: string): void;
  close(): Promise<void>;
}

/** What Amazon ECS and EKS run beside a container: hands out the temporary credentials of its role. */
export async function startCredentialsServer(keyId: string): Promise<CredentialsServer> {
  let current = keyId;
  let fetched = 0;
  const server = createServer((_, reply) => {
    fetched += 1;
    reply.writeHead(200, { 'content-type': 'application/json' });
    reply.end(
      JSON.stringify({
        AccessKeyId: current,
        SecretAccessKey: 'canary',
        Token: `session of ${current}`,
        Expiration: new Date(Date.now() + 3_600_000).toISOString(),
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/credentials`,
    fetched: () => fetched,
    handOut(next) {
      current = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
