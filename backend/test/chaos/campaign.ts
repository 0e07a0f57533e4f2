import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FuzzEngine } from '../fuzz/databases.ts';
import type { Agreed } from '../ledger/compare.rules.ts';
import { KNOWN_MODEL, OWN_MODEL } from '../ledger/plan.ts';
import { CommitProbe } from './commit-probe.ts';
import { type ChaosDatabase, startDatabase } from './database.ts';
import { ClientLedger } from './deeds.ts';
import type { Evidence } from './evidence.ts';
import { breachesOf } from './invariants.ts';
import { Killer } from './killer.ts';
import { Person } from './person.ts';
import { type Provider, startProvider } from './provider.ts';
import { Recoveries } from './recoveries.ts';
import { readRows } from './rows.ts';
import { Places } from './scene.ts';
import { Signals } from './signals.ts';
import { Victim } from './victim.ts';

export interface CampaignOptions {
  readonly engine: FuzzEngine;
  readonly kills: number;
  readonly seed: number;
  /** Called after each kill. */
  readonly told?: (kill: number) => void;
}

/** How a campaign ended. */
export interface CampaignEnd extends Evidence {
  /** What was broken, each with the invariant's name and the kill after which it was found. */
  readonly breaches: readonly string[];
  /** What a commit takes in the middle, in milliseconds. */
  readonly medianCommitMs: number;
  readonly seconds: number;
}

/** Answers that are read at a time, and people: a server's runs are taken over after 6 s of silence. */
const READERS = 8;
const PEOPLE = 36;
/** Answers after which the server is warm, and again at the end. */
const WARM_DEEDS = 36;

const SERVICE_TOKEN = 'the-people-of-the-chaos-campaign-ask-with-it';
const METRICS_TOKEN = 'chaos-reads-the-figures';
const PRICES: Readonly<Record<string, Agreed>> = {
  [KNOWN_MODEL]: { input: 0.15, output: 0.6 },
  [OWN_MODEL]: { input: 0.4, output: 1.25 },
};

