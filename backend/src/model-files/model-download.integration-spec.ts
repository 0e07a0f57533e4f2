import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HubServer, startHubServer } from '../../test/fakes/hub-server.js';
import { tinyGguf } from '../../test/fakes/tiny-gguf.js';
import { writeTinyT5 } from '../../test/fakes/tiny-t5.js';
import { HubClient, type HubDeadlines } from './hub-client.js';
import { type DownloadTools, downloadModel, DISK_MARGIN, type Progress } from './model-download.js';
import { wantedModel } from './model-name.rules.js';
import { takeTurn } from './turn.js';

const NAME = 'ana/tiny-GGUF';
const FILE = 'tiny-Q4_K_M.gguf';
const GGUF = tinyGguf();

describe(downloadModel.name, () => {
  let hub: HubServer;
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'prosa-hub-'));
    hub = await startHubServer({ [NAME]: { files: { [FILE]: GGUF }, licence: 'mit' } });
  });
  afterEach(async () => {
    await hub.close();
    rmSync(folder, { recursive: true });
  });

  const at = (name: string) => join(folder, NAME, name);
  const parts = () => readdirSync(join(folder, NAME)).filter((name) => name.endsWith('.part'));
  const partAt = () => at(parts()[0] ?? 'no part');

  async function download(
    name = NAME,
    tools: Partial<DownloadTools> & { deadlines?: HubDeadlines } = {},
    signal = new AbortController().signal,
    progress: Progress[] = [],
  ) {
    const { deadlines, ...others } = tools;
    const client = new HubClient({ endpoint: hub.url, token: undefined }, deadlines);
    return downloadModel(
      wantedModel(name),
      { hub: client, folder, retryMs: 1, ...others },
      signal,
      (one) => void progress.push(one),
    );
  }
  const refusal = (name?: string, tools?: Parameters<typeof download>[1]) =>
    download(name, tools).catch((error: unknown) => error);

  it('should bring a model from where the hub points to, and say how far it is', async () => {
    const progress: Progress[] = [];
    const model = await download(NAME, {}, undefined, progress);
    expect(model).toEqual({
      ...{ kind: 'llama', name: `${NAME}/${FILE}`, id: `llama/${NAME}/${FILE}` },
      bytes: GGUF.length,
      ...{ licence: 'mit', wasHere: false },
    });
    expect(readFileSync(at(FILE)).equals(GGUF)).toBe(true);
    expect(hub.requests.map(({ place }) => place)).toEqual(['list', 'file', 'cdn']);
    expect(progress[0]).toEqual({ phase: 'asking', doneBytes: 0, totalBytes: 0 });
    expect(progress.at(-1)).toEqual({
      ...{ phase: 'checking', doneBytes: GGUF.length, totalBytes: GGUF.length },
    });
    const done = progress.map(({ doneBytes }) => doneBytes);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(readdirSync(join(folder, NAME))).toEqual([FILE]);
  });

  it('should fetch nothing anew that is here and right, and all of what was damaged', async () => {
    await download();
    expect(await download()).toMatchObject({ wasHere: true });
    expect(hub.requests.filter(({ place }) => place === 'cdn')).toHaveLength(1);
    writeFileSync(at(FILE), Buffer.alloc(GGUF.length));
    expect(await download()).toMatchObject({ wasHere: false });
    expect(readFileSync(at(FILE)).equals(GGUF)).toBe(true);
  });

  it('should go on where a connection broke, as often as it breaks', async () => {
    hub.behave({ drop: { afterBytes: 100_000, times: 3 } });
    await download();
    expect(readFileSync(at(FILE)).equals(GGUF)).toBe(true);
    const ranges = hub.requests.filter(({ place }) => place === 'cdn').map(({ range }) => range);
    expect(ranges).toHaveLength(4);
    expect(ranges[0]).toBeUndefined();
    const begins = ranges.slice(1).map((range) => Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1]));
    expect(begins.every((begin, n) => begin > (begins[n - 1] ?? 0))).toBe(true);
  });

  it('should keep what has arrived when it gives up, and go on from there next time', async () => {
    hub.behave({ drop: { afterBytes: 50_000, times: 1000 } });
    expect(await refusal()).toMatchObject({ code: 'DOWNLOAD.CUT_SHORT' });
    expect(existsSync(at(FILE))).toBe(false);
    const { size } = statSync(partAt());
    expect(size).toBeGreaterThanOrEqual(50_000);
    hub.behave({});
    await download();
    expect(hub.requests.at(-1)?.range).toBe(`bytes=${String(size)}-`);
    expect(readFileSync(at(FILE)).equals(GGUF)).toBe(true);
    expect(parts()).toEqual([]);
  });

  it('should begin anew with a server that sends whole files only', async () => {
    hub.behave({ drop: { afterBytes: 50_000, times: 1000 } });
    await refusal();
    hub.behave({ ignoresRange: true });
    await download();
    expect(readFileSync(at(FILE)).equals(GGUF)).toBe(true);
  });

  it('should begin anew when the hub has another file under the name', async () => {
    hub.behave({ drop: { afterBytes: 50_000, times: 1000 } });
    await refusal();
    const newer = tinyGguf({ script: ['▁Outro'] });
    hub.put(NAME, { files: { [FILE]: newer } });
    hub.behave({});
    await download();
    expect(hub.requests.at(-1)?.range).toBeUndefined();
    expect(readFileSync(at(FILE)).equals(newer)).toBe(true);
    expect(parts()).toEqual([]);
  });

  it('should give up on a connection that says nothing more', async () => {
    hub.behave({ stallAfter: 1000 });
    const deadlines = { answerMs: 10_000, idleMs: 100 };
    expect(await refusal(NAME, { deadlines })).toMatchObject({ code: 'DOWNLOAD.CUT_SHORT' });
    expect(statSync(partAt()).size).toBeLessThanOrEqual(5000);
  });

  it('should stop when it is told to, and keep what has arrived', async () => {
    hub.behave({ stallAfter: 100_000 });
    const stop = new AbortController();
    const progress: Progress[] = [];
    const begun = download(NAME, {}, stop.signal, progress);
    while ((progress.at(-1)?.doneBytes ?? 0) < 100_000) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    stop.abort();
    await expect(begun).rejects.toThrow('abort');
    expect(statSync(partAt()).size).toBe(100_000);
    hub.behave({});
    expect(await download()).toMatchObject({ wasHere: false });
  });

  it.each([
    ['a byte was changed on its way', { corrupts: true }],
    ['more came than was promised', { sendsTooMuch: true }],
  ])('should delete what arrived, and say so, where %s', async (_, behaviour) => {
    hub.behave(behaviour);
    expect(await refusal()).toMatchObject({
      ...{ code: 'DOWNLOAD.CHECKSUM', details: { file: FILE } },
    });
    expect(readdirSync(join(folder, NAME))).toEqual([]);
    hub.behave({});
    await download();
  });

  it('should check small files, too, which the hub names as git does', async () => {
    const t5 = join(folder, 'made');
    writeTinyT5(t5);
    const files = t5Files(t5);
    hub.put('Xenova/flan-t5-small', { files });
    const target = join(folder, 'Xenova/flan-t5-small/config.json');
    mkdirSync(join(folder, 'Xenova/flan-t5-small'), { recursive: true });
    writeFileSync(target, Buffer.alloc(files['config.json']?.length ?? 0, ' '));
    const model = await download('google/flan-t5-small');
    expect(model).toMatchObject({ kind: 'flan-t5', id: 'flan-t5/Xenova/flan-t5-small' });
    expect(readFileSync(target).equals(files['config.json'] ?? Buffer.alloc(0))).toBe(true);
  });

  it('should not show a model before all of it is here', async () => {
    const t5 = join(folder, 'made');
    writeTinyT5(t5);
    hub.put('ana/t5', { files: t5Files(t5) });
    hub.behave({ refuse: { place: 'cdn', status: 404 } });
    await refusal('ana/t5');
    expect(existsSync(join(folder, 'ana/t5/config.json'))).toBe(false);
  });

  it.each([
    ['a page', { [FILE]: Buffer.from('<html>Not found</html>') }, FILE],
    ['a cut file', { [FILE]: GGUF.subarray(0, GGUF.length - 100) }, FILE],
  ])('should delete %s that the hub itself has for a model', async (_, files, file) => {
    hub.put(NAME, { files });
    expect(await refusal()).toMatchObject({ code: 'DOWNLOAD.NOT_A_MODEL', details: { file } });
    expect(readdirSync(join(folder, NAME))).toEqual([]);
  });

  it('should see before the large files that it is no T5', async () => {
    const t5 = join(folder, 'made');
    writeTinyT5(t5);
    const files = { ...t5Files(t5), 'config.json': Buffer.from('{"model_type":"bert"}') };
    hub.put('ana/bert', { files });
    const details = { file: 'config.json' };
    expect(await refusal('ana/bert')).toMatchObject({ code: 'DOWNLOAD.NOT_A_MODEL', details });
    expect(hub.requests.filter(({ place }) => place === 'cdn')).toEqual([]);
  });

  it('should write nothing outside its folder, whatever names the hub has', async () => {
    const names = [
      '../../evil.gguf',
      '/etc/evil.gguf',
      'a\\..\\evil.gguf',
      'x/../../e.gguf',
      'nul.gguf',
    ];
    const lfs = { sha256: 'a'.repeat(64), size: GGUF.length };
    const siblings = names.map((rfilename) => ({ rfilename, size: GGUF.length, lfs }));
    hub.put(NAME, { files: {}, siblings });
    expect(await refusal()).toMatchObject({ code: 'DOWNLOAD.NOT_RUNNABLE' });
    hub.put(NAME, { files: { [FILE]: GGUF }, siblings });
    await download();
    expect(readdirSync(folder).sort()).toEqual(['ana', 'prosa.lock', 'prosa.lock.txt']);
    expect(readdirSync(join(folder, NAME))).toEqual([FILE]);
  });

  it('should look at the room on the disk first', async () => {
    const free = () => Promise.resolve(DISK_MARGIN + GGUF.length - 1);
    expect(await refusal(NAME, { free })).toMatchObject({
      code: 'DOWNLOAD.DISK_FULL',
      details: { neededMb: 538, freeMb: 537 },
    });
    expect(hub.requests.map(({ place }) => place)).toEqual(['list']);
    await download(NAME, { free: () => Promise.resolve(DISK_MARGIN + GGUF.length) });
  });

  it('should say so when the disk runs full on the way', async () => {
    hub.behave({ refuse: { place: 'cdn', status: 404 } });
    await refusal();
    hub.behave({});
    const part = partAt();
    rmSync(part);
    symlinkSync('/dev/full', part);
    expect(await refusal()).toMatchObject({ code: 'DOWNLOAD.DISK_FULL' });
  });

  it('should say so where it may not write', async () => {
    mkdirSync(join(folder, 'ana'));
    writeFileSync(join(folder, 'ana/tiny-GGUF'), 'a file in the way');
    expect(await refusal()).toMatchObject({ code: 'DOWNLOAD.FOLDER' });
    rmSync(join(folder, 'ana'), { recursive: true });
    writeFileSync(join(folder, 'models'), '');
    const inside = join(folder, 'models/below');
    expect(await refusal(NAME, { folder: inside })).toMatchObject({ code: 'DOWNLOAD.FOLDER' });
  });

  it('should let one download go on at a time', async () => {
    const endTurn = takeTurn(folder);
    expect(await refusal()).toMatchObject({ code: 'DOWNLOAD.BUSY' });
    endTurn();
    await download();
  });
});

function t5Files(folder: string): Record<string, Buffer> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    names
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
}
