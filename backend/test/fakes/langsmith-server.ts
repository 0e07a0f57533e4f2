import http from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';

/** What the fake does with requests; nothing given: it takes them. */
export interface LangSmithBehaviour {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Before it answers, in milliseconds. */
  readonly delayMs?: number;
  /** Requests are taken and never answered. */
  readonly silent?: boolean;
  /** False: as older installations, without `/runs/multipart`. */
  readonly multipart?: boolean;
}

/** A request as it came. */
export interface LangSmithRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  /** Unpacked, if it was packed. */
  readonly body: string;
  /** `performance.now()` when it had come. */
  readonly at: number;
}

/** A run put together from its parts. */
export interface StoredRun {
  readonly id: string;
  readonly trace_id: string;
  readonly parent_run_id?: string;
  readonly dotted_order: string;
  readonly name: string;
  readonly run_type: string;
  readonly session_name: string;
  readonly start_time: string;
  readonly end_time: number;
  readonly tags?: readonly string[];
  readonly error?: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly events?: readonly Readonly<Record<string, unknown>>[];
  readonly extra: { readonly metadata: Readonly<Record<string, unknown>> };
}

export interface StoredFeedback {
  readonly id: string;
  readonly run_id: string;
  readonly trace_id: string;
  readonly session_id: string;
  readonly key: string;
  readonly score: number;
}

export interface LangSmithServer {
  readonly url: string;
  readonly requests: readonly LangSmithRequest[];
  /** By id, in the order in which they came; a run sent twice is there once. */
  readonly runs: ReadonlyMap<string, StoredRun>;
  readonly feedback: ReadonlyMap<string, StoredFeedback>;
  script(behaviour: LangSmithBehaviour): void;
  /** Keeps another run in place of the one of that id, or none. */
  replace(id: string, run: StoredRun | undefined): void;
  /** Breaks off whatever it is still asked. */
  cut(): void;
  close(): Promise<void>;
}

const PROJECT_ID = '5f7d1c9e-6a3b-4c2d-8e1f-0a9b8c7d6e5f';

