import type { ModelEvent } from '../chat-model.js';
import { ModelFailure } from '../model-failure.js';
import { EventPipe } from './event-pipe.js';
import { FairQueue } from './fair-queue.rules.js';
import { ModelProcess } from './model-process.js';
import type { Generated, GenerateOrder, LoadOrder } from './protocol.js';

export interface LocalAsk {
  readonly load: LoadOrder;
  readonly wish: GenerateOrder;
  /** Askers take turns. */
  readonly asker: string;
  readonly signal: AbortSignal;
}

/** Answers that may wait: at ten seconds each the last waits five minutes, which is long enough. */
const MOST_WAITING = 32;
/** How often who waits is told so, even where nothing has changed: a sign of life. */
const REMINDER_MS = 15_000;

interface Job extends LocalAsk {
  readonly events: EventPipe<ModelEvent>;
  /** The position it was told last. */
  told: number | undefined;
}

/**
 * Runs the models of one kind: one process, one model in it at a time, one answer at a time. Who
 * comes meanwhile waits in a fair queue and is told the position. The process starts with the first
 * question and ends, giving its memory back, when nobody has asked for a while.
 */
export class LocalRunner {
  private readonly queue = new FairQueue<Job>(MOST_WAITING);
  private process: ModelProcess | undefined;
  private working = false;
  private closed = false;
  private idle: NodeJS.Timeout | undefined;
  private reminder: NodeJS.Timeout | undefined;

  /** @param idleMs after so long without a question the model leaves the memory. */
  constructor(private readonly idleMs: number) {}

  /** The process that has a model loaded now, if any. */
  get pid(): number | undefined {
    return this.process?.gone === false ? this.process.pid : undefined;
  }

  /**
   * Asks, in turn. When the signal is aborted it ends quietly, without `finish`.
   * @throws {ModelFailure} BUSY when too many wait, else what {@link ModelProcess} says.
   */
  async *run(ask: LocalAsk): AsyncGenerator<ModelEvent> {
    const job: Job = { ...ask, events: new EventPipe(), told: undefined };
    if (ask.signal.aborted) return;
    if (!this.queue.add(job, ask.asker)) throw new ModelFailure('BUSY');
    const leave = (): void => {
      job.events.end();
      if (this.queue.remove(job)) this.tellPositions();
    };
    ask.signal.addEventListener('abort', leave, { once: true });
    try {
      if (this.working) this.tellPositions();
      else void this.work();
      yield* job.events.read();
    } finally {
      ask.signal.removeEventListener('abort', leave);
      leave();
    }
  }

  /** Ends the process; what is being answered fails. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.idle);
    clearInterval(this.reminder);
    await this.process?.end();
  }

  private async work(): Promise<void> {
    this.working = true;
    clearTimeout(this.idle);
    this.reminder = setInterval(() => {
      this.tellPositions('again');
    }, REMINDER_MS);
    for (let job = this.queue.next(); job; job = this.queue.next()) {
      this.tellPositions();
      if (job.told !== undefined) job.events.push({ type: 'queued', position: 0 });
      await this.answer(job);
    }
    clearInterval(this.reminder);
    this.working = false;
    if (!this.closed) {
      this.idle = setTimeout(() => void this.process?.end(), this.idleMs);
      this.idle.unref();
    }
  }

  private async answer(job: Job): Promise<void> {
    try {
      const process = await this.processFor(job.load);
      if (!job.signal.aborted) {
        const generated = await process.generate(job.wish, job.signal, (text) => {
          job.events.push({ type: 'text', text });
        });
        if (generated) tellEnd(job, generated);
      }
      job.events.end();
      // Ended by a stop in the middle of a prompt: the next question should not wait for the start.
      if (process.gone && this.queue.items.length === 0) await this.processFor(job.load);
    } catch (error) {
      job.events.fail(error);
    }
  }

  /** The process with that model, started if need be in place of one with another model. */
  private async processFor(load: LoadOrder): Promise<ModelProcess> {
    if (this.closed) throw new ModelFailure('UNAVAILABLE');
    const running = this.process;
    if (running && !running.gone && isSame(running.order, load)) return running;
    await running?.end();
    const started = await ModelProcess.start(load);
    this.process = started;
    if (this.isClosed()) await started.end();
    return started;
  }

  /** Asked anew: closing may have happened while a process started. */
  private isClosed(): boolean {
    return this.closed;
  }

  private tellPositions(again?: 'again'): void {
    this.queue.items.forEach((job, at) => {
      const position = at + 1;
      if (job.told === position && !again) return;
      job.told = position;
      job.events.push({ type: 'queued', position });
    });
  }
}

function tellEnd({ events }: Job, { promptTokens, completionTokens, reason }: Generated): void {
  if (promptTokens > 0) events.push({ type: 'usage', promptTokens, completionTokens });
  if (reason !== 'stopped') events.push({ type: 'finish', reason });
}

const isSame = (one: LoadOrder, other: LoadOrder): boolean =>
  one.path === other.path &&
  one.version === other.version &&
  one.contextWindow === other.contextWindow &&
  one.threads === other.threads;
