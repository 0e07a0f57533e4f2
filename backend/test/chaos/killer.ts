import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../fuzz/random.ts';
import type { ChaosDatabase } from './database.ts';
import { type KillPoint, type Moment, momentOf, rotation } from './kill-points.ts';
import type { Signals } from './signals.ts';
import type { Victim } from './victim.ts';

/** What there is to kill, and what tells when. */
export interface Prey {
  readonly victim: Victim;
  /** A server that nobody kills. */
  readonly neighbour?: Victim | undefined;
  readonly signals: Signals;
  readonly database: ChaosDatabase;
  readonly seed: number;
}

/** What is looked at around each kill. */
export interface Witness {
  /** The server is dead. */
  dead(kill: number): Promise<void>;
  /** The next one listens. */
  back(kill: number): Promise<void>;
}

/** Longest that a moment is waited for, in milliseconds: people ask all the time. */
const NEVER_COMES_MS = 120_000;
/** A dead server's runs are ended before the next one listens, or after 6 s of its silence. */
const RECOVERY_MS = { alone: 200, shared: 9000 };
const LOOK_EVERY_MS = 50;

const comesWhileStarting = (point: KillPoint): boolean =>
  point === 'starting' || point === 'recovering';

/** Kills the server at every point in turn, and starts it again. */
export class Killer {
  private readonly prey: Prey;
  private readonly witness: Witness;
  private readonly random: Random;
  private kills = 0;

  constructor(prey: Prey, witness: Witness) {
    this.prey = prey;
    this.witness = witness;
    this.random = new Random(prey.seed, 2_000_000);
  }

  /** @returns with a server that listens. @throws {Error} when one does not start. */
  async run(kills: number): Promise<void> {
    const { database, victim } = this.prey;
    for (const point of rotation(kills, this.random, database.crash !== undefined)) {
      if (!comesWhileStarting(point)) await this.haveOne();
      await this.killAt(point);
      this.kills += 1;
      if (point === 'database') await this.witness.back(this.kills);
      else await this.witness.dead(this.kills);
    }
    await this.haveOne();
    await victim.url();
  }

  private async haveOne(): Promise<void> {
    if (this.prey.victim.isUp) return;
    await this.prey.victim.start();
    await this.witness.back(this.kills);
  }

  private async killAt(point: KillPoint): Promise<void> {
    const moment = momentOf(point, this.random);
    const delay = this.random.int(0, moment.withinMs);
    const { promise: killed, resolve } = Promise.withResolvers<unknown>();
    const kill = () => {
      resolve(point === 'database' ? this.killDatabase() : this.killServer(point));
    };
    const act = () => {
      if (delay === 0) kill();
      else setTimeout(kill, delay);
    };
    if (point === 'starting') await this.prey.victim.start(act);
    else if (point === 'recovering') await this.startUntil(moment, act);
    else await this.when(moment, act);
    await killed;
  }

  private killServer(point: KillPoint): void {
    this.prey.victim.kill(point);
  }

  /** The server lives, and is ready again once its database is. */
  private async killDatabase(): Promise<void> {
    const { victim, neighbour, database } = this.prey;
    victim.note('database');
    victim.hasReason = true;
    if (neighbour) neighbour.hasReason = true;
    await database.crash?.();
    for (;;) {
      const answer = await fetch(`${await victim.url()}/health/ready`);
      if (answer.ok) return;
      await sleep(LOOK_EVERY_MS);
    }
  }

  /** Where a kill has left nothing to recover, the server is killed as soon as that is sure. */
  private async startUntil(moment: Moment, act: () => void): Promise<void> {
    const { victim, database } = this.prey;
    const come = this.arm(moment, act);
    const isUp = await victim.start();
    if (!isUp) return;
    const nothing = sleep(database.crash ? RECOVERY_MS.shared : RECOVERY_MS.alone, 'nothing');
    if ((await Promise.race([come, nothing])) !== 'nothing') return;
    this.prey.signals.disarm();
    act();
  }

  /** @throws {Error} when the moment does not come, or the server has ended by itself. */
  private async when(moment: Moment, act: () => void): Promise<void> {
    const come = this.arm(moment, act);
    const never = sleep(NEVER_COMES_MS, 'never', { ref: false });
    const fallen = this.prey.victim.fallen.promise;
    const what = await Promise.race([come, never, fallen]);
    if (what === 'never') {
      throw new Error(`nothing was ${String(moment.signal)} in ${String(NEVER_COMES_MS)} ms`);
    }
    if (what !== undefined) throw new Error(what);
  }

  /** Has `act` called in the very turn of the event loop in which the moment comes. */
  private arm({ signal, least }: Moment, act: () => void): Promise<void> {
    const { signals } = this.prey;
    return new Promise((resolve) => {
      const come = () => {
        act();
        resolve();
      };
      // Checkpoints are written all the time: what follows the provider's end is an end.
      if (signal === 'settling') {
        signals.arm('ended', () => {
          signals.arm('settling', come);
        });
      } else if (signal === undefined) come();
      else signals.arm(signal, come, least);
    });
  }
}
