import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate authority of a test, and a server's certificate that it has signed. */
export interface Certificates {
  /** PEM files. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  remove(): void;
}

/**
 * Makes them with openssl, good for a day.
 * @param names what the server's certificate is for, e.g. `DNS:localhost`.
 */
export function makeCertificates(names: string): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'prosa-certificates-'));
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  const newKey = ['-newkey', 'rsa:2048', '-nodes', '-keyout'];
  openssl(
    ...['req', '-x509', ...newKey, at('ca.key'), '-out', at('ca.pem'), '-days', '1'],
    ...['-subj', '/CN=Authority of a test'],
  );
  openssl(
    ...['req', ...newKey, at('server.key'), '-out', at('server.csr'), '-subj', '/CN=a server'],
  );
  writeFileSync(at('names'), `subjectAltName=${names}`);
  openssl(
    ...['x509', '-req', '-in', at('server.csr'), '-CA', at('ca.pem'), '-CAkey', at('ca.key')],
    ...['-CAcreateserial', '-out', at('server.pem'), '-days', '1', '-extfile', at('names')],
  );
  return {
    ca: at('ca.pem'),
    cert: at('server.pem'),
    key: at('server.key'),
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
