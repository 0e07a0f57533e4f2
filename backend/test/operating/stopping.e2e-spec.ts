import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { startChildServer } from '../harness/child-server.js';

it('should stop in time although a client holds a connection and asks nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'prosa-stopping-'));
  const settings = { LLM_MODELS: 'quotes', DATA_DIR: folder, DRAIN_SECONDS: '1' };
  const server = await startChildServer(settings);
  const silent = connect(Number(new URL(server.url).port), '127.0.0.1');
  await new Promise((resolve) => silent.once('connect', resolve));
  silent.on('error', () => undefined);
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
  // One that had waited for it would be ended with 1, after its time to stop.
  expect(await server.end('SIGTERM')).toEqual({ code: 0 });
  silent.destroy();
  rmSync(folder, { recursive: true });
});
