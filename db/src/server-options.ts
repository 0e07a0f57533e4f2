import type { ConnectionOptions as TlsOptions } from 'node:tls';
import { isIP } from 'node:net';
import { rootCertificates } from 'node:tls';
import type { ServerTarget } from './database-target.js';

/**
 * How long a connection may be in coming, whether the server makes one or another caller has it: a
 * server that refuses is told of at once (F19). Longer than this process is ever busy with itself:
 * loading a model's library blocks it for a second, and for several on a slow machine.
 */
export const BUSY_TIMEOUT_MS = 5000;

/** Where MariaDB is and who we are there, as its connector wants it. */
export function mariadbAccount(target: ServerTarget) {
  const { host, port, username: user, password, database } = target;
  const ssl = tlsOptions(target);
  return {
    ...{ host, port, user, password, database, connectTimeout: BUSY_TIMEOUT_MS },
    ...(ssl && { ssl }),
  };
}

/** Where PostgreSQL is and who we are there, as `pg` wants it. */
export function postgresAccount(target: ServerTarget) {
  const { host, port, username: user, password, database } = target;
  const ssl = tlsOptions(target);
  return {
    ...{ host, port, user, password, database, connectionTimeoutMillis: BUSY_TIMEOUT_MS },
    ...(ssl && { ssl }),
  };
}

/**
 * What both drivers hand on to `tls.connect`. Certificates are always named: without any, MariaDB's
 * connector would accept a self-signed one of a server that knows the password.
 */
export function tlsOptions({ host, tls }: ServerTarget): TlsOptions | undefined {
  if (tls === undefined) {
    return undefined;
  }
  if (!tls.verify) {
    return { rejectUnauthorized: false };
  }
  return {
    rejectUnauthorized: true,
    ca: tls.ca ?? [...rootCertificates],
    host, // The name that the certificate must bear: the drivers hand over a socket, not a name.
    ...(isIP(host) === 0 ? { servername: host } : {}),
  };
}
