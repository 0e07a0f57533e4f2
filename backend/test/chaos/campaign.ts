import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FuzzEngine } from '../fuzz/databases.ts';
import { searchDatabase, searchDataFolder, searchTables } from './canaries/hiding-places.ts';
import { CanaryHunt } from './canaries/hunt.ts';
import { searchShownPlaces } from './canaries/shown-places.ts';
import { CommitProbe } from './commit-probe.ts';
import { type ChaosDatabase, startDatabase } from './database.ts';
import { ClientLedger } from './deeds.ts';
import type { Evidence } from './evidence.ts';
import { breachesOf } from './invariants.ts';
import { Killer } from './killer.ts';
import { processesOf } from './leftovers.ts';
import { Person } from './person.ts';
import { Recoveries } from './recoveries.ts';
import { readRows } from './rows.ts';
import { Places } from './scene.ts';
import { METRICS_TOKEN, PRICES, SERVICE_TOKEN, settingsFor } from './settings.ts';
import { Signals } from './signals.ts';
import { type Outside, startOutside } from './surroundings.ts';
import { Victim } from './victim.ts';

export interface CampaignOptions {
  readonly engine: FuzzEngine;
  readonly kills: number;
  readonly seed: number;
  /** Whether answers go through Redis, and a second process that nobody kills serves half of the people. */
  readonly shared?: boolean;
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

/** Longest that an answer may take once nobody is killed any more, in milliseconds. */
const NEVER_ENDS_MS = 120_000;

/** The life of a server that has but one: no kill excuses a text that it loses. */
const NEVER_KILLED = -1;

/** Kills the built server again and again while people ask it, and checks what must hold. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignEnd> {
  const folder = mkdtempSync(join(tmpdir(), 'prosa-chaos-'));
  const signals = new Signals();
  const hunt = new CanaryHunt();
  const { seed, engine, shared = false } = options;
  const outside = await startOutside({ seed, hasRedis: shared }, signals, hunt);
  const database = await startDatabase(engine, folder, signals);
  try {
    const settings = { ...settingsFor(folder, outside.addresses), ...database.settings };
    const parts = { folder, signals, hunt, outside, database, settings };
    return await new Campaign(options, parts).run();
  } finally {
    await outside.close();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Parts {
  readonly folder: string;
  readonly signals: Signals;
  readonly hunt: CanaryHunt;
  readonly outside: Outside;
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
  /** Serves beside the victim. */
  private readonly neighbour: Victim | undefined;
  /** An administrator's token. */
  private admin = '';
  private isOver = false;

  constructor(options: CampaignOptions, parts: Parts) {
    this.options = options;
    this.parts = parts;
    const log = (line: string) => {
      parts.hunt.look('log (trace)', line);
    };
    this.victim = new Victim(parts.settings, parts.signals, log);
    this.neighbour = options.shared === true ? aNeighbour(parts, log) : undefined;
    this.probe = new CommitProbe(this.victim, SERVICE_TOKEN);
    this.recoveries = new Recoveries(this.victim, parts.database);
    const { victim, neighbour = victim, ledger } = this;
    const { signals } = parts;
    const places = new Places(READERS);
    const scene = { seed: options.seed, token: SERVICE_TOKEN, signals, ledger, places };
    this.persons = Array.from(
      { length: PEOPLE },
      (_, n) => new Person({ ...scene, victim: n % 2 === 0 ? victim : neighbour }, n),
    );
  }

  async run(): Promise<CampaignEnd> {
    const begin = performance.now();
    const { victim, recoveries, probe } = this;
    try {
      await victim.start();
      await this.neighbour?.start();
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
      await this.searchShown();
      for (const server of [this.neighbour, victim]) {
        const code = server ? await server.stop() : 0;
        if (code !== 0) this.breaches.push(`F4: SIGTERM ended it with ${String(code)}`);
      }
      const resting = await this.evidence({ before, after });
      await this.searchHidden();
      const evidence = { ...resting, searched: this.parts.hunt.searched };
      this.breaches.push(...breachesOf(evidence, true));
      const seconds = (performance.now() - begin) / 1000;
      return { ...evidence, breaches: this.breaches, medianCommitMs: probe.median, seconds };
    } finally {
      this.isOver = true;
      await victim.stop();
      await this.neighbour?.stop();
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
    const { accessToken = '' } = await call('POST', '/api/setup', admin);
    this.admin = accessToken;
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
    const prey = { victim: this.victim, neighbour: this.neighbour, signals, database, seed };
    const killer = new Killer(prey, {
      dead: async (kill) => {
        await this.recoveries.note(kill);
        await searchDataFolder(this.parts.hunt, this.parts.folder);
      },
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
    const never = sleep(NEVER_ENDS_MS, 'never', { ref: false });
    if ((await Promise.race([living, never])) === 'never') {
      throw new Error(`nobody is killed any more, and still people wait: ${this.waiting()}`);
    }
  }

  /** What those wait for whose deeds have not ended. */
  private waiting(): string {
    const open = this.ledger.deeds.filter(
      ({ endedAs, refused }) => endedAs === undefined && refused === undefined,
    );
    return open
      .map(({ key, postId, last }) => `${key} (post ${String(postId)}, ${last ?? 'nothing'})`)
      .join(', ');
  }

  private async look(kill: number): Promise<void> {
    this.options.told?.(kill);
    const found = breachesOf(await this.evidence({ before: 0, after: 0 }), false);
    this.breaches.push(...found.map((breach) => `after kill ${String(kill)}: ${breach}`));
  }

  /** What Prosa shows, with people's questions at rest. */
  private async searchShown(): Promise<void> {
    const { database, hunt } = this.parts;
    const visitor = { asker: SERVICE_TOKEN, admin: this.admin, metrics: METRICS_TOKEN };
    await searchShownPlaces(hunt, { url: await this.victim.url(), ...visitor });
    await searchTables(hunt, database.engine, database.place);
  }

  /** What is left when everybody has ended; of a database server also what it writes at its end. */
  private async searchHidden(): Promise<void> {
    const { database, hunt, outside, folder } = this.parts;
    await searchDataFolder(hunt, folder);
    await outside.search(hunt);
    await searchDatabase(hunt, database);
    await database.end();
    await searchDatabase(hunt, database);
  }

  private async evidence(memory: Evidence['memory']): Promise<Evidence> {
    const { victim, ledger, probe, recoveries } = this;
    const { database, outside, hunt, folder } = this.parts;
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
      calls: outside.provider.calls(),
      kills: victim.kills,
      commitMs: (moment) => probe.longestBefore(moment),
      recoveries: recoveries.done,
      integrity,
      complaints: [...victim.complaints, ...(this.neighbour?.complaints ?? [])],
      searched: hunt.searched,
      memory,
      leftovers: processesOf(folder),
      prices: (model) => PRICES[model] ?? { input: 0, output: 0 },
    };
  }
}

/** A second process with a data folder of its own; what both must know alike it is told. */
function aNeighbour({ folder, settings, signals }: Parts, log: (line: string) => void): Victim {
  const own = join(folder, 'neighbour');
  mkdirSync(own);
  return new Victim({ ...settings, DATA_DIR: own }, signals, log, NEVER_KILLED);
}
