import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HUB_TOKEN, type HubServer, startHubServer } from '../../test/fakes/hub-server.js';
import { tinyGguf } from '../../test/fakes/tiny-gguf.js';
import { HubClient } from './hub-client.js';
import { downloadModel } from './model-download.js';
import { wantedModel } from './model-name.rules.js';

const NAME = 'ana/tiny-GGUF';
const FILE = 'tiny-Q4_K_M.gguf';
const GGUF = tinyGguf();

describe('what a hub of models refuses', () => {
  let hub: HubServer;
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'prosa-hub-'));
    hub = await startHubServer({ [NAME]: { files: { [FILE]: GGUF } } });
  });
  afterEach(async () => {
    await hub.close();
    rmSync(folder, { recursive: true });
  });

  const at = (name: string) => join(folder, NAME, name);
  const download = (name = NAME, { token }: { token?: string } = {}) =>
    downloadModel(
      wantedModel(name),
      { hub: new HubClient({ endpoint: hub.url, token }), folder, retryMs: 1 },
      new AbortController().signal,
      () => undefined,
    );
  const refusal = (...wish: Parameters<typeof download>) =>
    download(...wish).catch((error: unknown) => error);

  it.each([
    ['a model that is not there', 'ana/none-GGUF', 'NOT_FOUND'],
    ['a file that is not there', `${NAME}/none.gguf`, 'NO_SUCH_FILE'],
    ['one without anything to run', 'ana/safetensors', 'NOT_RUNNABLE'],
  ])('should be said of %s', async (_, name, code) => {
    hub.put('ana/safetensors', { files: { 'model.safetensors': GGUF } });
    expect(await refusal(name)).toMatchObject({ code: `DOWNLOAD.${code}` });
  });

  it.each([
    ['nobody may have it without a token', 'token', undefined, 'TOKEN_NEEDED'],
    ['the token may not have it', 'nobody', HUB_TOKEN, 'GATED'],
  ] as const)('should be said where %s', async (_, gated, token, code) => {
    hub.put(NAME, { files: { [FILE]: GGUF }, gated });
    const tools = token === undefined ? {} : { token };
    expect(await refusal(NAME, tools)).toMatchObject({ code: `DOWNLOAD.${code}` });
  });

  it('should be given to a token that may have it, which goes to the hub alone', async () => {
    hub.put(NAME, { files: { [FILE]: GGUF }, gated: 'token' });
    await download(NAME, { token: HUB_TOKEN });
    expect(hub.requests.map(({ place, authorization }) => [place, authorization])).toEqual([
      ['list', `Bearer ${HUB_TOKEN}`],
      ['file', `Bearer ${HUB_TOKEN}`],
      ['cdn', undefined],
    ]);
  });

  it.each([
    ['429', { status: 429, headers: { 'retry-after': '37' } }, 'RATE_LIMITED', 37],
    ['429 without a time', { status: 429 }, 'RATE_LIMITED', 60],
    ['500', { status: 500 }, 'HUB_FAILED', undefined],
    ['a page of a proxy', { status: 200, body: '<html>Sign in</html>' }, 'BAD_ANSWER', undefined],
    ['a list of nothing', { status: 200, body: '{"siblings":7}' }, 'BAD_ANSWER', undefined],
    [
      'a token that has expired',
      {
        status: 401,
        headers: { 'x-error-message': 'Invalid credentials in Authorization header' },
      },
      'TOKEN_REFUSED',
      undefined,
    ],
  ] as const)('should be said of %s', async (_, refuse, code, retryAfterSeconds) => {
    hub.behave({ refuse: { place: 'list', ...refuse } });
    const error = await refusal(NAME, { token: HUB_TOKEN });
    expect(error).toMatchObject({ code: `DOWNLOAD.${code}` });
    if (retryAfterSeconds) expect(error).toMatchObject({ retryAfterSeconds });
  });

  it('should be tried again where it passes', async () => {
    hub.behave({ refuse: { place: 'cdn', status: 503, times: 2 } });
    await download();
    expect(readFileSync(at(FILE)).equals(GGUF)).toBe(true);
  });

  it('should not be taken for a matter of rights where a signed address has expired', async () => {
    hub.behave({ refuse: { place: 'cdn', status: 403, times: 1 } });
    await download();
    hub.behave({ refuse: { place: 'cdn', status: 403 } });
    writeFileSync(at(FILE), '');
    expect(await refusal()).toMatchObject({ code: 'DOWNLOAD.HUB_FAILED' });
  });

  it('should not be followed in circles, nor to what is no address', async () => {
    const headers = { location: '/api/models/ana/tiny-GGUF' };
    hub.behave({ refuse: { place: 'list', status: 302, headers } });
    expect(await refusal()).toMatchObject({ code: 'DOWNLOAD.BAD_ANSWER' });
    hub.behave({
      refuse: { place: 'file', status: 302, headers: { location: 'file:///etc/passwd' } },
    });
    expect(await refusal()).toMatchObject({ code: 'DOWNLOAD.HUB_FAILED' });
  });

  it('should be said where nobody answers', async () => {
    await hub.close();
    const error = await refusal();
    expect(error).toMatchObject({ code: 'DOWNLOAD.OFFLINE' });
    expect(error).toMatchObject({ details: { hub: new URL(hub.url).host } });
    hub = await startHubServer();
  });
});
