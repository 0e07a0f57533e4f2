import { Injectable, Logger } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { DocumentBytes, PART_BYTES } from '../../ingest/document-bytes.repository.js';
import { DomainError } from '../../platform/domain-error.js';
import { type Arrival, type Arrived, IntakeRepository } from './intake.repository.js';

/** How often a version whose bytes arrive shows that they still do: see the cleaner. */
export const SIGN_OF_LIFE_MS = 60_000;

/** Stores bytes as they arrive, as a version of a document; what does not arrive leaves nothing. */
@Injectable()
export class Intake {
  private readonly logger = new Logger(Intake.name);

  constructor(
    private readonly intake: IntakeRepository,
    private readonly bytes: DocumentBytes,
  ) {}

  /**
   * Takes a version in.
   * @param source its bytes; null for a page, which has none yet.
   * @param stillMay throws where whoever brings it may no longer do so when all of it is here.
   * @returns the id of its document.
   * @throws {DomainError} DOCUMENT.EMPTY, what `begin` and `finish` throw, and what the source does.
   */
  async take(
    arrival: Arrival,
    source: AsyncIterable<Buffer> | null,
    stillMay: () => Promise<unknown>,
  ): Promise<number> {
    const version = await this.intake.begin(arrival);
    const alive = setInterval(() => {
      // The next sign comes soon.
      this.intake.stillArrives(version).catch(() => undefined);
    }, SIGN_OF_LIFE_MS).unref();
    try {
      const arrived = source ? await this.store(version.id, source) : { bytes: 0, sha256: '' };
      await stillMay();
      await this.intake.finish(version, arrived);
      return version.documentId;
    } catch (error) {
      await this.intake.abandon(version).catch((left: unknown) => {
        this.logger.warn({ err: left }, 'a version that did not arrive is left to the cleaner');
      });
      throw error;
    } finally {
      clearInterval(alive);
    }
  }

  private async store(versionId: number, source: AsyncIterable<Buffer>): Promise<Arrived> {
    const hash = createHash('sha256');
    let bytes = 0;
    let n = 0;
    for await (const part of inParts(source)) {
      hash.update(part);
      bytes += part.length;
      n += 1;
      await this.bytes.append(versionId, n, part);
    }
    if (bytes === 0) throw new DomainError('DOCUMENT.EMPTY');
    return { bytes, sha256: hash.digest('hex') };
  }
}

/** The same bytes in parts of {@link PART_BYTES}; the last may be smaller. */
async function* inParts(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let kept: Buffer[] = [];
  let length = 0;
  for await (let piece of source) {
    while (length + piece.length >= PART_BYTES) {
      const rest = PART_BYTES - length;
      yield Buffer.concat([...kept, piece.subarray(0, rest)]);
      piece = piece.subarray(rest);
      kept = [];
      length = 0;
    }
    if (piece.length > 0) kept.push(piece);
    length += piece.length;
  }
  if (length > 0) yield Buffer.concat(kept);
}
