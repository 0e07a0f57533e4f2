import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Certificates, makeCertificates } from '../test/certificates.js';
import { type OwnServer, startOwnServer } from '../test/own-server.js';
import { onTestServer, TEST_SERVERS } from '../test/test-databases.js';
import { databaseTarget, openDatabase } from './index.js';

const START_MS = 60_000;

const CIPHER = {
  mariadb:
    "SELECT VARIABLE_VALUE AS tls FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME = 'Ssl_version'",
  postgres: 'SELECT version AS tls FROM pg_stat_ssl WHERE pid = pg_backend_pid()',
};
/** Databases that are there from the start. */
const EXISTING = { mariadb: 'mysql', postgres: 'postgres' };

describe.each(TEST_SERVERS)('TLS to %s', (engine) => {
  let certificates: Certificates;
  let others: Certificates;
  let elsewhere: Certificates;
  let server: OwnServer;
  let misnamed: OwnServer;

  beforeAll(async () => {
    certificates = makeCertificates('DNS:localhost,IP:127.0.0.1');
    others = makeCertificates('DNS:localhost,IP:127.0.0.1');
    elsewhere = makeCertificates('DNS:db.example.com');
    const options = ({ cert, key }: Certificates) => [`--cert=${cert}`, `--key=${key}`];
    server = await startOwnServer(engine, ...options(certificates));
    misnamed = await startOwnServer(engine, ...options(elsewhere));
  }, START_MS);

  afterAll(async () => {
    await server.stop();
    await misnamed.stop();
    [certificates, others, elsewhere].forEach((made) => {
      made.remove();
    });
  });

  /** Opens a database of Prosa's on the server. @returns the version of TLS that is spoken. */
  async function opened(query: string, { url } = server, host = '127.0.0.1'): Promise<unknown> {
    const address = `${url.replace('127.0.0.1', host)}/prosa${query}`;
    const dataSource = await openDatabase(databaseTarget(address, tmpdir()));
    try {
      const [row] = await dataSource.query<{ tls: string }[]>(CIPHER[engine]);
      return row?.tls;
    } finally {
      await dataSource.destroy();
    }
  }

  beforeAll(async () => {
    for (const { url } of [server, misnamed]) {
      await onTestServer(engine, 'CREATE DATABASE prosa', EXISTING[engine], url);
    }
  });

  it.each(['127.0.0.1', 'localhost'])('should encrypt to %s when the CA is right', async (host) => {
    const query = `?sslmode=verify-full&sslrootcert=${certificates.ca}`;
    expect(await opened(query, server, host)).toMatch(/^TLSv1\.[23]$/);
  });

  it('should verify whenever certificates are named', async () => {
    expect(await opened(`?sslrootcert=${certificates.ca}`)).toMatch(/^TLSv1/);
    for (const mode of ['', 'sslmode=require&']) {
      await expect(opened(`?${mode}sslrootcert=${others.ca}`)).rejects.toThrow(/certificate/);
    }
  });

  it('should encrypt without verifying when only that is asked', async () => {
    expect(await opened('?sslmode=require')).toMatch(/^TLSv1/);
  });

  it.each([
    ['of another CA', () => `?sslmode=verify-full&sslrootcert=${others.ca}`, () => server],
    ['of a CA that Node does not know', () => '?sslmode=verify-full', () => server],
    ['for another name', () => `?sslmode=verify-full&sslrootcert=${elsewhere.ca}`, () => misnamed],
  ])('should refuse a certificate %s', async (_, query, where) => {
    await expect(opened(query(), where())).rejects.toThrow(
      /\(DATABASE_URL\): its certificate was not accepted.*sslrootcert=/,
    );
  });

  it('should refuse a server without TLS', async () => {
    const plain = await startOwnServer(engine);
    await onTestServer(engine, 'CREATE DATABASE prosa', EXISTING[engine], plain.url);
    try {
      for (const query of ['?sslmode=require', '?sslmode=verify-full']) {
        await expect(opened(query, plain)).rejects.toThrow(
          /DATABASE_URL asks for encryption \(sslmode\), which the server does not offer/,
        );
      }
      expect(String(await opened('', plain))).not.toContain('TLS');
    } finally {
      await plain.stop();
    }
  });
});

describe(databaseTarget.name, () => {
  const target = (query: string) =>
    databaseTarget(`postgres://u:geheim@db/prosa${query}`, tmpdir());
  const empty = join(tmpdir(), 'prosa-no-certificate.pem');
  const broken = join(tmpdir(), 'prosa-broken-certificate.pem');

  beforeAll(() => {
    writeFileSync(empty, 'nothing');
    writeFileSync(broken, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
  });

  it.each([
    ['?ssl=true', /unknown option ssl: sslmode and sslrootcert exist/],
    ['?sslmode=prefer', /sslmode=prefer, but must have one of disable, require, verify-full/],
    ['?sslmode=verify-full&sslmode=disable', /sslmode twice/],
    [`?sslmode=disable&sslrootcert=${empty}`, /sslmode=disable together with sslrootcert/],
    ['?sslrootcert=/not/there.pem', /sslrootcert in DATABASE_URL cannot be read: ENOENT/],
    [`?sslrootcert=${empty}`, /holds no PEM certificate/],
    [`?sslrootcert=${broken}`, /holds a broken certificate/],
  ])('should refuse %s, whatever it was to mean', (query, words) => {
    expect(() => target(query)).toThrow(words);
    expect(() => target(query)).not.toThrow(/geheim/);
  });

  it('should not encrypt unless told', () => {
    expect(target('')).not.toHaveProperty('tls');
    expect(target('?sslmode=disable')).not.toHaveProperty('tls');
    expect(target('?sslmode=verify-full')).toMatchObject({ tls: { verify: true } });
  });
});