/** Kills the built server again and again while people ask it, and checks what must hold. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignEnd> {
  const folder = mkdtempSync(join(tmpdir(), 'prosa-chaos-'));
  const signals = new Signals();
  const provider = await startProvider(options.seed, signals);
  const database = await startDatabase(options.engine, folder, signals);
  try {
    const settings = { ...settingsFor(folder, provider), ...database.settings };
    const campaign = new Campaign(options, { folder, signals, provider, database, settings });
    return await campaign.run();
  } finally {
    await provider.close();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function settingsFor(folder: string, { url }: Provider): Record<string, string> {
  const file = join(folder, 'models.yaml');
  const models = Object.entries(PRICES).map(([model, prices]) => ({
    id: `openai/${model}`,
    contextWindow: 16_000,
    fallback: false,
    prices: { ...prices, asOf: '2026-11-01' },
  }));
  writeFileSync(file, JSON.stringify({ models }));
  return {
    DATA_DIR: folder,
    MODELS_FILE: file,
    OPENAI_BASE_URL: url,
    OPENAI_API_KEY: 'of-the-fake',
    TITLE_MODEL: `openai/${OWN_MODEL}`,
    LOG_LEVEL: 'warn',
    LOG_FORMAT: 'json',
    SERVICE_TOKEN,
    METRICS_TOKEN,
    ASKS_PER_MINUTE: '100000',
    RUNS_PER_PERSON: '1000',
    // Garbage is collected often, so that growth is what is kept.
    NODE_OPTIONS: '--max-semi-space-size=4',
  };
}

interface Parts {
  readonly folder: string;
  readonly signals: Signals;
  readonly provider: Provider;
  readonly database: ChaosDatabase;
  readonly settings: Readonly<Record<string, string>>;
}

class Campaign {
  private readonly ledger = new ClientLedger();
  private readonly breaches: string[] = [];
  private readonly victim: Victim;
  private readonly probe: CommitProbe;
  private readonly recoveries: Recoveries;
  private readonly options: CampaignOptions;
  private readonly parts: Parts;
  private readonly persons: readonly Person[];
  private isOver = false;

  constructor(options: CampaignOptions, parts: Parts) {
    this.options = options;
    this.parts = parts;
    this.victim = new Victim(parts.settings, parts.signals);
    this.probe = new CommitProbe(this.victim, SERVICE_TOKEN);
    this.recoveries = new Recoveries(this.victim, parts.database);
    const { victim, ledger } = this;
    const { signals } = parts;
    const places = new Places(READERS);
    const scene = { seed: options.seed, token: SERVICE_TOKEN, victim, signals, ledger, places };
    this.persons = Array.from({ length: PEOPLE }, (_, n) => new Person(scene, n));
  }

  async run(): Promise<CampaignEnd> {
    const begin = performance.now();
    const { victim, recoveries, probe } = this;
    try {
      await victim.start();
      await this.limit();
      await this.people(WARM_DEEDS);
      const before = await victim.restingBytes(METRICS_TOKEN);
      const probing = probe.run();
      const watching = recoveries.watch();
      await this.kill();
      probe.stop();
      await Promise.all([recoveries.finish(), probing]);
      await watching;
      await this.people(WARM_DEEDS);
      const after = await victim.restingBytes(METRICS_TOKEN);
      const code = await victim.stop();
      if (code !== 0) this.breaches.push(`F4: SIGTERM ended it with ${String(code)}`);
      const evidence = await this.evidence({ before, after });
      this.breaches.push(...breachesOf(evidence, true));
      const seconds = (performance.now() - begin) / 1000;
      return { ...evidence, breaches: this.breaches, medianCommitMs: probe.median, seconds };
    } finally {
      this.isOver = true;
      await victim.stop();
    }
  }

  /** What a person may use is limited, far beyond what they do: so each run reserves. */
  private async limit(): Promise<void> {
    const call = async (method: string, path: string, body: unknown, token?: string) => {
      const url = await this.victim.url();
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: {
          'content-type': 'application/json',
          origin: url,
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
      return (await answer.json()) as { accessToken?: string };
    };
    const admin = { username: 'admin', password: 'um cavalo amarelo no telhado' };
    const { accessToken } = await call('POST', '/api/setup', admin);
    const limit = { scope: 'everyone', measure: 'tokens', period: 'month', amount: 1_000_000_000 };
    await call('PUT', '/api/limits', limit, accessToken);
  }

  /** Has people ask until so many deeds are done, and all that was begun has ended. */
  private async people(deeds: number): Promise<void> {
    const from = this.ledger.deeds.length;
    await this.live(() => this.ledger.deeds.length >= from + deeds);
  }

  private async live(isOver: () => boolean): Promise<void> {
    await Promise.all(this.persons.map((person) => person.live(() => this.isOver || isOver())));
  }

  /** Kills while people ask, and looks after each. */
  private async kill(): Promise<void> {
    const { seed, kills } = this.options;
    const { signals, database } = this.parts;
    let isDone = false;
    const living = this.live(() => isDone);
    const prey = { victim: this.victim, signals, database, seed };
    const killer = new Killer(prey, {
      dead: (kill) => this.recoveries.note(kill),
      back: (kill) => this.look(kill),
    });
    try {
      await killer.run(kills);
    } catch (error) {
      throw new Error(`${String(error)}; people wait: ${this.waiting()}`, { cause: error });
    } finally {
      isDone = true;
      signals.disarm();
    }
    await living;
  }

  /** What those wait for whose deeds have not ended. */
  private waiting(): string {
    const open = this.ledger.deeds.filter(({ endedAs }) => endedAs === undefined);
    const lasts = Map.groupBy(open, ({ last }) => last ?? 'nothing');
    return [...lasts].map(([last, deeds]) => `${String(deeds.length)} ${last}`).join(', ');
  }

  private async look(kill: number): Promise<void> {
    this.options.told?.(kill);
    const found = breachesOf(await this.evidence({ before: 0, after: 0 }), false);
    this.breaches.push(...found.map((breach) => `after kill ${String(kill)}: ${breach}`));
  }

  private async evidence(memory: Evidence['memory']): Promise<Evidence> {
    const { victim, ledger, probe, recoveries } = this;
    const { database, provider, folder } = this.parts;
    const at = performance.now();
    const integrity = database.integrity();
    const rows = await readRows(database.engine, database.place);
    return {
      // What was accepted while the rows were read need not be among them.
      deeds: ledger.deeds.map(({ acceptedAt, ...deed }) => ({
        ...deed,
        ...(acceptedAt !== undefined && acceptedAt < at ? { acceptedAt } : {}),
      })),
      losses: ledger.losses,
      faults: ledger.faults,
      texts: ledger.texts,
      rows,
      calls: provider.calls(),
      kills: victim.kills,
      commitMs: (moment) => probe.longestBefore(moment),
      recoveries: recoveries.done,
      integrity,
      complaints: victim.complaints,
      memory,
      leftovers: processesOf(folder),
      prices: (model) => PRICES[model] ?? { input: 0, output: 0 },
    };
  }
}

/** Processes whose environment names the folder; Linux tells of them. */
function processesOf(folder: string): string[] {
  return listed('/proc')
    .filter((name) => /^\d+$/.test(name) && read(`/proc/${name}/environ`).includes(folder))
    .map((pid) => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' '));
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // It has ended meanwhile, or is somebody else's.
  }
}
