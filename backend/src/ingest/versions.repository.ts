import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Document, DocumentVersion, inTransaction, removeChunks, reviseChunks, Chunk } from '#db';
import { DataSource, type EntityManager } from 'typeorm';
import type { DomainError } from '../platform/domain-error.js';
import type { DocumentFailure } from './document-failure.js';
import { isCalledByAddress } from './page-title.rules.js';
import { REVISED } from './revised.js';
import { IngestJobsRepository, type TakenJob } from './queue/ingest-jobs.repository.js';

/** What a version was found to be once it was read. */
export interface ReadVersion {
  readonly pages: number | null;
  readonly characters: number;
  readonly chunkCount: number;
}

/** A job in the hands of a process. */
export interface HeldJob extends TakenJob {
  readonly owner: string;
}

/** How far versions have come. Every change is made only while the job is still this process's own. */
@Injectable()
export class VersionsRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly jobs: IngestJobsRepository,
  ) {}

  /** With its document; null when it was deleted. */
  find(id: number): Promise<DocumentVersion | null> {
    return this.dataSource
      .getRepository(DocumentVersion)
      .findOne({ where: { id }, relations: { document: true } });
  }

  /** How far the work is, 0 to 100. */
  async report(id: number, progress: number): Promise<void> {
    await this.dataSource.getRepository(DocumentVersion).update({ id }, { progress });
  }

  begin(job: HeldJob): Promise<void> {
    return this.change(job, {
      status: 'parsing',
      progress: 0,
      errorCode: null,
      errorDetails: null,
    });
  }

  /** What was read is being stored from now on. */
  beginStoring(job: HeldJob, mediaType: string): Promise<void> {
    return this.change(job, { status: 'indexing', mediaType });
  }

  /**
   * A version is complete: from this commit on it is found instead of the one before, which is taken
   * out of the search by work of its own. The job ends with it.
   * @param title of a page that was not called anything but its address.
   * @param tell whether OpenSearch is to be told of it, by work of its own.
   */
  complete(
    job: HeldJob,
    read: ReadVersion,
    { title, tell }: { readonly title: string | null; readonly tell: boolean },
  ): Promise<void> {
    return inTransaction(this.dataSource, async (manager) => {
      await this.jobs.finish(job.id, job.owner, manager);
      const id = job.versionId;
      const version = await manager.findOneBy(DocumentVersion, { id });
      const document = version && (await manager.findOneBy(Document, { id: version.documentId }));
      if (!document) return;
      const now = new Date();
      await manager.update(
        DocumentVersion,
        { id },
        { ...read, status: 'ready', progress: 100, finishedAt: now },
      );
      // A newer one may have been quicker.
      const isNewest = (document.versionId ?? 0) <= id;
      const other = isNewest ? document.versionId : id;
      if (isNewest) {
        const named = title !== null && isCalledByAddress(document.title, document.url);
        await manager.update(
          Document,
          { id: document.id },
          { versionId: id, updatedAt: now, ...(named && { title: title.slice(0, 255) }) },
        );
        if (named) await this.revise(manager, id, { ...document, title: title.slice(0, 255) });
        if (tell) await this.jobs.add(manager, { kind: 'tell', versionId: id });
      }
      if (other !== null && other !== id) {
        await this.jobs.add(manager, { kind: 'remove', versionId: other });
      } else if (!isNewest) await this.jobs.add(manager, { kind: 'remove', versionId: id });
    });
  }

  /** Has its passages found by the title and at the place that its document has: a long one's by and by. */
  private async revise(manager: EntityManager, id: number, document: Document): Promise<void> {
    const rest = await reviseChunks(manager, id, document, 0, REVISED);
    if (rest !== undefined) await this.jobs.add(manager, { kind: 'revise', versionId: id });
  }

  /** A version cannot be found in: says why, and leaves nothing of its text. The job ends with it. */
  fail(job: HeldJob, { code, details }: DocumentFailure): Promise<void> {
    return inTransaction(this.dataSource, async (manager) => {
      await this.jobs.finish(job.id, job.owner, manager);
      await removeChunks(manager, job.versionId);
      await manager.delete(Chunk, { versionId: job.versionId });
      await manager.update(
        DocumentVersion,
        { id: job.versionId },
        {
          status: 'failed',
          errorCode: code,
          errorDetails: details ? JSON.stringify(details) : null,
          finishedAt: new Date(),
        },
      );
    });
  }

  /** Another attempt will be made: until then it waits, and says for what where something is known. */
  putOff(job: HeldJob, refusal?: DomainError): Promise<void> {
    return this.change(job, {
      ...{ status: 'waiting', progress: 0, errorCode: refusal?.code ?? null },
      errorDetails: refusal?.details ? JSON.stringify(refusal.details) : null,
    });
  }

  private change(job: HeldJob, changed: Partial<DocumentVersion>): Promise<void> {
    return inTransaction(this.dataSource, async (manager) => {
      await this.jobs.hold(job.id, job.owner, manager);
      await manager.update(DocumentVersion, { id: job.versionId }, changed);
    });
  }
}
