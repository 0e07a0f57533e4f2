import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { LimitPeriod } from '#db';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.schema.js';
import {
  type LimitedPerson,
  type LimitInEffect,
  type LimitRule,
  limitsFor,
} from './limit.rules.js';
import { type TimeWindow, windowOf } from './counter.rules.js';
import { LimitsRepository } from './limits.repository.js';

/** After so long at the latest a limit that another process made holds here too. */
const READ_AGAIN_MS = 2000;

/** The limits as this process knows them, so that asking costs no query while there are none. */
@Injectable()
export class LimitBook implements OnApplicationBootstrap, OnApplicationShutdown {
  /** In which days and months begin. */
  readonly timeZone: string;

  private readonly logger = new Logger(LimitBook.name);
  private limits: readonly LimitRule[] = [];
  private readonly windows = new Map<LimitPeriod, TimeWindow>();
  /** How often they were asked for, and which of these answers is the one that holds. */
  private asked = 0;
  private heard = 0;
  private timer: NodeJS.Timeout | undefined;
  private reading: Promise<void> = Promise.resolve();

  constructor(
    @Inject(ENV) env: Env,
    private readonly repository: LimitsRepository,
  ) {
    this.timeZone = env.TIME_ZONE;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.read();
    let busy = false;
    this.timer = setInterval(() => {
      if (busy) return;
      busy = true;
      this.reading = this.readOrKeep().finally(() => (busy = false));
    }, READ_AGAIN_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.reading;
  }

  /** The limits that hold for a person now. */
  of(person: LimitedPerson): readonly LimitInEffect[] {
    return this.limits.length === 0 ? [] : limitsFor(this.limits, person);
  }

  /** The window of a period that a moment is in, which calendars are not asked for each time. */
  windowOf(period: LimitPeriod, at: Date): TimeWindow {
    const known = this.windows.get(period);
    if (known && known.startsAt <= at && at < known.endsAt) return known;
    const window = windowOf(period, this.timeZone, at);
    this.windows.set(period, window);
    return window;
  }

  /** Reads them anew: something was changed here. What was asked for before comes too late then. */
  async read(): Promise<void> {
    this.asked += 1;
    const { asked } = this;
    const limits = await this.repository.findAll();
    if (asked < this.heard) return;
    this.heard = asked;
    this.limits = limits;
  }

  /** While the database is away, what was known last holds. */
  private async readOrKeep(): Promise<void> {
    try {
      await this.read();
    } catch (error) {
      this.logger.warn({ err: error }, 'the limits could not be read');
    }
  }
}
