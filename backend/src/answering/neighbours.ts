import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Announcements } from '../platform/announcements.js';
import { Metrics } from '../platform/metrics.js';
import { Redis } from '../platform/redis.js';
import { ProcessesRepository } from './processes.repository.js';

const INTERVAL_MS = 5000;

/** How the processes of one database hear of each other's answers. */
export interface Company {
  /** Those that live, this one included. */
  readonly processes: number;
  /** `none`: no Redis is set up; `away`: it is, and cannot be reached. */
  readonly redis: 'there' | 'away' | 'none';
}

/** Looks who else lives on this database, and whether answers are shared with them. */
@Injectable()
export class Neighbours implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Neighbours.name);
  private timer: NodeJS.Timeout | undefined;
  private processes = 1;
  private told = false;

  constructor(
    private readonly repository: ProcessesRepository,
    private readonly redis: Redis,
    private readonly announcements: Announcements,
    metrics: Metrics,
  ) {
    metrics.gauge('prosa_processes', 'Processes that live on this database.', () => this.processes);
    metrics.gauge(
      'prosa_answers_polled',
      '1 where readers on other processes follow answers by polling: no Redis.',
      () => Number(this.processes > 1 && this.company().redis !== 'there'),
    );
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.look(), INTERVAL_MS).unref();
    void this.look();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** As of the last look, five seconds ago at most. */
  company(): Company {
    const connected = this.announcements.isConnected ? 'there' : 'away';
    return { processes: this.processes, redis: this.redis.isConfigured ? connected : 'none' };
  }

  private async look(): Promise<void> {
    try {
      this.processes = Math.max(1, await this.repository.countLiving());
    } catch (error) {
      this.logger.debug({ err: error }, 'who else lives on this database is not known');
    }
    if (this.processes > 1 && !this.redis.isConfigured && !this.told) {
      this.told = true;
      this.logger.warn(
        { processes: this.processes },
        'several processes share this database without Redis (REDIS_URL): readers on another process follow answers by polling',
      );
    }
  }
}
