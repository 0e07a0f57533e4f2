import { createHash } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A repository of the fake hub. */
export interface FakeRepository {
  readonly files: Readonly<Record<string, Buffer>>;
  readonly licence?: string;
  /** Handed out to who has accepted its licence: to a token, or to none. */
  readonly gated?: 'token' | 'nobody';
  /** What else the list of files says, whether it is there or not. */
  readonly siblings?: readonly object[];
}

/** Which of the two servers a request came to, and for what. */
export type HubPlace = 'list' | 'file' | 'cdn';

export interface HubRequest {
  readonly place: HubPlace;
  readonly path: string;
  readonly range: string | undefined;
  readonly authorization: string | undefined;
}

/** What the fake does instead of what it should. Each holds until it is taken back. */
export interface HubBehaviour {
  /** Answers so, in that place; `times` often, always where that is absent. */
  readonly refuse?: {
    readonly place: HubPlace;
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly times?: number;
  };
  /** Breaks the connection after so many bytes of a file, so many times. */
  readonly drop?: { readonly afterBytes: number; readonly times: number };
  /** Sends so many bytes of a file, then nothing more, and stays connected. */
  readonly stallAfter?: number;
  /** Sends whole files, whatever part was asked for. */
  readonly ignoresRange?: boolean;
  /** Changes a byte of each large file on its way. */
  readonly corrupts?: boolean;
  /** Goes on sending after the end of a file. */
  readonly sendsTooMuch?: boolean;
}

export interface HubServer {
  /** For `HF_ENDPOINT`. */
  readonly url: string;
  readonly requests: readonly HubRequest[];
  /** Puts a repository there, or another in its place. */
  put(name: string, repository: FakeRepository): void;
  behave(behaviour: HubBehaviour): void;
  close(): Promise<void>;
}

export const HUB_TOKEN = 'hf_a-token-of-the-fake-hub';
/** Larger files are kept elsewhere, and the hub points there. */
const LARGE_FROM = 1000;
const REVISION = 'c0ffee'.padEnd(40, '0');

/** A hub that speaks as Hugging Face does, with its large files on another server. */
export async function startHubServer(
  repositories: Readonly<Record<string, FakeRepository>> = {},
): Promise<HubServer> {
  const hub = new FakeHub(repositories);
  const cdn = await listen((request, reply) => {
    hub.sendLarge(request, reply);
  });
  hub.cdn = addressOf(cdn);
  const front = await listen((request, reply) => {
    hub.answer(request, reply);
  });
  return {
    url: addressOf(front),
    requests: hub.requests,
    put: (name, repository) => void hub.repositories.set(name, repository),
    behave: (behaviour) => {
      hub.behaviour = behaviour;
      hub.done = 0;
    },
    close: async () => {
      await Promise.all([end(front), end(cdn)]);
    },
  };
}

class FakeHub {
  readonly repositories: Map<string, FakeRepository>;
  readonly requests: HubRequest[] = [];
  behaviour: HubBehaviour = {};
  /** How often the behaviour has shown. */
  done = 0;
  cdn = '';

  constructor(repositories: Readonly<Record<string, FakeRepository>>) {
    this.repositories = new Map(Object.entries(repositories));
  }

  answer(request: IncomingMessage, reply: ServerResponse): void {
    const path = decodeURIComponent((request.url ?? '').replace(/\?.*/, ''));
    const list = /^\/api\/models\/([^/]+\/[^/]+)$/.exec(path)?.[1];
    if (this.refused(list === undefined ? 'file' : 'list', request, reply)) return;
    if (list !== undefined) {
      this.sendList(list, reply);
      return;
    }
    const [, name = '', revision, file = ''] =
      /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(path) ?? [];
    const repository = this.repositories.get(name);
    const content = repository?.files[file];
    if (!repository) return refuse(reply, 401, { 'x-error-code': 'RepoNotFound' });
    if (isClosed(repository, request)) {
      return refuse(reply, isTokenSent(request) ? 403 : 401, { 'x-error-code': 'GatedRepo' });
    }
    if (!content || revision !== REVISION) {
      return refuse(reply, 404, { 'x-error-code': 'EntryNotFound' });
    }
    if (content.length < LARGE_FROM) return this.send(request, reply, content);
    reply.writeHead(302, {
      location: `${this.cdn}/${name}/${encodeURIComponent(file)}?signature=abc`,
      'x-linked-size': String(content.length),
      'x-linked-etag': `"${sha256(content)}"`,
      'x-repo-commit': REVISION,
    });
    reply.end();
  }

