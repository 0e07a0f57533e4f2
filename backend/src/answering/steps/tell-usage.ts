import { Injectable, Logger } from '@nestjs/common';
import { Tracing } from '../../tracing/tracing.js';
import { receiptOf } from '../../usage/receipt.rules.js';
import { UsageLedger } from '../../usage/usage-ledger.js';
import type { AnswerEvent } from '../answer-event.js';
import type { LiveRun } from '../live-run.js';

/** Reads the receipt of a settled answer from the ledger: what readers are told is what is stored. */
@Injectable()
export class TellUsage {
  private readonly logger = new Logger(TellUsage.name);

  constructor(
    private readonly usage: UsageLedger,
    private readonly tracing: Tracing,
  ) {}

  /** Never throws. @returns undefined where no model was called, or the ledger cannot be read. */
  async of({ id, accepted, trace }: LiveRun): Promise<AnswerEvent | undefined> {
    const { postId, role } = accepted;
    try {
      // A post is read by nobody but the person who asked.
      const traceUrl = role === 'admin' ? this.tracing.traceUrl(trace.id) : null;
      const receipt = receiptOf(await this.usage.ofPost(postId), traceUrl);
      return receipt ? { type: 'usage', ...receipt } : undefined;
    } catch (error) {
      this.logger.warn(
        { err: error, runId: id, postId },
        'the usage of an answer could not be told',
      );
      return undefined;
    }
  }
}
