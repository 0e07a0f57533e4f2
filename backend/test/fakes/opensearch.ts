import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signatureProblem, type SigningKeys } from './signature-v4.js';

/** A request as it came. */
export interface ToldOpenSearch {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  /** Why its signature is refused, where one is asked for. */
  readonly problem?: string | undefined;
}

interface Stored {
  readonly version_id: number;
  readonly collection_id: number;
  readonly text: string;
  readonly vector?: readonly number[];
}

interface Index {
  readonly mappings: unknown;
  readonly rows: Map<string, Stored>;
}

interface Within {
  readonly terms: { readonly collection_id: readonly number[] };
}

interface WordsBody {
  readonly query: {
    readonly bool: {
      readonly filter: readonly [Within];
      readonly should: readonly { readonly multi_match: { readonly query: string } }[];
    };
  };
}

interface NearBody {
  readonly query: {
    readonly knn: {
      readonly vector: {
        readonly vector: readonly number[];
        readonly k: number;
        readonly filter: Within;
      };
    };
  };
}

type SearchBody = (WordsBody | NearBody) & { readonly aggs?: object };

const DONE = { acknowledged: true };

/**
 * Speaks as much of OpenSearch's HTTP as Prosa uses, over rows in memory whose words are compared
 * letter by letter, and whose vectors one by one. Notes every request.
 */
export class FakeOpenSearch {
  readonly told: ToldOpenSearch[] = [];
  /** Whether it answers; else every request is a 503. */
  isThere = true;
  /** Whose requests it answers; absent: everybody's. */
  accepts: SigningKeys | undefined;
  private readonly indexes = new Map<string, Index>();
  /** The index behind each alias. */
  private readonly aliases = new Map<string, string>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeOpenSearch> {
    const server = createServer();
    const fake = new FakeOpenSearch(server);
    server.on('request', (request, response) => {
      void read(request, fake.accepts).then((told) => {
        fake.told.push(told);
        const isGood = fake.isThere && told.problem === undefined;
        const answer = isGood ? fake.answer(told) : { error: told.problem ?? 'away' };
        const status = isGood ? 200 : fake.isThere ? 403 : 503;
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
      case '_msearch':
        return this.searches(body as object[]);
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

  private searches(lines: readonly object[]): object {
    const responses = [];
    for (let at = 0; at < lines.length; at += 2) {
      const { index } = lines[at] as { index: string };
      responses.push({ status: 200, ...this.search(index, lines[at + 1] as SearchBody) });
    }
    return { took: 1, responses };
  }

  private search(name: string, body: SearchBody): object {
    const index = this.aliases.get(name) ?? name;
    const rows = [...(this.indexes.get(index)?.rows ?? [])];
    if (body.aggs) {
      const ids = [...new Set(rows.map(([, row]) => row.version_id))];
      return { aggregations: { versions: { buckets: ids.map((id) => ({ key: { id } })) } } };
    }
    return {
      hits: {
        hits: 'knn' in body.query ? near(rows, body as NearBody) : found(rows, body as WordsBody),
      },
    };
  }
}

function found(rows: readonly (readonly [string, Stored])[], { query }: WordsBody): object[] {
  const words = query.bool.should.flatMap(({ multi_match }) =>
    multi_match.query.toLowerCase().split(/[^\p{L}]+/u),
  );
  return readable(rows, query.bool.filter[0])
    .filter(([, { text }]) => words.some((word) => word !== '' && text.includes(word)))
    .map(([_id]) => ({ _id, _score: 1 }));
}

/** Lucene's score of a cosine is (1 + cosine) / 2. */
function near(rows: readonly (readonly [string, Stored])[], { query }: NearBody): object[] {
  const { vector: asked, k, filter } = query.knn.vector;
  return readable(rows, filter)
    .flatMap(([_id, { vector }]) =>
      vector ? [{ _id, _score: (1 + cosine(asked, vector)) / 2 }] : [],
    )
    .sort((one, other) => other._score - one._score)
    .slice(0, k);
}

const readable = <Row extends readonly [string, Stored]>(
  rows: readonly Row[],
  { terms }: Within,
): Row[] => rows.filter(([, row]) => terms.collection_id.includes(row.collection_id));

function cosine(one: readonly number[], other: readonly number[]): number {
  const product = one.reduce((sum, number, at) => sum + number * (other[at] ?? 0), 0);
  return product / (Math.hypot(...one) * Math.hypot(...other));
}

async function read(
  request: IncomingMessage,
  keys: SigningKeys | undefined,
): Promise<ToldOpenSearch> {
  let text = '';
  for await (const part of request) text += String(part);
  const { method = '', url = '/', headers } = request;
  const path = decodeURIComponent(new URL(url, 'http://x').pathname);
  const lines = () =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
  const isLines = path === '/_bulk' || path === '/_msearch';
  const body: unknown = text === '' ? undefined : isLines ? lines() : JSON.parse(text);
  if (!keys) return { method, path, body };
  const problem = signatureProblem({ method, url, headers, body: text }, keys);
  return { method, path, body, problem };
}
