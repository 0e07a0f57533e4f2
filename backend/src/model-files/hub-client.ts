import { retryAfterMs } from '../llm/failure.rules.js';
import { DomainError } from '../platform/domain-error.js';
import {
  type Asked,
  type HubRepository,
  readRepository,
  refusalError,
} from './hub-answer.rules.js';

/** Where the hub is, and as whom it is asked. */
export interface HubAddress {
  /** `https://huggingface.co`, or a mirror. */
  readonly endpoint: string;
  /** Sent to that very origin, and nowhere else. */
  readonly token: string | undefined;
}

/** The rest of a file, from where it was asked for or from its beginning. */
export interface FileStream {
  /** Of the first byte that comes. */
  readonly from: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface HubDeadlines {
  /** Until an answer begins; milliseconds. */
  readonly answerMs: number;
  /** From one piece of a file to the next; milliseconds. */
  readonly idleMs: number;
}

/** What ends a request. */
interface Ends {
  /** Whoever asked for it. */
  readonly caller: AbortSignal;
  /** That, or that it takes too long. */
  readonly either: AbortSignal;
}

const DEADLINES: HubDeadlines = { answerMs: 30_000, idleMs: 60_000 };
const MOST_REDIRECTS = 5;
/** The list of a repository of ten thousand files has 3 MB. */
const LARGEST_LIST = 16 * 1024 * 1024;

/** Speaks to a hub of models as Hugging Face's own tools do. */
export class HubClient {
  /** Host and port, as people know it. */
  readonly host: string;
  private readonly address: HubAddress;
  private readonly deadlines: HubDeadlines;
  private readonly origin: string;

  constructor(address: HubAddress, deadlines: HubDeadlines = DEADLINES) {
    this.address = address;
    this.deadlines = deadlines;
    const { host, origin } = new URL(address.endpoint);
    this.host = host;
    this.origin = origin;
  }

  /** Address of a repository's page, for people. */
  pageOf(name: string): string {
    return this.url(name).href;
  }

  /** What a repository holds. @throws {DomainError} DOWNLOAD.… */
  async repository(name: string, signal: AbortSignal): Promise<HubRepository> {
    const asked = this.asked(name);
    const url = this.url(`api/models/${name}?blobs=true`);
    const limit = AbortSignal.timeout(this.deadlines.answerMs);
    const ends = { caller: signal, either: AbortSignal.any([signal, limit]) };
    const answer = await this.follow(url, {}, ends, asked);
    return readRepository(name, await this.json(answer, ends));
  }

  /**
   * Begins to fetch a file.
   * @param from the first byte wanted; the hub may begin at 0 all the same.
   * @throws {DomainError} DOWNLOAD.…, here and while it is read (CUT_SHORT).
   */
  async file(
    { name, revision }: Pick<HubRepository, 'name' | 'revision'>,
    path: string,
    from: number,
    signal: AbortSignal,
  ): Promise<FileStream> {
    const quiet = new AbortController();
    const ends = { caller: signal, either: AbortSignal.any([signal, quiet.signal]) };
    const late = setTimeout(() => {
      quiet.abort();
    }, this.deadlines.answerMs);
    try {
      const headers: Record<string, string> = from > 0 ? { range: `bytes=${String(from)}-` } : {};
      const place = path.split('/').map(encodeURIComponent).join('/');
      const url = this.url(`${name}/resolve/${revision}/${place}`);
      const answer = await this.follow(url, headers, ends, this.asked(name, path));
      if (!answer.body) throw new DomainError('DOWNLOAD.BAD_ANSWER');
      const begins = firstByte(answer);
      return { from: begins, bytes: this.watched(answer.body, quiet, signal) };
    } finally {
      clearTimeout(late);
    }
  }

