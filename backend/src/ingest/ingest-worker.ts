import { randomBytes } from 'node:crypto';
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { type IngestJobKind, isDatabaseAway } from '#db';
import { ChunkIndexes } from '../knowledge/search/chunk-indexes.js';
import { Stopping } from '../platform/stopping.js';
import { DocumentFailure } from './document-failure.js';
import { IngestDocument } from './ingest-document.js';
import { IngestQueue } from './ingest-queue.js';
import { PassagesRepository, VersionGoneError } from './passages.repository.js';
import {
  IngestJobsRepository,
  LEASE_SECONDS,
  LeaseLostError,
} from './queue/ingest-jobs.repository.js';
import { inTurn, servedNow } from './queue/turn.rules.js';
import { afterFailure, MOST_BEGUN, pauseAfter } from './retry.rules.js';
import { type HeldJob, VersionsRepository } from './versions.repository.js';

/** Signs of life of a job: three may be missed. */
const RENEW_MS = (LEASE_SECONDS * 1000) / 4;

/** What is so as long as a job is not done. */
const UNDONE: Record<IngestJobKind, string> = {
  ingest: 'is not found yet',
  remove: 'is still in an index',
  tell: 'is not in OpenSearch yet',
  revise: 'is still found by what its document was called',
};

/** Does the work on documents that is due, a few at a time, each person in turn. */
@Injectable()
export class IngestWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(IngestWorker.name);
  /** The name under which this process holds jobs; new at every start. */
  private readonly owner = randomBytes(16).toString('hex');
  /** Persons in the order in which they were served. */
  private served: readonly number[] = [];
  private waits = false;

  constructor(
    private readonly stopping: Stopping,
    private readonly queue: IngestQueue,
    private readonly jobs: IngestJobsRepository,
    private readonly documents: IngestDocument,
    private readonly versions: VersionsRepository,
    private readonly passages: PassagesRepository,
    private readonly indexes: ChunkIndexes,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.freeIfAlone();
    await this.queue.start(() => this.once());
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.begin(); // An application that is closed without a drain stops as well.
    await this.queue.stop();
  }

  /** Does the next job. @returns whether there was one. */
  private async once(): Promise<boolean> {
    if (this.stopping.begun) return false;
    try {
      const job = await this.take();
      if (job) await this.perform(job);
      this.waits = false;
      return job !== undefined;
    } catch (error) {
      // An outage is one line, however often work is looked for in it.
      if (!this.waits && !this.stopping.begun) {
        this.logger.warn({ err: error }, 'work on documents has to wait');
      }
      this.waits = true;
      return false;
    }
  }

  private async take(): Promise<HeldJob | undefined> {
    for (const { id, personId } of inTurn(await this.jobs.findCandidates(), this.served)) {
      const job = await this.jobs.take(id, this.owner);
      if (job) {
        this.served = servedNow(this.served, personId);
        const { kind, versionId, attempts } = job;
        return { id, kind, versionId, attempts, owner: this.owner };
      }
    }
    return undefined;
  }

  private async perform(job: HeldJob): Promise<void> {
    const lost = new AbortController();
    const signal = AbortSignal.any([this.stopping.signal, lost.signal]);
    const renewal = setInterval(() => {
      this.jobs.hold(job.id, job.owner).catch((error: unknown) => {
        if (error instanceof LeaseLostError) lost.abort(error);
      });
    }, RENEW_MS).unref();
    try {
      // A removal is never given up: what was deleted must go.
      if (job.kind === 'ingest' && job.attempts > MOST_BEGUN)
        await this.giveUp(job, new DocumentFailure('DOCUMENT.FAILED'));
      else if (job.kind === 'ingest') await this.documents.run(job, signal);
      else if (job.kind === 'remove') await this.remove(job);
      else if (job.kind === 'tell') await this.tell(job, signal);
      else await this.revise(job, signal);
    } catch (error) {
      await this.recover(job, error, lost.signal);
    } finally {
      clearInterval(renewal);
    }
  }

  /** Nothing finds the version any more; what is done again does no harm. */
  private async remove(job: HeldJob): Promise<void> {
    await this.passages.unlist(job.versionId);
    await this.indexes.remove(job.versionId);
    await this.jobs.finish(job.id, job.owner);
  }

  /** Tells OpenSearch of passages; what is done again does no harm. @throws while it is away. */
  private async tell(job: HeldJob, signal: AbortSignal): Promise<void> {
    if (!(await this.indexes.add(job.versionId, signal))) {
      throw new Error('OpenSearch is away, and does not know the passages yet');
    }
    await this.jobs.finish(job.id, job.owner);
  }

  /** A document has another title or place; what is done again does no harm. */
  private async revise(job: HeldJob, signal: AbortSignal): Promise<void> {
    await this.passages.revise(job, signal);
    await this.jobs.finish(job.id, job.owner);
  }

  private async recover(job: HeldJob, error: unknown, lost: AbortSignal): Promise<void> {
    if (lost.aborted || error instanceof LeaseLostError) return; // Somebody else is at it.
    if (this.stopping.begun) {
      await this.jobs.giveBack(job.id, job.owner);
      return;
    }
    if (isDatabaseAway(error)) throw error; // Nothing can be noted down: the lease will end.
    if (error instanceof VersionGoneError) {
      await this.remove(job).catch((failure: unknown) => this.later(job, failure));
      return;
    }
    if (job.kind === 'ingest') await this.answer(job, error);
    else await this.later(job, error);
  }

  private async later({ kind, ...job }: HeldJob, error: unknown): Promise<void> {
    this.logger.warn({ versionId: job.versionId, err: error }, `a version ${UNDONE[kind]}`);
    await this.jobs.putOff(job.id, job.owner, pauseAfter(job.attempts));
  }

  /** A document that could not be made findable is tried again, or says why. */
  private async answer(job: HeldJob, error: unknown): Promise<void> {
    const next = afterFailure(error, job.attempts);
    const { versionId, attempts } = job;
    if (next.step === 'wait') {
      const { refusal, afterSeconds } = next;
      this.logger.warn({ versionId, code: refusal.code, afterSeconds }, 'a document waits');
      await this.versions.putOff(job, refusal);
      await this.jobs.postpone(job.id, job.owner, afterSeconds);
    } else if (next.step === 'again') {
      this.logger.warn({ versionId, attempts, err: error }, 'a document will be tried again');
      await this.versions.putOff(job);
      await this.jobs.putOff(job.id, job.owner, next.afterSeconds);
    } else {
      const { code } = next.failure;
      this.logger.warn({ versionId, attempts, code, err: error }, 'a document cannot be read');
      await this.giveUp(job, next.failure);
      // While OpenSearch is away it stays there unseen, until it is indexed anew.
      await this.indexes.remove(versionId).catch(() => undefined);
    }
  }

  /** What was stored of it goes first, some at a time: nobody waits for all of a long one's. */
  private async giveUp(job: HeldJob, failure: DocumentFailure): Promise<void> {
    await this.passages.clear(job);
    await this.versions.fail(job, failure);
  }
}
