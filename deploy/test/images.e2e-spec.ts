import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mariadb from 'mariadb';
import { ApiClient, PASSWORD } from '../../backend/test/harness/api-client.js';
import { aConversation, askStream } from '../../backend/test/harness/asking.js';
import { sendContext } from './harness/build-context.ts';
import { readComposition, serviceNamed } from './harness/composition.ts';
import { commandOf, environmentOf, readDockerfile, stageNamed } from './harness/dockerfile.ts';
import { ImageFolders } from './harness/image-folders.ts';
import { startNameServer } from './harness/names.ts';
import { freePort, startNginx } from './harness/nginx.ts';

const ROOT = join(import.meta.dirname, '../..');
const DOCKERFILE = join(ROOT, 'deploy/Dockerfile');
/** Two minutes on an idle machine; many more where others work. */
const BUILD_MS = 900_000;
const START_MS = 30_000;
const AS_ROOT = process.getuid?.() === 0;
/** The image's account; somebody who is not root is unprivileged already. */
const UNPRIVILEGED = AS_ROOT ? { uid: 1000, gid: 1000 } : {};

/** The test server of MariaDB, on which the composition's own account is made. */
const SERVER = new URL(process.env['TEST_MARIADB_URL'] ?? 'mariadb://absent');
const DATABASE = `prosa_image_${String(process.pid)}`;

