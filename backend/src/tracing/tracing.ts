import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.schema.js';
import { secretsOf } from '../config/secrets-of.js';
import { Deliverer } from './deliverer.js';
import { langSmithPlace } from './langsmith-place.js';
import type { ProjectPage } from './project-page.js';
import { RunTrace } from './run-trace.js';
import { idWithin, uuid7 } from './trace-id.rules.js';
import type { Rating } from './trace.js';

/** Longest the end of the server waits for traces, in milliseconds. */
const CLOSE_MS = 1000;

/** Follows runs in LangSmith, where `LANGSMITH_TRACING` asks for it. Nothing waits for it. */
@Injectable()
export class Tracing implements OnApplicationBootstrap, OnApplicationShutdown {
  private deliverer: Deliverer | undefined;
  private page: ProjectPage | undefined;

  constructor(@Inject(ENV) private readonly env: Env) {}

  get isOn(): boolean {
    return this.env.LANGSMITH_TRACING;
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.isOn) return;
    const [{ LangSmith }, { ProjectPage }] = await Promise.all([
      import('./langsmith.js'),
      import('./project-page.js'),
    ]);
    const place = langSmithPlace(this.env);
    this.page = new ProjectPage(place);
    this.deliverer = new Deliverer(
      new LangSmith({
        ...place,
        hidden: {
          inputs: this.env.LANGSMITH_HIDE_INPUTS,
          outputs: this.env.LANGSMITH_HIDE_OUTPUTS,
        },
        secrets: secretsOf(this.env),
      }),
    );
  }

  /** Runs have ended by now. */
  async onApplicationShutdown(): Promise<void> {
    this.page?.stop();
    await this.deliverer?.close(CLOSE_MS);
  }

  /** A trace for a run that begins now. */
  begin(runId: string): RunTrace {
    if (!this.isOn) return new RunTrace(null);
    return new RunTrace(uuid7(Date.now(), runId), (trace) => this.deliverer?.deliver(trace));
  }

  /**
   * Where a trace can be looked at; to be shown to administrators only. Returns at once.
   * @param traceId of a run; null: it was not traced.
   * @returns null while tracing is off, or where the project's address is not known yet.
   */
  traceUrl(traceId: string | null): string | null {
    return traceId === null ? null : (this.page?.urlOf(traceId) ?? null);
  }

  /**
   * Passes a thumb on.
   * @param traceIds traces of the runs that made the answer, oldest first. The thumb is put on the
   * last; its feedback is named after the first, so that it stays the same when the answer goes on.
   */
  rate(traceIds: readonly string[], { value, isChange }: Pick<Rating, 'value' | 'isChange'>): void {
    const [first] = traceIds;
    const last = traceIds.at(-1);
    if (first !== undefined && last !== undefined) {
      this.deliverer?.rate({ traceId: last, id: idWithin(first, 'thumb'), value, isChange });
    }
  }
}