/** A server that speaks the part of LangSmith's protocol that its SDK uses, for tests. */
export async function startLangSmithServer(
  behaviour: LangSmithBehaviour = {},
): Promise<LangSmithServer> {
  let current = behaviour;
  const requests: LangSmithRequest[] = [];
  const store = new Store();
  const server = http.createServer((message, reply) => {
    void handle(message, reply).catch(() => reply.destroy());
  });

  async function handle(message: IncomingMessage, reply: ServerResponse): Promise<void> {
    const request = await read(message);
    requests.push(request);
    const { silent, delayMs = 0, status, headers } = current;
    if (silent) return;
    await sleep(delayMs);
    if (status !== undefined) {
      return respond(reply, status, { detail: 'fault of the fake' }, headers);
    }
    const [code, body] = store.take(request, current.multipart !== false);
    respond(reply, code, body);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    runs: store.runs,
    feedback: store.feedback,
    script(next) {
      current = next;
    },
    replace(id, run) {
      if (run) store.runs.set(id, run);
      else store.runs.delete(id);
    },
    cut() {
      server.closeAllConnections();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

type Json = Record<string, unknown>;

/** What the SDK's `runs.query` asks for. */
interface RunQuery {
  readonly project_ids: readonly string[];
  readonly run_type: string;
  readonly min_start_time: string;
  readonly max_start_time: string;
  readonly cursor?: string;
}

const RUNS_A_PAGE = 3;

/** A run as the query endpoint lists it: its sums are LangSmith's own. */
function listed(run: StoredRun): Json {
  const { metadata } = run.extra;
  const usage = (metadata['usage_metadata'] ?? {}) as Record<string, number>;
  return {
    id: run.id,
    trace_id: run.trace_id,
    start_time: new Date(run.start_time).toISOString(),
    metadata,
    prompt_tokens: usage['input_tokens'] ?? 0,
    completion_tokens: usage['output_tokens'] ?? 0,
    total_cost: usage['total_cost'] ?? null,
  };
}

class Store {
  readonly runs = new Map<string, StoredRun>();
  readonly feedback = new Map<string, StoredFeedback>();

  take({ method, path, headers, body }: LangSmithRequest, multipart: boolean): [number, unknown] {
    const [, root = '', id = ''] = /^(\/runs\/\w+|\/api\/v2|\/\w+)\/?([^?]*)/.exec(path) ?? [];
    switch (`${method} ${root}`) {
      case 'GET /info':
        return [200, { batch_ingest_config: { use_multipart_endpoint: multipart } }];
      case 'GET /sessions':
        return [200, this.projects(new URL(path, 'http://x').searchParams.get('name') ?? '')];
      case 'POST /runs/multipart':
        if (!multipart) return [404, { detail: 'Not Found' }];
        this.keep(runsOf(body, headers['content-type'] ?? ''));
        return [202, { message: 'Runs batch ingested' }];
      case 'POST /runs/batch':
        this.keep((JSON.parse(body) as { post: Json[] }).post);
        return [202, { message: 'Runs batch ingested' }];
      case 'POST /api/v2':
        return [200, this.query(JSON.parse(body) as RunQuery)];
      case 'POST /feedback':
        return this.addFeedback(JSON.parse(body) as StoredFeedback);
      case 'PATCH /feedback':
        return this.changeFeedback(id, JSON.parse(body) as Partial<StoredFeedback>);
      case 'DELETE /feedback':
        return this.feedback.delete(id) ? [200, {}] : [404, {}];
      default:
        return [404, {}];
    }
  }

  private keep(runs: readonly Json[]): void {
    for (const run of runs) this.runs.set(String(run['id']), run as unknown as StoredRun);
  }

  /** A project is made by its first trace. */
  private projects(name: string): Json[] {
    const exists = [...this.runs.values()].some((run) => run.session_name === name);
    return exists ? [{ id: PROJECT_ID, tenant_id: PROJECT_ID, name }] : [];
  }

  /** Pages of few runs, the newest first, with the tokens and costs that a run came with. */
  private query({ project_ids, run_type, cursor = '0', ...times }: RunQuery): Json {
    const [from, to] = [Date.parse(times.min_start_time), Date.parse(times.max_start_time)];
    const found = [...this.runs.values()]
      .filter(({ run_type: type }) => type.toUpperCase() === run_type)
      .filter(({ start_time: time }) => Date.parse(time) >= from && Date.parse(time) <= to)
      .filter(() => project_ids.includes(PROJECT_ID))
      .sort((one, other) => Date.parse(other.start_time) - Date.parse(one.start_time));
    const at = Number(cursor);
    const next = at + RUNS_A_PAGE;
    return {
      items: found.slice(at, next).map(listed),
      next_cursor: next < found.length ? String(next) : null,
    };
  }

  private addFeedback(feedback: StoredFeedback): [number, unknown] {
    if (!this.runs.has(feedback.run_id)) return [404, { detail: 'Run not found' }];
    if (this.feedback.has(feedback.id)) return [409, { detail: 'Conflict' }];
    this.feedback.set(feedback.id, feedback);
    return [200, feedback];
  }

  private changeFeedback(id: string, change: Partial<StoredFeedback>): [number, unknown] {
    const known = this.feedback.get(id);
    if (!known) return [404, {}];
    this.feedback.set(id, { ...known, ...change });
    return [200, {}];
  }
}

async function read(message: IncomingMessage): Promise<LangSmithRequest> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  const { method = 'GET', url = '/', headers } = message;
  const body = unpacked(Buffer.concat(parts), headers['content-encoding']).toString('utf8');
  return { method, path: url, headers, body, at: performance.now() };
}

function unpacked(bytes: Buffer, encoding: string | undefined): Buffer {
  switch (encoding) {
    case 'gzip':
      return gunzipSync(bytes);
    case 'br':
      return brotliDecompressSync(bytes);
    case 'zstd':
      return zstdDecompressSync(bytes);
    default:
      return bytes;
  }
}

/** Runs of a multipart body: `post.<id>` is the run, `post.<id>.<field>` a field of it. */
function runsOf(body: string, contentType: string): Json[] {
  const boundary = /boundary=(.+)$/.exec(contentType)?.[1] ?? '';
  const runs = new Map<string, Json>();
  for (const part of body.split(`--${boundary}`).slice(1, -1)) {
    const [head = '', ...rest] = part.split('\r\n\r\n');
    const [, id = '', field] = /name="post\.([^."]+)(?:\.(\w+))?"/.exec(head) ?? [];
    const value: unknown = JSON.parse(rest.join('\r\n\r\n'));
    const known = runs.get(id) ?? {};
    runs.set(
      id,
      field === undefined ? { ...(value as Json), ...known } : { ...known, [field]: value },
    );
  }
  return [...runs.values()];
}

function respond(
  reply: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  reply.writeHead(status, { 'content-type': 'application/json', ...headers });
  reply.end(JSON.stringify(body));
}
