import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { idsOf } from '../llm/local/model-names.rules.js';
import { ModelRegistry } from '../llm/registry.js';
import { DomainError } from '../platform/domain-error.js';
import {
  type DownloadedModel,
  downloadModel,
  type DownloadTools,
  type Progress,
} from './model-download.js';
import { wantedModel, type WantedModel } from './model-name.rules.js';
import { Speed } from './speed.rules.js';

/** Token of what downloads need. */
export const DOWNLOAD_TOOLS = Symbol('DOWNLOAD_TOOLS');

/** A download that was begun here, and what has become of it. */
export interface Download {
  readonly id: number;
  /** As it was asked for. */
  readonly name: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly progress: Progress;
  readonly bytesPerSecond: number;
  readonly model: DownloadedModel | undefined;
  /** It is here, and people can choose it. */
  readonly isOffered: boolean;
  readonly error: DomainError | undefined;
}

interface Running {
  readonly id: number;
  readonly name: string;
  readonly wanted: WantedModel;
  readonly stop: AbortController;
  readonly speed: Speed;
  readonly ended: Promise<void>;
  progress: Progress;
}

type Ended = Omit<Download, 'bytesPerSecond'>;

const NOTHING_YET = { model: undefined, isOffered: false, error: undefined } as const;
const AT_THE_START: Progress = { phase: 'asking', doneBytes: 0, totalBytes: 0 };
/** Ended ones that are remembered. */
const MOST_ENDED = 5;

/**
 * The downloads of this process. They are the server's: who began one may leave, and come back to
 * see how far it is. One goes on at a time.
 */
@Injectable()
export class Downloads implements OnApplicationShutdown {
  private readonly logger = new Logger(Downloads.name);
  private running: Running | undefined;
  private ended: Ended[] = [];
  private lastId = 0;

  constructor(
    @Inject(DOWNLOAD_TOOLS) private readonly tools: DownloadTools,
    private readonly models: ModelRegistry,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    this.running?.stop.abort();
    await this.running?.ended;
  }

  /** The one that goes on, then those that have ended, latest first. */
  list(): readonly Download[] {
    const { running } = this;
    const ended = this.ended.map((one): Download => ({ ...one, bytesPerSecond: 0 }));
    return running ? [this.view(running), ...ended] : ended;
  }

  /**
   * Begins one. What goes wrong later is told in {@link list}.
   * @throws {DomainError} DOWNLOAD.NAME_INVALID, DOWNLOAD.BUSY
   */
  start(name: string): Download {
    const wanted = wantedModel(name);
    if (this.running) throw new DomainError('DOWNLOAD.BUSY');
    this.lastId += 1;
    const id = this.lastId;
    const stop = new AbortController();
    const ended = Promise.resolve().then(() => this.run(wanted, stop.signal));
    const speed = new Speed();
    const running = { id, name: name.trim(), wanted, stop, speed, ended, progress: AT_THE_START };
    this.running = running;
    // One that failed and is begun again has nothing more to say.
    this.ended = this.ended.filter((one) => one.name !== running.name);
    return this.view(running);
  }

  /**
   * Stops one that goes on; forgets one that has ended. What has arrived stays.
   * @throws {DomainError} DOWNLOAD.NOT_UNDER_WAY
   */
  async remove(id: number): Promise<void> {
    const { running } = this;
    const isKnown = running?.id === id || this.ended.some((one) => one.id === id);
    if (!isKnown) throw new DomainError('DOWNLOAD.NOT_UNDER_WAY');
    if (running?.id === id) {
      running.stop.abort();
      await running.ended;
    }
    this.ended = this.ended.filter((one) => one.id !== id);
  }

  /**
   * Stops the download of a model that is about to be removed: else it would go on into a file that
   * is no longer there.
   * @throws {DomainError} DOWNLOAD.NAME_INVALID
   */
  async stopOf(name: string): Promise<void> {
    const { repository, file } = wantedModel(name);
    const { running } = this;
    if (running?.wanted.repository !== repository) return;
    const isOther = file !== undefined && ![undefined, file].includes(running.wanted.file);
    if (!isOther) await this.remove(running.id);
  }

  private view({ id, name, progress, speed }: Running): Download {
    const bytesPerSecond = progress.phase === 'downloading' ? speed.at(performance.now()) : 0;
    return { id, name, state: 'running', progress, bytesPerSecond, ...NOTHING_YET };
  }

  private async run(wanted: WantedModel, signal: AbortSignal): Promise<void> {
    const { running } = this;
    if (!running) return;
    const { id, name } = running;
    try {
      const model = await downloadModel(wanted, this.tools, signal, (progress) => {
        running.progress = progress;
        if (progress.phase === 'downloading') {
          running.speed.add(progress.doneBytes, performance.now());
        }
      });
      // It is offered before anybody reads that it is there.
      await this.models.refresh();
      const listed = await this.models.list();
      const isOffered = listed.some((one) => idsOf(model).includes(one.id));
      this.logger.log({ model: model.id, bytes: model.bytes }, 'a model was downloaded');
      this.end({
        ...NOTHING_YET,
        id,
        name,
        state: 'done',
        progress: running.progress,
        model,
        isOffered,
      });
    } catch (thrown) {
      const error = thrown instanceof DomainError ? thrown : new DomainError('SERVER.ERROR');
      if (!signal.aborted) this.report(name, thrown);
      this.end({ ...NOTHING_YET, id, name, state: 'failed', progress: running.progress, error });
    }
  }

  private end(ended: Ended): void {
    this.running = undefined;
    this.ended = [ended, ...this.ended].slice(0, MOST_ENDED);
  }

  private report(name: string, thrown: unknown): void {
    if (thrown instanceof DomainError) {
      const { cause } = thrown;
      const why = cause instanceof Error ? reasonOf(cause) : undefined;
      this.logger.warn({ model: name, code: thrown.code, why }, 'a download failed');
    } else this.logger.error({ err: thrown, model: name }, 'a download failed');
  }
}

/** Node's word for it, which `fetch` keeps a cause deeper. */
function reasonOf(error: Error): string {
  const { cause } = error;
  return cause instanceof Error ? cause.message : error.message;
}
