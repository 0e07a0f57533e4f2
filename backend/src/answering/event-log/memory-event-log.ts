import { Injectable } from '@nestjs/common';
import { EventLog } from './event-log.js';

/** The event log of a single process. */
@Injectable()
export class MemoryEventLog extends EventLog {
  abandon(): Promise<void> {
    return Promise.resolve();
  }

  protected elsewhere(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
}
