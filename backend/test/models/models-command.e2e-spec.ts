import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HUB_TOKEN, type HubServer, startHubServer } from '../fakes/hub-server.js';
import { tinyGguf } from '../fakes/tiny-gguf.js';

const COMMAND = join(import.meta.dirname, '../../../dist/backend/src/models.js');
const NAME = 'ana/tiny-GGUF';
const FILE = 'tiny-Q4_K_M.gguf';
const ID = `llama/${NAME}/${FILE}`;
const GGUF = tinyGguf();

describe('npm run models', () => {
  let hub: HubServer;
  let data: string;

  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), 'prosa-models-'));
    hub = await startHubServer({ [NAME]: { files: { [FILE]: GGUF }, licence: 'apache-2.0' } });
  });
  afterEach(async () => {
    await hub.close();
    rmSync(data, { recursive: true });
  });

  const folder = () => join(data, 'models', NAME);
  const filesHere = () => (existsSync(folder()) ? readdirSync(folder()) : []);

  function begin(args: readonly string[], settings: Record<string, string> = {}) {
    if (!existsSync(COMMAND)) throw new Error('the command is not built: npm run build');
    const env = {
      ...{ PATH: process.env['PATH'], LANG: 'en_US.UTF-8', DATA_DIR: data, HF_ENDPOINT: hub.url },
      ...settings,
    };
    const child = spawn(process.execPath, [COMMAND, ...args], { env });
    const said = { out: '', err: '' };
    child.stdout.on('data', (text: Buffer) => (said.out += text.toString()));
    child.stderr.on('data', (text: Buffer) => (said.err += text.toString()));
    const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
      child.once('close', (code) => {
        resolve({ code, ...said });
      }),
    );
    return { child, ended };
  }
  const run = (args: readonly string[], settings?: Record<string, string>) =>
    begin(args, settings).ended;

  /** Begins a download that stops half-way, and waits until so much of it is here. */
  async function halfWay(bytes: number) {
    hub.behave({ stallAfter: bytes });
    const download = begin(['add', NAME]);
    const arrived = () => filesHere().map((name) => statSync(join(folder(), name)).size);
    while (!arrived().includes(bytes)) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return download;
  }

  it('should download a model in plain lines, say what it is, and end well', async () => {
    const { code, out, err } = await run(['add', NAME]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const host = new URL(hub.url).host;
    expect(out).toContain(`Asking ${host} …\n`);
    expect(out).toContain(`Downloaded: ${NAME}/${FILE} (`);
    expect(out).toContain(`Licence: apache-2.0. See ${hub.url}/${NAME}\n`);
    expect(out).toContain(`Prosa offers it as ${ID} within half a minute`);
    expect(out).not.toContain('\u001b');
    expect(filesHere()).toEqual([FILE]);
    expect((await run(['add', NAME])).out).toContain('was here already, and is whole');
  });

  it('should speak the language of the terminal', async () => {
    const { out } = await run(['add', NAME], { LANG: 'pt_BR.UTF-8' });
    expect(out).toContain(`Baixado: ${NAME}/${FILE} (`);
    const { code, err } = await run(['add', 'ana/none'], { LC_ALL: 'pt_PT' });
    expect({ code, err }).toEqual({
      code: 1,
      err: 'O hub não mostra a ninguém um modelo ana/none. Confira o nome; um modelo privado exige um token em HF_TOKEN.\n',
    });
  });

  it('should say where an operator’s list leaves the model out', async () => {
    const { out } = await run(['add', NAME], { LLM_MODELS: 'quotes' });
    expect(out).toContain(`leave it out: name it there as ${ID}, and restart.`);
    const named = await run(['add', NAME], { LLM_MODELS: `quotes,${ID}` });
    expect(named.out).toContain(`Prosa offers it as ${ID}`);
  });

  it('should list what can be had with what the hub says of it, and what is here', async () => {
    const repository = 'Qwen/Qwen2.5-0.5B-Instruct-GGUF';
    const file = 'qwen2.5-0.5b-instruct-q4_k_m.gguf';
    hub.put(repository, { files: { [file]: GGUF }, licence: 'mit' });
    await run(['add', `${repository}/${file}`]);
    await run(['add', NAME]);
    const { code, out } = await run(['list']);
    expect(code).toBe(0);
    expect(out).toContain(
      `Qwen 2.5 0.5B · ${String(Math.round(GGUF.length / 1000))} kB · mit · here\n`,
    );
    expect(out).toMatch(/Llama 3\.2 3B · about 2\.0 GB · llama3\.2\n/);
    expect(out).toContain(`  ${NAME}/${FILE}`);
    expect(out).toMatch(/GB are free on the disk of DATA_DIR/);
  });

  it('should list what it knows while the hub cannot be reached, and say that', async () => {
    const { code, out, err } = await run(['list'], { HF_ENDPOINT: 'http://127.0.0.1:9' });
    expect(code).toBe(1);
    expect(out).toContain('Sizes and licences are from memory: 127.0.0.1:9 did not answer.');
    expect(err).toMatch(/^The server cannot reach 127\.0\.0\.1:9\./);
  });

  it('should go on from where a kill has left it', async () => {
    const { child, ended } = await halfWay(200_000);
    child.kill('SIGKILL');
    await ended;
    const [part = ''] = filesHere();
    expect(part).toMatch(/\.gguf\.[0-9a-f]{12}\.part$/);
    hub.behave({});
    expect(await run(['add', NAME])).toMatchObject({ code: 0 });
    expect(hub.requests.at(-1)?.range).toMatch(/^bytes=[1-9]\d*-$/);
    expect(filesHere()).toEqual([FILE]);
  });

  it('should stop at Ctrl-C, and keep what has arrived', async () => {
    const { child, ended } = await halfWay(200_000);
    child.kill('SIGINT');
    const { code, err } = await ended;
    expect(code).toBe(130);
    expect(err).toMatch(/What has arrived is kept/);
    expect(filesHere()).toEqual([expect.stringMatching(/\.part$/)]);
  });

  it('should let one download go on at a time, whoever began it', async () => {
    const { child, ended } = await halfWay(200_000);
    const { code, err } = await run(['add', NAME]);
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringMatching(/^Another model/) });
    child.kill('SIGKILL');
    await ended;
  });

  it('should remove nothing of what is being downloaded', async () => {
    const { child, ended } = await halfWay(150_000);
    const { code, err } = await run(['remove', NAME]);
    expect(code).toBe(1);
    expect(err).toContain('is being downloaded');
    expect(filesHere()).toEqual([expect.stringMatching(/\.part$/)]);
    child.kill('SIGKILL');
    await ended;
    expect((await run(['remove', NAME])).code).toBe(0);
    expect(filesHere()).toEqual([]);
  });

  it('should never show the token', async () => {
    hub.put(NAME, { files: { [FILE]: GGUF }, gated: 'token' });
    const { code, out, err } = await run(['add', NAME], { HF_TOKEN: HUB_TOKEN });
    expect(code).toBe(0);
    expect(out + err).not.toContain(HUB_TOKEN);
    const refused = await run(['add', 'ana/none'], { HF_TOKEN: HUB_TOKEN });
    expect(refused.out + refused.err).not.toContain(HUB_TOKEN);
  });

  it('should remove a model, and say what is here', async () => {
    expect((await run(['status'])).out).toContain('No model is here.');
    await run(['add', NAME]);
    writeFileSync(join(data, 'models/broken.gguf'), 'nothing of a model');
    const { out } = await run(['status']);
    expect(out).toMatch(new RegExp(`^${ID}  \\d+ kB  can be used$`, 'm'));
    expect(out).toMatch(/^llama\/broken\.gguf {2}\d+ B {2}The files of this model are incomplete/m);
    expect(await run(['remove', NAME])).toMatchObject({ code: 0, out: `Removed: ${NAME}.\n` });
    expect(existsSync(join(data, 'models/ana'))).toBe(false);
    expect(existsSync(join(data, 'models/broken.gguf'))).toBe(true);
    expect(await run(['remove', NAME])).toMatchObject({ code: 1 });
  });

  it.each([[[]], [['add']], [['list', 'x']], [['add', 'a/b', 'c/d']], [['serve']]])(
    'should say how it is used where it is asked %j',
    async (args) => {
      const { code, out, err } = await run(args);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(/^Usage:/);
    },
  );

  it('should take no name that leads out of its folder', async () => {
    for (const name of ['../../etc', 'ana/../../x', '/etc/passwd', '..']) {
      expect(await run(['remove', name])).toMatchObject({ code: 1 });
    }
    expect(existsSync(data)).toBe(true);
  });
});
