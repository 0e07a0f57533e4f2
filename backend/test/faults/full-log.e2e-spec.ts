import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aFirstAdministrator } from '../harness/api-client.js';
import { aConversation, asked } from '../harness/asking.js';
import { aPlace, type Place } from '../harness/place.js';
import { eventually } from './away-scene.js';

const MAIN = join(import.meta.dirname, '../../../dist/backend/src/main.js');

/** A start on a busy machine, and what comes after. */
const SLOW_START_MS = 120_000;

// F22 of the research on reliability: the log cannot be written.
describe('a server whose log cannot be written', () => {
  let place: Place;
  let child: ChildProcess;

  beforeAll(async () => {
    place = await aPlace('sqlite', {
      LLM_MODELS: 'quotes',
      TITLE_MODEL: 'off',
      LOG_LEVEL: 'debug',
    });
  });
  afterEach(async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  });
  afterAll(() => place.drop());

  /** @param output where its output goes: a file descriptor, or a pipe. */
  async function start(output: number | 'pipe'): Promise<string> {
    const port = await aFreePort();
    child = spawn(process.execPath, [MAIN], {
      env: { PATH: process.env['PATH'], ...place.settings, PORT: String(port) },
      stdio: ['ignore', output, output],
    });
    const url = `http://127.0.0.1:${String(port)}`;
    await eventually(() => isLive(url));
    return url;
  }

  const isLive = (url: string) =>
    fetch(`${url}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );

  it(
    'should start and answer although the disk of its log is full',
    async () => {
      const url = await start(openSync('/dev/full', 'w'));
      const { client } = await aFirstAdministrator({ url });
      const post = await asked(client, await aConversation(client), 'o que é o Prosa?');
      expect(post.status).toBe('done');
      expect(await isLive(url)).toBe(true);
      expect(child.exitCode).toBeNull();
    },
    SLOW_START_MS,
  );

  it(
    'should answer on when nobody reads its log any more',
    async () => {
      const url = await start('pipe');
      child.stdout?.destroy();
      child.stderr?.destroy();
      for (let n = 0; n < 20; n += 1) expect(await isLive(url)).toBe(true);
      expect((await fetch(`${url}/api/setup`)).status).toBe(200);
      expect(child.exitCode).toBeNull();
    },
    SLOW_START_MS,
  );
});

async function aFreePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
