import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The variable in which a container is told where its credentials are. */
const VARIABLE = 'AWS_CONTAINER_CREDENTIALS_FULL_URI';

export interface CredentialsServer {
  /** Where this process is told to look, as long as the server runs. */
  readonly url: string;
  /** How often credentials were fetched. */
  fetched(): number;
  /** Hands out another key from now on. */
  handOut(keyId: string): void;
  close(): Promise<void>;
}

/**
 * What Amazon ECS and EKS run beside a container: hands out the temporary credentials of its role.
 * The AWS SDK reads the address from the process, so it is set there.
 */
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
  const url = `http://127.0.0.1:${String(port)}/credentials`;
  process.env[VARIABLE] = url;
  return {
    url,
    fetched: () => fetched,
    handOut(next) {
      current = next;
    },
    close: () =>
      new Promise((resolve) => {
        Reflect.deleteProperty(process.env, VARIABLE);
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
