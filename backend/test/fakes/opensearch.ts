import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came. */
export interface ToldOpenSearch {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

interface Stored {
  readonly version_id: number;
  readonly collection_id: number;
  readonly text: string;
}

interface Index {
  readonly mappings: unknown;
  readonly rows: Map<string, Stored>;
}

interface SearchBody {
  readonly aggs?: object;
  readonly query: {
    readonly bool: {
      readonly filter: readonly [{ readonly terms: { readonly collection_id: readonly number[] } }];
      readonly should: readonly { readonly multi_match: { readonly query: string } }[];
    };
  };
}

const DONE = { acknowledged: true };

/**
 * Speaks as much of OpenSearch's HTTP as Prosa uses without vectors, over rows in memory whose
 * words are compared letter by letter. Notes every request.
 */
export class FakeOpenSearch {
  readonly told: ToldOpenSearch[] = [];
  /** Whether it answers; else every request is a 503. */
  isThere = true;
  private readonly indexes = new Map<string, Index>();
  /** The index behind each alias. */
  private readonly aliases = new Map<string, string>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeOpenSearch> {
    const server = createServer();
    const fake = new FakeOpenSearch(server);
    server.on('request', (request, response) => {
      void read(request).then((told) => {
        fake.told.push(told);
        const answer = fake.isThere ? fake.answer(told) : { error: 'away' };
        const status = fake.isThere ? 200 : 503;
        response.writeHead(answer ? status : 404, { 'content-type': 'application/json' });
        response.end(request.method === 'HEAD' ? undefined : JSON.stringify(answer ?? {}));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Undefined: there is no such thing. */
  private answer({ method, path, body }: ToldOpenSearch): object | undefined {
    const [first = '', second = ''] = path.slice(1).split('/');
    switch (first) {
      case '_index_template':
        return DONE;
      case '_alias':
        return this.aliases.has(second) ? {} : undefined;
      case '_aliases':
        return this.move(body as { actions: { add?: { index: string; alias: string } }[] });
      case '_bulk':
        return this.store(body as object[]);
    }
    switch (second) {
      case '_search':
        return this.search(first, body as SearchBody);
      case '_refresh':
        return {};
      case '_delete_by_query':
        return this.remove(first, body as { query: { terms: { version_id: number[] } } });
    }
    if (method === 'PUT') {
      const { mappings } = body as { mappings: unknown };
      this.indexes.set(first, { mappings, rows: new Map() });
      return DONE;
    }
    if (method === 'DELETE') {
      for (const name of first.split(',')) this.indexes.delete(name);
      return DONE;
    }
    return Object.fromEntries(
      [...this.indexes].map(([name, { mappings }]) => [name, { mappings }]),
    );
  }

  private move({ actions }: { actions: { add?: { index: string; alias: string } }[] }): object {
    for (const { add } of actions) if (add) this.aliases.set(add.alias, add.index);
    return DONE;
  }

  private store(lines: readonly object[]): object {
    for (let at = 0; at < lines.length; at += 2) {
      const { index } = lines[at] as { index: { _index: string; _id: string } };
      this.indexes.get(index._index)?.rows.set(index._id, lines[at + 1] as Stored);
    }
    return { errors: false, items: [] };
  }

  private remove(names: string, body: { query: { terms: { version_id: number[] } } }): object {
    for (const name of names.split(',')) {
      const rows = this.indexes.get(name)?.rows ?? new Map<string, Stored>();
      for (const [id, row] of rows) {
        if (body.query.terms.version_id.includes(row.version_id)) rows.delete(id);
      }
    }
    return {};
  }

  private search(name: string, { aggs, query }: SearchBody): object {
    const index = this.aliases.get(name) ?? name;
    const rows = [...(this.indexes.get(index)?.rows ?? [])];
    if (aggs) {
      const ids = [...new Set(rows.map(([, row]) => row.version_id))];
      return { aggregations: { versions: { buckets: ids.map((id) => ({ key: { id } })) } } };
    }
    const { collection_id: readable } = query.bool.filter[0].terms;
    const words = query.bool.should.flatMap(({ multi_match }) =>
      multi_match.query.toLowerCase().split(/[^\p{L}]+/u),
    );
    const hits = rows
      .filter(([, row]) => readable.includes(row.collection_id))
      .filter(([, { text }]) => words.some((word) => word !== '' && text.includes(word)))
      .map(([_id]) => ({ _id, _score: 1 }));
    return { hits: { hits } };
  }
}

async function read(request: IncomingMessage): Promise<ToldOpenSearch> {
  let text = '';
  for await (const part of request) text += String(part);
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname);
  const lines = () =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
  const body: unknown = text === '' ? undefined : path === '/_bulk' ? lines() : JSON.parse(text);
  return { method: request.method ?? '', path, body };
}
