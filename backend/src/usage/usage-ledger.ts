import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Usage } from '#db';
import { DataSource, type EntityManager } from 'typeorm';
import { Reservations } from '../limits/reservations.js';
import type { CallOutcome, ModelCall } from './model-call.js';
import { type CountedRow, UsageRepository } from './usage.repository.js';

/** Far more than an answer may take: its process, if it lives, closes the row before. */
const LONGEST_CALL_MS = 3_600_000;

/** The ledger of model calls: one row a call, opened before it is sent and closed once. */
@Injectable()
export class UsageLedger {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly usage: UsageRepository,
    private readonly limits: Reservations,
  ) {}

  /** @returns the id of the open row. */
  open(call: ModelCall): Promise<number> {
    return this.usage.insertOpen(this.dataSource.manager, call);
  }

  /**
   * Closes a row in the transaction that settles its run, which has called shareCounting first, and
   * adds it to what limits count. A closed row stays as it is.
   */
  async close(manager: EntityManager, id: number, outcome: CallOutcome): Promise<void> {
    const closed = await this.usage.close(manager, id, outcome);
    if (closed) await this.limits.countCall(manager, id);
  }

  /** Closes a row at once, where its run goes on. */
  closeNow(id: number, outcome: CallOutcome): Promise<void> {
    return this.transaction((manager) => this.close(manager, id, outcome));
  }

  /** What a run has open, oldest first. */
  openOf(runId: string): Promise<Usage[]> {
    return this.usage.findOpenOf(runId);
  }

  /** Some of what is open though its run has gone, and has been for longer than any call takes. */
  lost(): Promise<Usage[]> {
    return this.usage.findLost(new Date(Date.now() - LONGEST_CALL_MS));
  }

  /** What providers counted of the last prompts, beside the estimates; oldest first. */
  countedLately(): Promise<CountedRow[]> {
    return this.usage.findCountedLately();
  }

  /** Every call of a post's runs. */
  ofPost(postId: number): Promise<Usage[]> {
    return this.usage.findOfPost(postId);
  }

  /** A transaction in which rows may be closed. */
  transaction(work: (manager: EntityManager) => Promise<void>): Promise<void> {
    return this.limits.whileCounting(work);
  }
}
