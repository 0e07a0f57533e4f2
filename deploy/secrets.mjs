// Makes this installation's passwords and keys, once: `node deploy/secrets.mjs`. What is there is
// kept, so that it may run at every start. Readers get the files through `…_FILE` variables.
//
//   DB_SECRETS       folder for the database:  root-password, password
//   BACKEND_SECRETS  folder for Prosa:         database-url, jwt-secret, masking-key
//   DB_HOST, DB_NAME, DB_USER                  what database-url says beside the password
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const SECRET_BYTES = 32;
const OWNER_READS = 0o400;
/** The database runs as another user, which is given this file's group. */
const GROUP_READS = 0o440;

const { DB_SECRETS = '/run/prosa/db', BACKEND_SECRETS = '/run/prosa/backend' } = process.env;
const { DB_HOST = 'db:3306', DB_NAME = 'prosa', DB_USER = 'prosa' } = process.env;

/** Letters, digits, - and _ only: it stands in an address as it is. */
const made = () => randomBytes(SECRET_BYTES).toString('base64url');

/**
 * Reads a secret; makes it first where there is none. It appears whole or not at all, and of two
 * processes that make it at once both read the same.
 */
function secret(folder, name, mode, make) {
  const file = join(folder, name);
  const draft = `${file}.${process.pid}`;
  const descriptor = openSync(draft, 'wx', mode);
  try {
    writeSync(descriptor, make());
    fsyncSync(descriptor);
    linkSync(draft, file);
    console.log(`made ${file}`);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  } finally {
    closeSync(descriptor);
    rmSync(draft);
  }
  return readFileSync(file, 'utf8');
}

try {
  secret(DB_SECRETS, 'root-password', GROUP_READS, made);
  const password = secret(DB_SECRETS, 'password', GROUP_READS, made);
  secret(BACKEND_SECRETS, 'database-url', OWNER_READS, () => {
    return `mariadb://${DB_USER}:${password}@${DB_HOST}/${DB_NAME}`;
  });
  secret(BACKEND_SECRETS, 'jwt-secret', OWNER_READS, made);
  secret(BACKEND_SECRETS, 'masking-key', OWNER_READS, made);
} catch (error) {
  console.error(`The secrets cannot be made (DB_SECRETS, BACKEND_SECRETS): ${error.message}`);
  process.exitCode = 1;
}
