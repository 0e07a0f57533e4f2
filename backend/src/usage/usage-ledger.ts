import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { CallOutcome, ModelCall } from './model-call.js';
import { UsageRepository } from './usage.repository.js';

/** The ledger of model calls: one row a call, opened before it is sent and closed once. */
@Injectable()
export class UsageLedger {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly usage: UsageRepository,
  ) {}

  /** @returns the id of the open row. */
  open(call: ModelCall): Promise<number> {
    return this.usage.insertOpen(this.dataSource.manager, call);
  }

  /** Closes a row in the transaction that settles its run. A closed row stays as it is. */
  close(manager: EntityManager, id: number, outcome: CallOutcome): Promise<void> {
    return this.usage.close(manager, id, outcome);
  }

  /** Closes what another process has open for a run, with no counts: nobody here knows them. */
  closeAbandoned(
    manager: EntityManager,
    runId: string,
    outcome: 'interrupted' | 'stopped',
  ): Promise<void> {
    return this.usage.closeOpenOf(manager, runId, outcome);
  }
}
