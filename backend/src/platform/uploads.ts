import fastifyMultipart from '@fastify/multipart';
import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from './domain-error.js';

/** The one field of a form that holds a file. */
const FIELD = 'file';

/** What the parts of a form around its file take at most, in bytes: their heads, and other fields. */
const AROUND_FILE = 64 * 1024;

const TAKES_FILE = 'takesFile';

/** A route that takes one file as multipart/form-data, in the field `file`. */
export const TakesFile = () =>
  applyDecorators(
    RouteConfig({ [TAKES_FILE]: true }),
    ApiConsumes('multipart/form-data'),
    ApiBody({
      required: true,
      schema: {
        type: 'object',
        required: [FIELD],
        properties: { [FIELD]: { type: 'string', format: 'binary' } },
      },
    }),
  );

/** A file that is being sent. */
export interface SentFile {
  /** As its sender calls it: any text at all. */
  readonly name: string;
  /** Bytes that it has at most, by what the request says of its own length. */
  readonly mostBytes: number;
  /** Its bytes, as they arrive. @throws {DomainError} DOCUMENT.TOO_BIG, DOCUMENT.FILE_EXPECTED. */
  readonly bytes: AsyncIterable<Buffer>;
}

/**
 * Lets the routes that {@link TakesFile} marks read forms with a file; every other refuses them, since
 * a page of another site can send a form without asking.
 */
export async function acceptFiles(fastify: FastifyInstance): Promise<void> {
  await fastify.register(fastifyMultipart);
  fastify.addHook('preParsing', (request, _reply, _payload, done) => {
    const isForm = request.headers['content-type']?.toLowerCase().startsWith('multipart/') === true;
    const config = request.routeOptions.config as { readonly [TAKES_FILE]?: boolean };
    // Nobody reads the body of these, whatever their heads say of it.
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const refused = isForm && !isRead && config[TAKES_FILE] !== true;
    done(refused ? new DomainError('REQUEST.UNSUPPORTED_MEDIA_TYPE') : null);
  });
}

/**
 * Hands the one file of a request to `work` as it arrives; none of it is kept here.
 * @param maximumMb the largest file, in megabytes; the rest of a larger one is not looked at.
 * @throws {DomainError} DOCUMENT.FILE_EXPECTED unless there is exactly one, DOCUMENT.TOO_BIG, and what
 *   `work` throws.
 */
export async function withSentFile<Result>(
  request: FastifyRequest,
  maximumMb: number,
  work: (file: SentFile) => Promise<Result>,
): Promise<Result> {
  const maximum = maximumMb * 1024 * 1024;
  try {
    const length = Number(request.headers['content-length'] ?? maximum);
    if (length > maximum + AROUND_FILE)
      throw new DomainError('DOCUMENT.TOO_BIG', { mb: maximumMb });
    if (!request.isMultipart()) throw new DomainError('DOCUMENT.FILE_EXPECTED');
    const files = request.files({
      limits: {
        ...{ files: 1, fields: 8, parts: 10, fieldSize: 1024, headerPairs: 20 },
        // One more than is taken: the parser cuts a longer file off and says nothing.
        fileSize: maximum + 1,
      },
      throwFileSizeLimit: false,
    });
    const file = await nextOf(files);
    if (file?.fieldname !== FIELD) throw new DomainError('DOCUMENT.FILE_EXPECTED');
    return await work({
      // A part without a name is one of the form, not a file: the parser lets some through.
      name: nameOf(file),
      mostBytes: Math.min(length, maximum),
      bytes: bytesOf(file.file, files, maximum, maximumMb),
    });
  } finally {
    // What is still on its way would hold up the next request of this connection.
    request.raw.unpipe();
    request.raw.resume();
  }
}

const nameOf = ({ filename }: { readonly filename?: string }): string => filename ?? '';

type Files = ReturnType<FastifyRequest['files']>;

async function* bytesOf(
  file: AsyncIterable<Buffer>,
  files: Files,
  maximum: number,
  mb: number,
): AsyncGenerator<Buffer> {
  let length = 0;
  const parts = file[Symbol.asyncIterator]();
  for (;;) {
    const part = await understood(parts.next());
    if (part.done === true) break;
    length += part.value.length;
    if (length > maximum) throw new DomainError('DOCUMENT.TOO_BIG', { mb });
    yield part.value;
  }
  if (await nextOf(files)) throw new DomainError('DOCUMENT.FILE_EXPECTED');
}

async function nextOf(files: Files) {
  const next = await understood(files.next());
  return next.done === true ? undefined : next.value;
}

/** Whatever the parser stumbles over is in what was sent. */
async function understood<Value>(reading: Promise<Value>): Promise<Value> {
  try {
    return await reading;
  } catch (error) {
    throw new DomainError('DOCUMENT.FILE_EXPECTED', undefined, { cause: error });
  }
}
