import { z } from 'zod';
import { DomainError, type ErrorDetails, RetryLaterError } from '../platform/domain-error.js';
import { isSafePath } from './model-name.rules.js';

/** How the hub says what a file must be: of large files SHA-256, of small ones as git has it. */
export interface Checksum {
  readonly algorithm: 'sha256' | 'git-sha1';
  /** Hexadecimal, lower case. */
  readonly value: string;
}

/** A file of a repository. */
export interface HubFile {
  readonly path: string;
  readonly bytes: number;
  readonly checksum: Checksum;
}

/** What the hub says of a repository. */
export interface HubRepository {
  readonly name: string;
  /** The commit that the files are of; what is fetched is fetched from it. */
  readonly revision: string;
  /** As the hub has it: `apache-2.0`, `llama3.2`; null where it says nothing. */
  readonly licence: string | null;
  /** Files whose names may become names of ours, and whose checksum is known. */
  readonly files: readonly HubFile[];
}

const SHA256 = /^[0-9a-f]{64}$/;
const SHA1 = /^[0-9a-f]{40}$/;
/** More is no model. */
const LARGEST_BYTES = 2 ** 43;

const sizeField = z.int().min(0).max(LARGEST_BYTES);
const repositorySchema = z.object({
  sha: z.string().regex(SHA1).optional(),
  cardData: z.object({ license: z.unknown() }).partial().nullish().catch(null),
  siblings: z.array(
    z.object({
      rfilename: z.string(),
      size: sizeField.optional().catch(undefined),
      blobId: z.string().optional().catch(undefined),
      lfs: z
        .object({ sha256: z.string().optional(), size: sizeField.optional() })
        .nullish()
        .catch(null),
    }),
  ),
});
type Sibling = z.infer<typeof repositorySchema>['siblings'][number];

/**
 * Reads the answer of `/api/models/owner/name?blobs=true`.
 * @throws {DomainError} DOWNLOAD.BAD_ANSWER
 */
export function readRepository(name: string, answer: unknown): HubRepository {
  const read = repositorySchema.safeParse(answer);
  if (!read.success) throw new DomainError('DOWNLOAD.BAD_ANSWER');
  const { sha = 'main', cardData, siblings } = read.data;
  const licence = cardData?.license;
  return {
    name,
    revision: sha,
    licence: typeof licence === 'string' && licence.length <= 100 ? licence : null,
    files: siblings.flatMap((sibling) => {
      const file = fileOf(sibling);
      return file ? [file] : [];
    }),
  };
}

function fileOf({ rfilename: path, size, blobId = '', lfs }: Sibling): HubFile | undefined {
  const bytes = lfs?.size ?? size;
  const sha256 = lfs?.sha256?.toLowerCase() ?? '';
  if (bytes === undefined || !isSafePath(path)) return undefined;
  if (SHA256.test(sha256)) return { path, bytes, checksum: { algorithm: 'sha256', value: sha256 } };
  if (lfs || !SHA1.test(blobId)) return undefined;
  return { path, bytes, checksum: { algorithm: 'git-sha1', value: blobId } };
}

/** What a refusal of the hub, or of where it sent us, says. */
export interface Refusal {
  readonly status: number;
  /** `X-Error-Code`. */
  readonly code: string | null;
  /** `X-Error-Message`; only ever matched, never shown. */
  readonly message: string | null;
  /** Whole seconds, from `Retry-After`. */
  readonly retryAfterSeconds: number | undefined;
  /** False where a redirect led elsewhere: what is refused there is no matter of rights. */
  readonly ofHub: boolean;
}

/** What was asked for, and how. */
export interface Asked {
  readonly repository: string;
  readonly file?: string;
  /** Host of the hub. */
  readonly hub: string;
  readonly hasToken: boolean;
}

/** What a refusal means. */
export function refusalError(refusal: Refusal, asked: Asked): DomainError {
  const { status, code, message, retryAfterSeconds, ofHub } = refusal;
  const { repository: name, hub, hasToken } = asked;
  const told: ErrorDetails = { name, hub, status };
  if (status === 429) {
    return new RetryLaterError('DOWNLOAD.RATE_LIMITED', retryAfterSeconds ?? 60, told);
  }
  if (!ofHub || status >= 500) return new DomainError('DOWNLOAD.HUB_FAILED', told);
  if (code === 'GatedRepo' || status === 403) {
    return new DomainError(hasToken ? 'DOWNLOAD.GATED' : 'DOWNLOAD.TOKEN_NEEDED', told);
  }
  if (status === 401 && hasToken && /credentials|token/i.test(message ?? '')) {
    return new DomainError('DOWNLOAD.TOKEN_REFUSED', told);
  }
  // Of a repository that is not there, or that is private, the hub says 401 to who has no token.
  if (status === 401 || status === 404 || status === 410) {
    return asked.file === undefined || code === 'RepoNotFound'
      ? new DomainError('DOWNLOAD.NOT_FOUND', told)
      : new DomainError('DOWNLOAD.NO_SUCH_FILE', { ...told, file: asked.file });
  }
  return new DomainError('DOWNLOAD.HUB_FAILED', told);
}
