import { DomainError } from '../platform/domain-error.js';
import type { Facts, StepDetails, Trace, TracedRun, TracedStep } from './trace.js';

/** What a step of a run may be called. */
export type StepName =
  | 'guard in'
  | 'accept'
  | 'route'
  | 'gather'
  | 'fit'
  | 'reserve'
  | 'generate'
  | 'wait'
  | 'guard out'
  | 'title'
  | 'route model'
  | 'summary'
  | 'settle';

/** Takes down the steps of one run while it is answered; nothing is sent before its end. */
export class RunTrace {
  private readonly steps: TracedStep[] = [];

  /**
   * @param id null while tracing is off: then nothing is taken down.
   * @param send takes the trace at its end, and must not throw.
   */
  constructor(
    readonly id: string | null,
    private readonly send: (trace: Trace) => void = () => undefined,
  ) {}

  /**
   * Does a step and takes down how long it took.
   * @param describe what it tells of itself; not called when it fails.
   * @throws whatever the work throws.
   */
  async step<Result>(
    name: StepName,
    work: () => Result | Promise<Result>,
    describe: (result: Result) => StepDetails | Promise<StepDetails> = () => ({}),
  ): Promise<Result> {
    if (this.id === null) return work();
    const startedAt = Date.now();
    try {
      const result = await work();
      const endedAt = Date.now();
      const details = await describe(result);
      const errorCode = details.call?.errorCode ?? null;
      this.steps.push({ name, startedAt, endedAt, errorCode, ...details });
      return result;
    } catch (error) {
      const errorCode = error instanceof DomainError ? error.code : 'SERVER.ERROR';
      this.steps.push({ name, startedAt, endedAt: Date.now(), errorCode });
      throw error;
    }
  }

  /** Takes down a step that was done along with others and ends now. */
  note(name: StepName, tookMs: number, facts: Facts): void {
    if (this.id === null) return;
    const endedAt = Date.now();
    this.steps.push({ name, startedAt: endedAt - tookMs, endedAt, errorCode: null, facts });
  }

  /** The run has ended. Returns at once. */
  end(run: TracedRun): void {
    if (this.id !== null) {
      this.send({ ...run, id: this.id, endedAt: Date.now(), steps: this.steps });
    }
  }
}
