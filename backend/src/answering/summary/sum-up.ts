import { randomBytes } from 'node:crypto';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import type { Subscription } from 'rxjs';
import { ConversationEvents } from '../../conversations/conversation-events.js';
import { Guardrails } from '../../guardrails/guardrails.js';
import { DomainError } from '../../platform/domain-error.js';
import { Tracing } from '../../tracing/tracing.js';
import { type AcceptedRun, LiveRun } from '../live-run.js';
import type { Ended } from '../steps/settle.js';
import { PlanSummary } from './plan-summary.js';
import { WriteSummary } from './write-summary.js';

/** A summary that takes longer is not worth waiting for: the next answer asks for it again. */
const LONGEST_MS = 120_000;

/**
 * After an answer has ended and its readers are told, sums up what its window had no room for: the
 * next question finds it, or does without.
 */
@Injectable()
export class SumUp implements OnModuleInit, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(SumUp.name);
  /** Being written, by conversation: one at a time. */
  private readonly writing = new Map<number, LiveRun>();
  private readonly work = new Set<Promise<void>>();
  private subscription: Subscription | undefined;
  private closing = false;

  constructor(
    private readonly plans: PlanSummary,
    private readonly summaries: WriteSummary,
    private readonly conversations: ConversationEvents,
    private readonly guardrails: Guardrails,
    private readonly tracing: Tracing,
  ) {}

  onModuleInit(): void {
    this.subscription = this.conversations.ended$.subscribe((conversationId) => {
      this.writing.get(conversationId)?.stop('stopped');
    });
  }

  onModuleDestroy(): void {
    this.subscription?.unsubscribe();
  }

  /** What was being written is given up: it costs what it has cost, and nothing stays open. */
  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    for (const own of this.writing.values()) own.stop('stopped');
    await Promise.all(this.work);
  }

  /** Begins it, and returns at once. */
  after(ended: Ended): void {
    const { conversationId } = ended.run.accepted;
    const isDue = ended.outcome.status === 'done' && ended.fallen.ids.length > 0;
    if (!isDue || this.closing || this.writing.has(conversationId)) return;
    const own = this.ownOf(ended.run.accepted);
    this.writing.set(conversationId, own);
    const work = this.sumUp(ended, own).finally(() => {
      this.writing.delete(conversationId);
      this.work.delete(work);
    });
    this.work.add(work);
  }

  /** The call's own text, trace and end: the answer's run is over. */
  private ownOf(accepted: AcceptedRun): LiveRun {
    const id = randomBytes(16).toString('hex');
    const earlierText = this.guardrails.stored('');
    return new LiveRun({ ...accepted, id, earlierText }, this.tracing.begin(id));
  }

  /** Never throws: whatever goes wrong costs the summary only. */
  private async sumUp(ended: Ended, own: LiveRun): Promise<void> {
    const late = setTimeout(() => {
      own.stop('stopped');
    }, LONGEST_MS).unref();
    try {
      const call = await this.plans.worthMaking(ended);
      if (!call || own.signal.aborted) return;
      const isWritten = await this.summaries.write(own, call);
      if (!isWritten) this.plans.failed(own.accepted.conversationId, call);
    } catch (error) {
      // A limit that has no room for a summary says nothing of the answer.
      if (!(error instanceof DomainError)) {
        const { conversationId } = own.accepted;
        this.logger.warn({ err: error, conversationId }, 'a summary was not written');
      }
    } finally {
      clearTimeout(late);
    }
  }
}