  private async *watched(
    body: ReadableStream<Uint8Array>,
    quiet: AbortController,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    const watch = setTimeout(() => {
      quiet.abort();
    }, this.deadlines.idleMs);
    try {
      for await (const piece of body) {
        yield piece;
        watch.refresh();
      }
    } catch (error) {
      throw signal.aborted ? error : new DomainError('DOWNLOAD.CUT_SHORT', {}, { cause: error });
    } finally {
      clearTimeout(watch);
    }
  }

  /** Goes where the hub points to, with the token only as long as that is the hub itself. */
  private async follow(
    first: URL,
    headers: Record<string, string>,
    ends: Ends,
    asked: Asked,
  ): Promise<Response> {
    let url = first;
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      const answer = await this.get(url, headers, ends);
      const next = redirect(answer, url);
      if (!next) return this.accepted(answer, url, asked);
      await answer.body?.cancel();
      // What was asked for in secret must not be fetched in the open.
      if (url.protocol === 'https:' && next.protocol !== 'https:') break;
      url = next;
    }
    throw new DomainError('DOWNLOAD.BAD_ANSWER');
  }

  private async get(
    url: URL,
    headers: Record<string, string>,
    { caller, either }: Ends,
  ): Promise<Response> {
    const { token } = this.address;
    const isHub = url.origin === this.origin;
    try {
      return await fetch(url, {
        redirect: 'manual',
        signal: either,
        headers: {
          ...headers,
          ...{ 'user-agent': 'prosa', 'accept-encoding': 'identity' },
          ...(isHub && token !== undefined ? { authorization: `Bearer ${token}` } : {}),
        },
      });
    } catch (error) {
      throw caller.aborted ? error : this.offline(error);
    }
  }

  /** @throws {DomainError} DOWNLOAD.BAD_ANSWER: a page of HTML, say, of a proxy that wants a name. */
  private async json({ body }: Response, { caller }: Ends): Promise<unknown> {
    const decoder = new TextDecoder();
    let text = '';
    try {
      for await (const piece of (body ?? []) as AsyncIterable<Uint8Array>) {
        text += decoder.decode(piece, { stream: true });
        if (text.length > LARGEST_LIST) break;
      }
    } catch (error) {
      throw caller.aborted ? error : this.offline(error);
    }
    try {
      return JSON.parse(text + decoder.decode());
    } catch {
      throw new DomainError('DOWNLOAD.BAD_ANSWER');
    }
  }

  private async accepted(answer: Response, url: URL, asked: Asked): Promise<Response> {
    if (answer.status === 200 || answer.status === 206) return answer;
    await answer.body?.cancel();
    const { headers, status } = answer;
    const waitMs = retryAfterMs(headers.get('retry-after') ?? undefined, Date.now());
    throw refusalError(
      {
        status,
        code: headers.get('x-error-code'),
        message: headers.get('x-error-message'),
        retryAfterSeconds: waitMs === undefined ? undefined : Math.max(1, Math.ceil(waitMs / 1000)),
        ofHub: url.origin === this.origin,
      },
      asked,
    );
  }

  private asked(repository: string, file?: string): Asked {
    const hasToken = this.address.token !== undefined;
    return { repository, hub: this.host, hasToken, ...(file === undefined ? {} : { file }) };
  }

  private offline(cause: unknown): DomainError {
    return new DomainError('DOWNLOAD.OFFLINE', { hub: this.host }, { cause });
  }

  private url(path: string): URL {
    return new URL(path, `${this.address.endpoint.replace(/\/+$/, '')}/`);
  }
}

function redirect({ status, headers }: Response, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(status)) return undefined;
  const next = URL.parse(headers.get('location') ?? '', from.href);
  return next && /^https?:$/.test(next.protocol) ? next : undefined;
}

/** Of the first byte that comes; a server that ignores Range begins at 0. */
function firstByte({ status, headers }: Response): number {
  if (status !== 206) return 0;
  const begins = /^bytes (\d{1,15})-/.exec(headers.get('content-range') ?? '')?.[1];
  if (begins === undefined) throw new DomainError('DOWNLOAD.BAD_ANSWER');
  return Number(begins);
}
