import type { DocumentVersion } from '#db';
import type { ErrorDetails } from '../../platform/domain-error.js';
import { ERROR_STATUS, type ErrorCode } from '../../platform/error-codes.js';
import { errorMessage } from '../../platform/error-message.js';
import type { Language } from '../../platform/language.rules.js';
import type { DocumentState } from './documents.repository.js';
import type { DocumentView, VersionView } from './documents.schema.js';

/** What a caller sees of a document. */
export function toDocument(
  { document, newest, found }: DocumentState,
  language: Language,
): DocumentView {
  const { id, collectionId, kind, title, url, createdAt, updatedAt, deletedAt } = document;
  const { fileName, mediaType, bytes } = newest;
  // Of what can be read now, while a newer version is being prepared.
  const { pages, characters } = newest.status === 'ready' ? newest : (found ?? newest);
  return {
    ...{ id, collectionId, kind, title, url, fileName, mediaType, bytes, pages, characters },
    ...progressOf(newest, language),
    version: found && { id: found.id, n: found.n },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    deletedAt: deletedAt?.toISOString() ?? null,
  };
}

/** What a caller sees of a version. @param foundId the id of the one that is found. */
export function toVersion(
  version: DocumentVersion,
  foundId: number | null,
  language: Language,
): VersionView {
  const { id, n, fileName, mediaType, bytes, pages, characters, createdAt, finishedAt } = version;
  return {
    ...{ id, n, fileName, mediaType, bytes, pages, characters },
    ...progressOf(version, language),
    found: id === foundId,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}

function progressOf(
  { status, progress, errorCode, errorDetails }: DocumentVersion,
  language: Language,
): Pick<DocumentView, 'status' | 'progress' | 'error'> {
  const code = errorCode === null ? null : knownCode(errorCode);
  return {
    // Nobody sees one whose bytes still arrive; it waits for them.
    status: status === 'receiving' ? 'waiting' : status,
    progress,
    error: code && { code, message: errorMessage(code, language, detailsOf(errorDetails)) },
  };
}

/** A code of another version of Prosa says only that it failed. */
function knownCode(code: string): ErrorCode {
  return Object.hasOwn(ERROR_STATUS, code) ? (code as ErrorCode) : 'DOCUMENT.FAILED';
}

const detailsOf = (json: string | null): ErrorDetails | undefined =>
  json === null ? undefined : (JSON.parse(json) as ErrorDetails);
