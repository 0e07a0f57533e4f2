import { lookup } from 'node:dns/promises';
import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { OpenedSite } from '../config/opened-sites.rules.js';
import { hostOf, isNeverOpened, isPortOfPages, isPublic, parseAddress } from './address.rules.js';
import { isOpened } from './fetch-allow.rules.js';
import { FetchFailure } from './fetch-failure.js';
import { readBody } from './read-body.js';

/** A resolved name: what `dns.lookup` says of it. */
export interface Resolved {
  readonly address: string;
  readonly family: number;
}

export interface FetchSettings {
  /** Internal sites that may be fetched. */
  readonly allowed: readonly OpenedSite[];
  /** All of it, redirects and body included, in milliseconds. */
  readonly totalMs: number;
  /** Longest body, in bytes, before and after it is decompressed. */
  readonly maxBytes: number;
  readonly resolve: (host: string) => Promise<readonly Resolved[]>;
  /** Certificates to trust besides the system's. */
  readonly ca?: string;
}

/** Limits of S39: 10 s in all, 10 MB. */
export const FETCH_DEFAULTS: Omit<FetchSettings, 'allowed'> = {
  totalMs: 10_000,
  maxBytes: 10 * 1024 * 1024,
  resolve: (host) => lookup(host, { all: true }),
};

/** Hops after the first address (S36). */
const MOST_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];

export interface Fetched {
  /** Where it was found in the end, after redirects. */
  readonly url: URL;
  /** Without parameters, in lower case. */
  readonly type: string;
  /** As the server names it, if it does. */
  readonly charset: string | null;
  readonly body: Buffer;
}

/**
 * The one door for addresses that come from a person, a model, a document or a page. Nothing that
 * is told to it reaches a private network: a name is resolved once, every address it has must be
 * public, and the connection goes to one of these. No cookie, no credential and no header of ours
 * leaves through it. Addresses that the operator set are not its business.
 */
export class GuardedFetch {
  constructor(private readonly settings: FetchSettings) {}

  /**
   * Reads one address.
   * @param types kinds of content that are wanted, such as `text/html`.
   * @throws {FetchFailure} and the signal's reason when it is aborted.
   */
  async fetch(address: string, types: readonly string[], signal?: AbortSignal): Promise<Fetched> {
    const timeout = AbortSignal.timeout(this.settings.totalMs);
    const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
    try {
      return await this.follow(parseAddress(address), types, either);
    } catch (error) {
      signal?.throwIfAborted();
      if (timeout.aborted) {
        throw new FetchFailure('time', `more than ${String(this.settings.totalMs)} ms`);
      }
      throw error;
    }
  }

  /**
   * Why an address is refused whatever its server would say, found out without asking it.
   * @returns undefined where it may be asked, or where its name is not known at the moment.
   */
  async refusal(address: string): Promise<FetchFailure | undefined> {
    const timeout = AbortSignal.timeout(this.settings.totalMs);
    try {
      await unlessAborted(this.vet(parseAddress(address)), timeout);
      return undefined;
    } catch (error) {
      if (timeout.aborted) return undefined;
      if (!(error instanceof FetchFailure)) throw error;
      return error.problem === 'unreachable' ? undefined : error;
    }
  }

  private async follow(
    first: URL,
    types: readonly string[],
    signal: AbortSignal,
  ): Promise<Fetched> {
    let url = first;
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      const answer = await this.ask(url, types, signal);
      const { statusCode: status = 0, headers } = answer;
      if (REDIRECTS.includes(status) && headers.location !== undefined) {
        answer.destroy();
        url = parseAddress(headers.location, url);
        continue;
      }
      return await this.read(url, answer, types, signal);
    }
    throw new FetchFailure('redirects', `more than ${String(MOST_REDIRECTS)}`);
  }

  private async read(
    url: URL,
    answer: IncomingMessage,
    types: readonly string[],
    signal: AbortSignal,
  ): Promise<Fetched> {
    const [type = '', ...parameters] = (answer.headers['content-type'] ?? '')
      .split(';')
      .map((part) => part.trim().toLowerCase());
    const refusal =
      answer.statusCode === 200
        ? types.includes(type)
          ? undefined
          : new FetchFailure('type', type.slice(0, 100) || 'unnamed')
        : new FetchFailure('status', String(answer.statusCode));
    if (refusal) {
      answer.destroy();
      throw refusal;
    }
    const charset = parameters.find((part) => part.startsWith('charset='))?.slice(8);
    const body = await readBody(answer, this.settings.maxBytes, signal);
    return { url, type, charset: charset?.replaceAll('"', '') ?? null, body };
  }

  private async ask(
    url: URL,
    types: readonly string[],
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const vetted = await unlessAborted(this.vet(url), signal);
    const options: RequestOptions = {
      lookup: pinnedTo(vetted),
      agent: false,
      signal,
      headers: {
        accept: types.join(', '),
        'accept-encoding': 'gzip, br, deflate',
        'user-agent': 'Prosa (+self-hosted)',
      },
      ...(this.settings.ca !== undefined && { ca: this.settings.ca }),
    };
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    (url.protocol === 'https:' ? https : http)
      .get(url, options, resolve)
      .on('error', (error: NodeJS.ErrnoException) => {
        reject(new FetchFailure('unreachable', error.code ?? error.name, { cause: error }));
      });
    return promise;
  }

  /** All addresses a host has, once each is known to be one that may be connected to. */
  private async vet(url: URL): Promise<readonly Resolved[]> {
    const host = hostOf(url);
    const family = isIP(host);
    const opened = isOpened(url, this.settings.allowed);
    if (!opened && !isPortOfPages(url)) {
      throw new FetchFailure('address', 'no port at which pages stand');
    }
    const addresses = family > 0 ? [{ address: host, family }] : await this.resolve(host);
    for (const { address } of addresses) {
      if (!(opened ? !isNeverOpened(address) : isPublic(address))) {
        throw new FetchFailure('private', 'leads into a private network');
      }
    }
    return addresses;
  }

  private async resolve(host: string): Promise<readonly Resolved[]> {
    try {
      const addresses = await this.settings.resolve(host);
      if (addresses.length > 0) {
        return addresses;
      }
    } catch (error) {
      throw new FetchFailure('unreachable', 'the name is not known', { cause: error });
    }
    throw new FetchFailure('unreachable', 'the name has no address');
  }
}

/** A promise that nothing can end, left alone as soon as the signal says so. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const leave = (): void => {
    reject(signal.reason as Error);
  };
  promise.catch(() => undefined); // Left alone, it fails for nobody: that must end no process.
  signal.throwIfAborted();
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

/** Answers every look-up with the addresses that were vetted, so that no second answer counts. */
function pinnedTo(vetted: readonly Resolved[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = vetted;
    if (options.all || !first) {
      callback(null, [...vetted]);
    } else {
      callback(null, first.address, first.family);
    }
  };
}
