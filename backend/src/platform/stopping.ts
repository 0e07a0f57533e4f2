import { Injectable } from '@nestjs/common';

/** Whether this process has been told to end: it takes no new work and finishes what it has. */
@Injectable()
export class Stopping {
  private started = false;

  get begun(): boolean {
    return this.started;
  }

  begin(): void {
    this.started = true;
  }
}