describe('the images, made and run outside Docker', () => {
  const composition = readComposition();
  const place = mkdtempSync(join(tmpdir(), 'prosa-images-'));
  let images: ImageFolders;
  let root: string;
  let web: string;

  /** Runs a program of the backend's image as its account, paths and settings of the composition. */
  const start = (
    command: readonly string[],
    settings: Readonly<Record<string, string>>,
    output: 'pipe' | 'inherit' = 'pipe',
  ): ChildProcess => {
    const [program = '', ...rest] = command;
    const environment = Object.entries({
      ...environmentOf(stageNamed(readDockerfile(DOCKERFILE), 'backend')),
      ...settings,
    }).map(([name, value]) => [name, value.replace(/^\/(?=run|var)/, `${root}/`)]);
    return spawn(join(root, 'usr/local/bin', program), rest, {
      cwd: join(root, 'app'),
      env: { PATH: '/usr/bin:/bin', ...(Object.fromEntries(environment) as object) },
      stdio: ['ignore', output, output],
      ...UNPRIVILEGED,
    });
  };
  const codeOf = (child: ChildProcess) =>
    new Promise<number | null>((resolve) => child.once('exit', resolve));
  const makeSecrets = () => {
    const { command = [], environment = {} } = serviceNamed(composition, 'secrets');
    return codeOf(
      start(command, {
        ...environment,
        DB_HOST: SERVER.host,
        DB_NAME: DATABASE,
        DB_USER: DATABASE,
      }),
    );
  };
  const onServer = async (...statements: string[]) => {
    const connection = await mariadb.createConnection({
      host: SERVER.hostname,
      port: Number(SERVER.port),
      user: SERVER.username,
      password: SERVER.password,
    });
    for (const statement of statements) {
      await connection.query(statement);
    }
    await connection.end();
  };

  beforeAll(() => {
    chmodSync(place, 0o755);
    const context = join(place, 'context');
    sendContext(ROOT, context);
    images = new ImageFolders(DOCKERFILE, context, place);
    web = images.build('frontend');
    root = images.build('backend');
    // The base image's own part: Node.
    mkdirSync(join(root, 'usr/local/bin'), { recursive: true });
    cpSync(process.execPath, join(root, 'usr/local/bin/node'));
    // `read_only: true`
    execFileSync('chmod', ['-R', 'a-w', join(root, 'app')]);
    console.log(images.times.map(({ command, ms }) => `${String(ms)} ms  ${command}`).join('\n'));
  }, BUILD_MS);

  afterAll(async () => {
    await onServer(`DROP DATABASE IF EXISTS ${DATABASE}`, `DROP USER IF EXISTS ${DATABASE}`);
    if (!AS_ROOT) {
      execFileSync('chmod', ['-R', 'u+w', join(root, 'app')]);
    }
    rmSync(place, { recursive: true });
  }, BUILD_MS);

  it('should be sent nothing that is not theirs', () => {
    const sent = (path: string) => existsSync(join(place, 'context', path));
    expect(sent('backend/src/main.ts')).toBe(true);
    for (const path of [
      '.git',
      '.env',
      'data',
      'dist',
      'node_modules',
      'backend/test',
      'testing',
    ]) {
      expect({ path, sent: sent(path) }).toEqual({ path, sent: false });
    }
  });

  it('should hold what runs, and neither sources nor tools', () => {
    for (const path of ['package.json', 'dist/db/src/index.js', 'docs/en/operate.md']) {
      expect(existsSync(join(root, 'app', path))).toBe(true);
    }
    for (const tool of ['nx', 'jest', '@angular/build', 'node', 'prettier']) {
      expect({ tool, there: existsSync(join(root, 'app/node_modules', tool)) }).toEqual({
        tool,
        there: false,
      });
    }
    const sources = execFileSync('find', [
      ...['dist', 'docs', 'deploy'].map((name) => join(root, 'app', name)),
      ...['-name', '*.ts', '-o', '-name', '*.spec.*', '-o', '-name', '.tsbuildinfo'],
    ]);
    expect(sources.toString()).toBe('');
    const page = join(web, 'usr/share/nginx/html/index.html');
    expect(existsSync(page)).toBe(true);
    expect(existsSync(`${page}.gz`)).toBe(true);
    expect(existsSync(`${page}.br`)).toBe(false);
  });

  it('should take a team from the first run to an answer, and stop cleanly', async () => {
    expect(await makeSecrets()).toBe(0);
    expect(await makeSecrets()).toBe(0);
    // As the image of MariaDB makes its user, from the same file.
    const password = readFileSync(join(root, 'run/prosa/db/password'), 'utf8');
    await onServer(
      `CREATE DATABASE ${DATABASE}`,
      `CREATE USER ${DATABASE} IDENTIFIED BY '${password}'`,
      `GRANT ALL ON ${DATABASE}.* TO ${DATABASE}`,
    );
    const unwritable = spawnSync('touch', [join(root, 'app/dist/x')], UNPRIVILEGED);
    expect(unwritable.status).not.toBe(0);

    const port = String(await freePort());
    const backend = serviceNamed(composition, 'backend');
    const settings = { ...backend.environment, PORT: port, HOST: '127.0.0.1', OLLAMA_URL: '' };
    const server = start(commandOf(stageNamed(readDockerfile(DOCKERFILE), 'backend')), settings);
    const ended = codeOf(server);
    const code = await printed(server, /Setup code: (\S+)/);
    const [, ...check] = backend.healthcheck?.test ?? [];
    expect(await codeOf(start(check, settings))).toBe(0);
    expect(await codeOf(start(check, { ...settings, PORT: '1' }))).toBe(1);

    const names = await startNameServer('127.0.0.1');
    const nginx = await startNginx(
      { PROSA_BACKEND: `backend:${port}`, PROSA_RESOLVER: names.address },
      {
        template: join(web, 'etc/nginx/templates/nginx.conf.template'),
        web: join(web, 'usr/share/nginx/html'),
      },
    );
    const client = new ApiClient(nginx.url);
    expect(await (await fetch(nginx.url, { headers: { accept: 'text/html' } })).text()).toContain(
      '<app-root',
    );
    const person = { username: 'admin', password: PASSWORD };
    expect((await client.post('/api/setup', person)).status).toBe(403);
    client.keep(await client.post('/api/setup', { ...person, code }), 201);
    const prompt = 'Como faço uma cópia de segurança?';
    const answer = await askStream(client, await aConversation(client), { prompt });
    await answer.all();
    expect(answer.types.at(-1)).toBe('done');
    expect(answer.text.length).toBeGreaterThan(100);

    server.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(await nginx.stop('SIGQUIT')).toBe(0);
    names.close();
  }, 60_000);
});

/** Waits for a line; returns its first group. @throws with everything printed, when it does not come. */
async function printed(child: ChildProcess, line: RegExp): Promise<string> {
  let output = '';
  const take = (part: Buffer) => (output += part.toString());
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  const limit = Date.now() + START_MS;
  while (Date.now() < limit && child.exitCode === null) {
    const found = line.exec(output)?.[1];
    if (found !== undefined) {
      return found;
    }
    await wait(20);
  }
  throw new Error(`nothing like ${line.source}:\n${output}`);
}
