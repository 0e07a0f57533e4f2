import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { DocumentVersion } from '#db';
import { FetchFailure } from '../fetching/fetch-failure.js';
import { GuardedFetch } from '../fetching/guarded-fetch.js';
import { DomainError } from '../platform/domain-error.js';
import { DocumentFailure } from './document-failure.js';
import { DocumentBytes, PART_BYTES } from './document-bytes.repository.js';

/** Kinds of content that a page may be. */
const TYPES = [
  'text/html',
  'application/xhtml+xml',
  'text/plain',
  'text/markdown',
  'application/pdf',
];

/** Gets pages, through the guarded door, and keeps them as they were: what is found is what was there then. */
@Injectable()
export class PageBytes {
  constructor(
    private readonly door: GuardedFetch,
    private readonly bytes: DocumentBytes,
  ) {}

  /**
   * Gets a version's page, unless that was done before.
   * @throws {DocumentFailure} why it cannot be had; the signal's reason when it is aborted.
   */
  async fetch(version: DocumentVersion, signal: AbortSignal): Promise<void> {
    const url = version.document.url ?? '';
    if (version.bytes > 0) return;
    try {
      const { body, type, charset } = await this.door.fetch(url, TYPES, signal);
      await this.bytes.replace(version.id, [...parts(body)], {
        mediaType: charset === null ? type : `${type};charset=${charset}`.slice(0, 127),
        bytes: body.length,
        sha256: createHash('sha256').update(body).digest('hex'),
      });
    } catch (error) {
      if (error instanceof FetchFailure) throw inWords(error, url);
      // How big a page is shows only once it is here.
      if (error instanceof DomainError && error.code === 'COLLECTION.NO_ROOM')
        throw new DocumentFailure(error.code, error.details, { cause: error });
      throw error;
    }
  }
}

function* parts(body: Buffer): Generator<Buffer> {
  for (let at = 0; at < body.length; at += PART_BYTES) yield body.subarray(at, at + PART_BYTES);
}

/** In the words that a document's error has for it; `why` is the same in every language. */
function inWords(failure: FetchFailure, url: string): DocumentFailure {
  const host = URL.canParse(url) ? new URL(url).host : url.slice(0, 100);
  const options = { cause: failure };
  switch (failure.problem) {
    case 'private':
      return new DocumentFailure('DOCUMENT.PRIVATE', { host }, options);
    case 'type':
      return new DocumentFailure('DOCUMENT.PAGE_TYPE', { host }, options);
    case 'size':
      return new DocumentFailure('DOCUMENT.TOO_BIG', { mb: 10 }, options);
    case 'address':
    case 'redirects':
    case 'status':
    case 'time':
    case 'unreachable':
      return new DocumentFailure('DOCUMENT.UNREACHABLE', { host, why: whyOf(failure) }, options);
  }
}

function whyOf({ problem, message }: FetchFailure): string {
  const detail = message.slice(problem.length + 2);
  if (problem === 'status') return `HTTP ${detail}`;
  if (problem === 'time') return 'timeout';
  if (problem === 'unreachable') return detail.includes('name') ? 'DNS' : detail;
  return problem === 'redirects' ? 'HTTP 3xx' : 'URL';
}
