import { Injectable } from '@nestjs/common';
import { EventLog } from './event-log.js';

/** The event log of a single process. */
@Injectable()
export class MemoryEventLog extends EventLog {
  abandon(): Promise<void> {
    return Promise.resolve();
  }

  leave(): void {
    // Nobody reads here what is answered elsewhere.
  }

  protected elsewhere(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
}
