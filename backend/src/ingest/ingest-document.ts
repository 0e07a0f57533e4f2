import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type DocumentVersion, isOrphan } from '#db';
import { ChunkIndexes } from '../knowledge/search/chunk-indexes.js';
import type { Passage } from './chunking/passages.rules.js';
import { DocumentBytes } from './document-bytes.repository.js';
import { DocumentFailure } from './document-failure.js';
import { PageBytes } from './page-bytes.js';
import type { Parsed } from './parsing/child-answer.js';
import { Parser } from './parsing/parser.js';
import { PassagesRepository, VersionGoneError } from './passages.repository.js';
import { Progress } from './progress.js';
import { type HeldJob, VersionsRepository } from './versions.repository.js';

/** Passages in one commit: some milliseconds of the database's one writer, and of this process. */
export const BATCH = 20;
/** Passages that are compared at a time with what an earlier attempt has stored. */
const COMPARED = 200;
/** The part of the work that reading is; the rest is storing and indexing. */
const READING = 0.5;

/** Makes a version findable: reads it, stores its passages, and shows it when it is complete. */
@Injectable()
export class IngestDocument {
  constructor(
    private readonly versions: VersionsRepository,
    private readonly passages: PassagesRepository,
    private readonly bytes: DocumentBytes,
    private readonly pages: PageBytes,
    private readonly parser: Parser,
    private readonly indexes: ChunkIndexes,
  ) {}

  /**
   * Does the job, from where an earlier attempt was ended. The job's row goes with its last commit.
   * @throws {VersionGoneError} when it was deleted; {DocumentFailure} when it cannot be read; the
   * signal's reason when it is aborted.
   */
  async run(job: HeldJob, signal: AbortSignal): Promise<void> {
    const version = await this.versions.find(job.versionId);
    if (!version) throw new VersionGoneError();
    const progress = new Progress((percent) => this.versions.report(version.id, percent));
    await this.versions.begin(job);
    const charset = await this.fetchPage(version, signal);
    const parsed = await this.parser.parse(
      {
        bytes: this.bytes.read(version.id),
        fileName: version.fileName,
        kind: version.document.kind,
        charset,
      },
      {
        signal,
        onProgress: (share) => {
          progress.report(share * READING);
        },
      },
    );
    const mediaType =
      charset === null ? parsed.mediaType : `${parsed.mediaType};charset=${charset}`;
    await this.versions.beginStoring(job, mediaType.slice(0, 127));
    await this.store(job, parsed, progress, signal);
    const isTold = await this.indexes.add(version.id, signal);
    await progress.settled();
    await this.finish(job, parsed, isTold);
  }

  /** @returns what a page is encoded in, as its server said. */
  private async fetchPage(version: DocumentVersion, signal: AbortSignal): Promise<string | null> {
    if (version.document.kind === 'page') await this.pages.fetch(version, signal);
    const { mediaType = '' } = (await this.versions.find(version.id)) ?? {};
    return /;charset=([\w.:-]{1,40})$/.exec(mediaType)?.[1] ?? null;
  }

  private async store(job: HeldJob, { passages }: Parsed, progress: Progress, signal: AbortSignal) {
    if (passages.length === 0) throw new DocumentFailure('DOCUMENT.NO_TEXT');
    let done = await this.alreadyStored(job, passages);
    while (done < passages.length) {
      signal.throwIfAborted();
      const begin = performance.now();
      await this.storeBatch(job, done, passages.slice(done, done + BATCH));
      done += BATCH;
      progress.report(READING + (1 - READING) * (done / passages.length));
      // As long as it took, others have the database to themselves.
      await wait(performance.now() - begin);
    }
  }

  private async storeBatch(job: HeldJob, at: number, batch: readonly Passage[]): Promise<void> {
    try {
      await this.passages.store(job, at + 1, batch);
    } catch (error) {
      throw isOrphan(error) ? new VersionGoneError(undefined, { cause: error }) : error;
    }
  }

  /**
   * How many passages an earlier attempt stored. Should they differ from what is read now, for
   * Prosa reads better than it did then, they go.
   */
  private async alreadyStored(job: HeldJob, passages: readonly Passage[]): Promise<number> {
    for (let at = 0; ; at += COMPARED) {
      const stored = await this.passages.findFrom(job.versionId, at + 1, COMPARED);
      const isSame = stored.every((passage, index) => isEqual(passage, passages[at + index]));
      if (!isSame) {
        await this.passages.clear(job);
        return 0;
      }
      if (stored.length < COMPARED) return at + stored.length;
    }
  }

  private finish(job: HeldJob, { passages, pages, title }: Parsed, isTold: boolean): Promise<void> {
    const characters = passages.reduce((sum, { text }) => sum + text.length, 0);
    const read = { pages, characters, chunkCount: passages.length };
    // A page may get its own title, by which OpenSearch does not know its passages yet.
    const tell = !isTold || (title !== null && this.indexes.mustBeTold);
    return this.versions.complete(job, read, { title, tell });
  }
}

const isEqual = (stored: Passage, passage: Passage | undefined): boolean =>
  passage?.text === stored.text &&
  passage.heading === stored.heading &&
  passage.page === stored.page;
