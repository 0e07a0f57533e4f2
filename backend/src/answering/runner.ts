import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import type { Subscription } from 'rxjs';
import { ConversationEvents } from '../conversations/conversation-events.js';
import { Stopping } from '../platform/stopping.js';
import type { RunTrace } from '../tracing/run-trace.js';
import { Tracing } from '../tracing/tracing.js';
import { EventLog } from './event-log/event-log.js';
import type { RailEnding } from './guarded-ask.js';
import { type AcceptedRun, LiveRun } from './live-run.js';
import { LiveRuns } from './live-runs.js';
import { OtherProcesses } from './other-processes.js';
import { Pipeline } from './pipeline.js';
import { railEvents } from './rail-events.rules.js';
import { runTold } from './trace-details.js';

/** Starts runs, apart from the requests that asked for them, and stops them. */
@Injectable()
export class Runner implements OnModuleInit, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(Runner.name);
  private subscription: Subscription | undefined;
  private closing = false;

  constructor(
    private readonly live: LiveRuns,
    private readonly log: EventLog,
    private readonly pipeline: Pipeline,
    private readonly conversations: ConversationEvents,
    private readonly tracing: Tracing,
    private readonly others: OtherProcesses,
    private readonly stopping: Stopping,
  ) {}

  onModuleInit(): void {
    this.subscription = this.conversations.ended$.subscribe((conversationId) => {
      for (const run of this.live.ofConversation(conversationId)) {
        run.stop('stopped');
      }
      this.others.stop({ conversationId }).catch((error: unknown) => {
        this.logger.error({ err: error, conversationId }, 'runs of other processes go on');
      });
    });
  }

  onModuleDestroy(): void {
    this.subscription?.unsubscribe();
  }

  /** Ends what is being answered, keeping what arrived, before the server lets go of anything. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.begin();
    this.closing = true;
    const runs = this.live.all();
    for (const run of runs) {
      run.stop('interrupted');
    }
    await Promise.all(runs.map(({ ended }) => ended));
  }

  /**
   * A run is about to be stored; its trace begins.
   * @returns `arrived`, see {@link LiveRuns.expect}.
   */
  expect(runId: string): { readonly trace: RunTrace; readonly arrived: () => void } {
    return { trace: this.tracing.begin(runId), arrived: this.live.expect(runId) };
  }

  /** @param atEnd called once, when the run has ended. */
  start(accepted: AcceptedRun, trace: RunTrace, atEnd: () => void): LiveRun {
    const run = new LiveRun(accepted, trace);
    this.live.add(run);
    this.open(run);
    if (this.closing) {
      run.stop('interrupted'); // Accepted in the last moment.
    }
    void this.pipeline.answer(run).finally(() => {
      this.live.remove(run);
      atEnd();
    });
    return run;
  }

  /** A run that the rails have ended: its readers are told how, and nothing is answered. */
  endAtOnce(accepted: AcceptedRun, trace: RunTrace, ending: RailEnding, atEnd: () => void): void {
    const run = new LiveRun(accepted, trace);
    const { status, errorCode, body } = ending;
    this.open(run);
    if (body !== '') {
      run.release(body);
      this.log.append(run.id, { type: 'delta', at: 0, text: body });
    }
    this.log.append(run.id, { type: 'done', status });
    run.finish(status);
    trace.end(runTold(run, accepted.modelId, status, errorCode));
    atEnd();
  }

  /** Stops the run that is answering a post, whichever process has it, and waits for its end. */
  async stop(postId: number): Promise<void> {
    const run = this.live.ofPost(postId);
    run?.stop('stopped');
    await (run?.ended ?? this.others.stop({ postId }));
  }

  private open({ id: runId, accepted }: LiveRun): void {
    const { postId, conversationId, parentId, hits = [] } = accepted;
    this.log.open(runId, accepted.earlierText);
    this.log.append(runId, { type: 'post', postId, conversationId, parentId, runId });
    for (const event of railEvents(hits)) this.log.append(runId, event);
  }
}
