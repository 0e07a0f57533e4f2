import { Injectable } from '@nestjs/common';

/** Whether this process has been told to end: it takes no new work and finishes what it has. */
@Injectable()
export class Stopping {
  private readonly controller = new AbortController();

  get begun(): boolean {
    return this.signal.aborted;
  }

  /** Aborted when it begins: for work that can be given back. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  begin(): void {
    this.controller.abort();
  }
}
