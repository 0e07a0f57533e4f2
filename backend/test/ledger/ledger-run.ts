import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { emptyDatabase, type FuzzEngine } from '../fuzz/databases.ts';
import { type ChildServer, startChildServer } from '../harness/child-server.ts';
import { Asker } from './asker.ts';
import { type Agreed, compare, type Comparison } from './compare.rules.ts';
import { countOpen, type Left, readLedger } from './ledger-rows.ts';
import { KNOWN_MODEL, OWN_MODEL, planned, type Planned } from './plan.ts';
import { startUpstream, type Upstream } from './upstream.ts';

export interface RunOptions {
  readonly engine: FuzzEngine;
  /** Questions; with what is asked again, elsewhere and for titles there are more calls. */
  readonly calls: number;
  readonly seed: number;
  /** How often the server is killed with -9 in between. */
  readonly kills: number;
  /** Whether a count by the model's own tokenizer may be off as far as an estimate is. */
  readonly isPatient?: boolean;
}

export interface LedgerRun extends Comparison {
  /** Rows of the ledger, and calls that the provider remembers. */
  readonly rows: number;
  readonly upstream: number;
  readonly titles: number;
}

/** How many people ask at a time. */
const PEOPLE = 12;
/** A killed server's runs are taken over after 6 s of silence and ended soon after. */
const SETTLED_MS = 60_000;
const PASSWORD = 'um cavalo amarelo no telhado';

const PRICES: Readonly<Record<string, Agreed>> = {
  [KNOWN_MODEL]: { input: 0.15, output: 0.6 },
  [OWN_MODEL]: { input: 0.4, output: 1.25 },
};

/** Asks everything of a real server with a provider that fails as planned, and compares. */
export async function runLedger({
  engine,
  calls,
  seed,
  kills,
  isPatient = false,
}: RunOptions): Promise<LedgerRun> {
  const plan = planned(calls, seed);
  const upstream = await startUpstream(plan);
  const database = await emptyDatabase(engine);
  const folder = mkdtempSync(join(tmpdir(), 'prosa-ledger-'));
  try {
    const scene = new Scene(settingsFor(folder, upstream, database.url));
    await scene.start();
    const asker = new Asker(scene);
    await askAll(plan, asker, scene, kills);
    const place = database.url ?? folder;
    if (engine !== 'sqlite') await untilClosed(engine, place);
    await scene.stop();
    return resultOf(await readLedger(engine, place), asker, upstream, isPatient);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await upstream.close();
    await database.drop();
  }
}

function settingsFor(folder: string, { url }: Upstream, databaseUrl?: string) {
  const models = Object.entries(PRICES).map(
    ([model, { input, output }]) =>
      `  - id: openai/${model}\n    contextWindow: 16000\n    prices: { input: ${String(input)}, output: ${String(output)}, asOf: 2026-11-01 }\n`,
  );
  const file = join(folder, 'models.yaml');
  writeFileSync(file, `models:\n${models.join('')}`);
  return {
    DATA_DIR: folder,
    MODELS_FILE: file,
    OPENAI_BASE_URL: url,
    OPENAI_API_KEY: 'of-the-fake',
    TITLE_MODEL: `openai/${OWN_MODEL}`,
    LOG_LEVEL: 'silent',
    ASKS_PER_MINUTE: '100000',
    RUNS_PER_PERSON: '1000',
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  };
}

/** The server, which is killed and started again. */
class Scene {
  private server: Promise<ChildServer> | undefined;
  private signedIn = '';
  private readonly settings: Readonly<Record<string, string>>;

  constructor(settings: Readonly<Record<string, string>>) {
    this.settings = settings;
  }

  async start(): Promise<void> {
    const { url } = await this.launch();
    const answer = await fetch(`${url}/api/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ username: 'admin', password: PASSWORD }),
    });
    if (answer.status !== 201) throw new Error(`setup: ${await answer.text()}`);
    this.signedIn = ((await answer.json()) as { accessToken: string }).accessToken;
  }

  async url(): Promise<string> {
    return (await this.running()).url;
  }

  token(): string {
    return this.signedIn;
  }

  /** With -9, in the middle of whatever it does. */
  async kill(): Promise<void> {
    const server = await this.running();
    this.server = server.end('SIGKILL').then(() => startChildServer(this.settings));
    await this.server;
  }

  async stop(): Promise<void> {
    await (await this.running()).end('SIGTERM');
  }

  private launch(): Promise<ChildServer> {
    return (this.server = startChildServer(this.settings));
  }

  private running(): Promise<ChildServer> {
    return this.server ?? Promise.reject(new Error('the server was not started'));
  }
}

/** Some at a time; the kills come after equal parts of the questions. */
async function askAll(
  plan: readonly Planned[],
  asker: Asker,
  scene: Scene,
  kills: number,
): Promise<void> {
  const waiting = [...plan];
  const between = Math.ceil(plan.length / (kills + 1));
  let killing = Promise.resolve();
  const person = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (next.n > 0 && next.n % between === 0) killing = killing.then(() => scene.kill());
      await asker.ask(next);
    }
  };
  await Promise.all(Array.from({ length: PEOPLE }, person));
  await killing;
}

async function untilClosed(engine: FuzzEngine, place: string): Promise<void> {
  for (const begin = performance.now(); performance.now() - begin < SETTLED_MS;) {
    if ((await countOpen(engine, place)) === 0) return;
    await sleep(250);
  }
}

function resultOf(
  { rows, posts, texts }: Left,
  asker: Asker,
  upstream: Upstream,
  isPatient: boolean,
): LedgerRun {
  const calls = upstream.calls();
  const numberOf = (post: number): number =>
    asker.questions.get(post) ?? Number(/^caso (\d+):/.exec(texts.get(post)?.prompt ?? '')?.[1]);
  const bodies = new Map<number, string>();
  for (const [post, { body }] of texts) bodies.set(numberOf(post), body);
  const comparison = compare({
    rows: rows.map((row, at) => ({ ...row, n: numberOf(Number(posts[at])) })),
    calls,
    stored: (n) => bodies.get(n) ?? '',
    isExact: (model) => model === KNOWN_MODEL && !isPatient,
    prices: (model) => PRICES[model] ?? { input: 0, output: 0 },
  });
  return {
    ...comparison,
    rows: rows.length,
    upstream: calls.length,
    titles: calls.filter(({ purpose }) => purpose === 'title').length,
  };
}