  sendLarge(request: IncomingMessage, reply: ServerResponse): void {
    if (this.refused('cdn', request, reply)) return;
    const [, name = '', file = ''] = /^\/([^/]+\/[^/]+)\/([^?]+)/.exec(request.url ?? '') ?? [];
    const content = this.repositories.get(name)?.files[decodeURIComponent(file)];
    if (content) this.send(request, reply, content);
    else refuse(reply, 404, {});
  }

  private sendList(name: string, reply: ServerResponse): void {
    const repository = this.repositories.get(name);
    if (!repository) {
      return refuse(reply, 401, { 'x-error-message': 'Invalid username or password.' });
    }
    const siblings = Object.entries(repository.files).map(([rfilename, content]) => ({
      ...{ rfilename, size: content.length, blobId: blobName(content) },
      ...(content.length < LARGE_FROM
        ? {}
        : { lfs: { sha256: sha256(content), size: content.length, pointerSize: 134 } }),
    }));
    reply.writeHead(200, { 'content-type': 'application/json' });
    reply.end(
      JSON.stringify({
        ...{ id: name, sha: REVISION, private: false, gated: repository.gated ? 'manual' : false },
        cardData: { license: repository.licence },
        siblings: [...siblings, ...(repository.siblings ?? [])],
      }),
    );
  }

  private send(request: IncomingMessage, reply: ServerResponse, whole: Buffer): void {
    const { drop, stallAfter, ignoresRange, corrupts, sendsTooMuch } = this.behaviour;
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
    const from = range === undefined || ignoresRange ? 0 : Number(range);
    const last = whole.length - 1;
    if (from > last) return refuse(reply, 416, {});
    const content = Buffer.from(whole.subarray(from));
    if (corrupts && whole.length >= LARGE_FROM) content.fill('?', content.length - 1);
    reply.writeHead(from > 0 ? 206 : 200, {
      'accept-ranges': 'bytes',
      ...(sendsTooMuch ? {} : { 'content-length': content.length }),
      ...(from > 0
        ? { 'content-range': `bytes ${[from, last].join('-')}/${String(whole.length)}` }
        : {}),
    });
    if (drop && this.done < drop.times && content.length > drop.afterBytes) {
      this.done += 1;
      reply.write(content.subarray(0, drop.afterBytes), () => reply.destroy());
    } else if (stallAfter !== undefined && content.length > stallAfter) {
      reply.write(content.subarray(0, stallAfter));
    } else reply.end(sendsTooMuch ? Buffer.concat([content, content]) : content);
  }

  private refused(place: HubPlace, request: IncomingMessage, reply: ServerResponse): boolean {
    const { range, authorization } = request.headers;
    this.requests.push({ place, path: request.url ?? '', range, authorization });
    const { refuse: wish } = this.behaviour;
    if (wish?.place !== place || this.done >= (wish.times ?? Infinity)) return false;
    this.done += 1;
    reply.writeHead(wish.status, wish.headers);
    reply.end(wish.body ?? '');
    return true;
  }
}

const isTokenSent = ({ headers }: IncomingMessage): boolean =>
  headers.authorization === `Bearer ${HUB_TOKEN}`;

const isClosed = ({ gated }: FakeRepository, request: IncomingMessage): boolean =>
  gated === 'nobody' || (gated === 'token' && !isTokenSent(request));

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

const blobName = (content: Buffer): string =>
  createHash('sha1')
    .update(`blob ${String(content.length)}\0`)
    .update(content)
    .digest('hex');

function refuse(reply: ServerResponse, status: number, headers: Record<string, string>): void {
  reply.writeHead(status, headers);
  reply.end('{"error":"not for you"}');
}

async function listen(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const addressOf = (server: Server): string =>
  `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;

function end(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
