import type { ClientLedger } from './deeds.ts';
import type { Signals } from './signals.ts';
import type { Victim } from './victim.ts';

/** What people of a campaign share. */
export interface Scene {
  readonly seed: number;
  readonly token: string;
  readonly victim: Victim;
  readonly signals: Signals;
  readonly ledger: ClientLedger;
  readonly places: Places;
}

/** So many answers are read at a time; who waits for a dead server's answer leaves the place to others. */
export class Places {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(places: number) {
    this.free = places;
  }

  /** Waits for a place. @returns how to leave it; to leave twice does no harm. */
  async take(): Promise<() => void> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    let has = true;
    return () => {
      if (!has) return;
      has = false;
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    };
  }
}
