import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Client } from 'langsmith';
import type { RunCreate } from 'langsmith/schemas';
import { type Reply, type Verdict, verdictOf } from './delivery.rules.js';
import { withoutSecrets } from './hidden-secrets.rules.js';
import { langSmithClient } from './langsmith-client.js';
import type { LangSmithPlace } from './langsmith-place.js';
import { type Hidden, toRuns } from './run-tree.js';
import { timeOf } from './trace-id.rules.js';
import type { Rating, Trace } from './trace.js';
import { Wire } from './wire.js';

export interface LangSmithSettings extends LangSmithPlace {
  readonly hidden: Hidden;
  /** The installation's own secrets, which no text may carry away. */
  readonly secrets: readonly string[];
}

/**
 * What came of a delivery, and the last thing that the service said. `early`: the service is well
 * and does not know the trace yet.
 */
export interface Delivery {
  readonly verdict: Verdict | 'early';
  readonly reply: Reply;
}

/** LangSmith's usual name for a person's verdict. */
const FEEDBACK_KEY = 'user_score';

/**
 * LangSmith through its own SDK. One delivery at a time; none throws. Import this file lazily: with
 * tracing off, nothing of the SDK is loaded.
 */
export class LangSmith {
  private readonly wire = new Wire();
  private readonly client: Client;
  /** Whether the service takes runs as multipart; older installations do not. */
  private multipart = true;
  private projectId: string | undefined;

  constructor(private readonly settings: LangSmithSettings) {
    this.client = langSmithClient(settings, this.wire.fetch, settings.hidden);
  }

  /** Ends what is under way; every later delivery fails at once. */
  stop(): void {
    this.wire.stop();
  }

  async send(traces: readonly Trace[]): Promise<Delivery> {
    const runCreates: RunCreate[] = [];
    for (const trace of traces) {
      runCreates.push(...this.cleanRuns(trace));
      await nextTurn(); // Long texts take milliseconds, and others are being answered.
    }
    if (this.multipart) {
      await this.client.multipartIngestRuns({ runCreates });
      this.multipart = this.wire.reply.status !== 404;
    }
    if (!this.multipart) {
      await this.client.batchIngestRuns({ runCreates });
    }
    return this.outcome();
  }

  /** Sets, changes or takes back the feedback that belongs to a thumb. */
  async rate(rating: Rating): Promise<Delivery> {
    if (rating.value === 0) {
      await this.client.deleteFeedback(rating.id);
      return this.outcome(this.wire.reply.status === 404 ? 'sent' : undefined);
    }
    const score = rating.value === 1 ? 1 : 0;
    if (rating.isChange) {
      await this.client.updateFeedback(rating.id, { score });
      if (this.wire.reply.status !== 404) return this.outcome();
    }
    const sessionId = (this.projectId ??= await this.findProject());
    if (sessionId === undefined) {
      return this.outcome(verdictOf(this.wire.reply) === 'sent' ? 'early' : undefined);
    }
    await this.client.createFeedback({
      runId: rating.traceId,
      key: FEEDBACK_KEY,
      score,
      feedbackId: rating.id,
      traceId: rating.traceId,
      sessionId,
      startTime: new Date(timeOf(rating.traceId)).toISOString(),
    });
    if (this.wire.reply.status === 409) {
      await this.client.updateFeedback(rating.id, { score });
    }
    return this.outcome(this.wire.reply.status === 404 ? 'early' : undefined);
  }

  private outcome(verdict: Delivery['verdict'] = verdictOf(this.wire.reply)): Delivery {
    return { verdict, reply: this.wire.reply };
  }

  /** The project's id; undefined until its first trace has made it. */
  private async findProject(): Promise<string | undefined> {
    const found = await this.client
      .readProject({ projectName: this.settings.project })
      .catch(() => undefined);
    return found?.id;
  }

  private cleanRuns(trace: Trace): RunCreate[] {
    const { project, hidden } = this.settings;
    return toRuns(trace, { client: this.client, project, hidden }).map((run) => ({
      ...run,
      inputs: this.clean(run.inputs),
      ...(run.outputs ? { outputs: this.clean(run.outputs) } : {}),
    }));
  }

  private clean<Value>(value: Value): Value {
    return mapTexts(value, (text) => withoutSecrets(text, this.settings.secrets));
  }
}

/** The same value with every text in it changed. */
function mapTexts<Value>(value: Value, change: (text: string) => string): Value {
  if (typeof value === 'string') return change(value) as Value;
  if (Array.isArray(value)) return value.map((part: unknown) => mapTexts(part, change)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, mapTexts<unknown>(part, change)]),
  ) as Value;
}
