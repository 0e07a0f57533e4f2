import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** How a connection to a database server is encrypted. */
export interface DatabaseTls {
  /** Whether the server must prove, by certificate, that it is the host of the address. */
  readonly verify: boolean;
  /** PEM certificates that may vouch for the server; absent: those that come with Node. */
  readonly ca?: string;
}

const MODES = ['disable', 'require', 'verify-full'];
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * Reads `sslmode` and `sslrootcert` of `DATABASE_URL`, which mean what they mean to PostgreSQL's
 * own programs, on MariaDB too. Whatever is not understood is refused: an option that was silently
 * left out could mean a connection that is not encrypted, or to nobody knows whom.
 * @returns undefined for a connection that is not encrypted.
 * @throws {Error} naming the option that is wrong.
 */
export function databaseTls(options: URLSearchParams): DatabaseTls | undefined {
  for (const name of options.keys()) {
    if (name !== 'sslmode' && name !== 'sslrootcert') {
      throw new Error(`DATABASE_URL has an unknown option ${name}: sslmode and sslrootcert exist`);
    }
    if (options.getAll(name).length > 1) {
      throw new Error(`DATABASE_URL has ${name} twice`);
    }
  }
  const file = options.get('sslrootcert');
  const mode = options.get('sslmode') ?? (file === null ? 'disable' : 'verify-full');
  if (!MODES.includes(mode)) {
    throw new Error(`DATABASE_URL has sslmode=${mode}, but must have one of ${MODES.join(', ')}`);
  }
  if (mode === 'disable') {
    if (file !== null) {
      throw new Error('DATABASE_URL has sslmode=disable together with sslrootcert: remove one');
    }
    return undefined;
  }
  // Who names certificates wants them checked, also with sslmode=require.
  return file === null
    ? { verify: mode === 'verify-full' }
    : { verify: true, ca: readCertificates(file) };
}

function readCertificates(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(
      `The certificates of sslrootcert in DATABASE_URL cannot be read: ${(error as Error).message}`,
      { cause: error },
    );
  }
  const certificates = text.match(CERTIFICATE) ?? [];
  if (certificates.length === 0) {
    throw new Error(`The file of sslrootcert in DATABASE_URL holds no PEM certificate: ${file}`);
  }
  try {
    certificates.forEach((certificate) => new X509Certificate(certificate));
  } catch (error) {
    throw new Error(
      `The file of sslrootcert in DATABASE_URL holds a broken certificate: ${file} (${(error as Error).message})`,
      { cause: error },
    );
  }
  return certificates.join('\n');
}
