import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came. */
export interface ToldOpenSearch {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

interface Stored {
  readonly [field: string]: unknown;
  readonly version_id: number;
  readonly collection_id: number;
  readonly text: string;
}

interface Index {
  readonly mappings: unknown;
  readonly rows: Map<string, Stored>;
}

interface Within {
  readonly terms: { readonly collection_id: readonly number[] };
}

/**
 * Speaks as much of OpenSearch's HTTP as Prosa uses, over rows in memory: words are compared letter
 * by letter, vectors by their cosine. Notes every request.
 */
export async function startOpenSearch() {
  const indexes = new Map<string, Index>();
  let aliased: string | undefined;
  const told: ToldOpenSearch[] = [];
  let answers = true;

  const rowsOf = (names: string): [string, Stored][] =>
    [...indexes]
      .filter(([name]) =>
        names.split(',').some((one) => name === one || (one === 'prosa-test' && name === aliased)),
      )
      .flatMap(([, { rows }]) => [...rows]);
  const hits = (scored: readonly (readonly [string, number])[]) => ({
    hits: {
      hits: scored
        .filter(([, score]) => score > 0)
        .sort((a, b) => b[1] - a[1])
        .map(([_id, _score]) => ({ _id, _score })),
    },
  });
  const search = (names: string, body: SearchBody): object => {
    const rows = rowsOf(names);
    if (body.aggs) {
      const ids = new Set(rows.map(([, { version_id: id }]) => id));
      return { aggregations: { versions: { buckets: [...ids].map((id) => ({ key: { id } })) } } };
    }
    const { bool, knn } = body.query;
    const filter = bool?.filter[0] ?? knn?.vector.filter;
    const readable = rows.filter(([, row]) =>
      filter?.terms.collection_id.includes(row.collection_id),
    );
    const near = knn?.vector.vector;
    if (near) {
      return hits(
        readable.map(([id, { vector }]) => [
          id,
          Array.isArray(vector) ? (1 + cosine(near, vector as number[])) / 2 : 0,
        ]),
      );
    }
    const words = (bool?.must[0].multi_match.query ?? '').toLowerCase().split(/\W+/);
    return hits(
      readable.map(([id, { text }]) => [
        id,
        words.filter((word) => word && text.toLowerCase().includes(word)).length,
      ]),
    );
  };

  const handle = ({ method, path, body }: ToldOpenSearch): [number, object] => {
    const [first = '', second = ''] = path.slice(1).split('/');
    if (first === '_index_template') return [200, { acknowledged: true }];
    if (first === '_alias') return aliased ? [200, {}] : [404, {}];
    if (first === '_aliases') {
      for (const action of (body as { actions: Action[] }).actions) {
        if (action.add) aliased = action.add.index;
        if (action.remove_index) indexes.delete(action.remove_index.index);
      }
      return [200, { acknowledged: true }];
    }
    if (first === '_bulk') {
      const lines = body as object[];
      for (let at = 0; at < lines.length; at += 2) {
        const { index } = lines[at] as { index: { _index: string; _id: string } };
        indexes.get(index._index)?.rows.set(index._id, lines[at + 1] as Stored);
      }
      return [200, { errors: false, items: [] }];
    }
    if (first === '_msearch') {
      const lines = body as object[];
      const bodies = lines.filter((_, at) => at % 2 === 1) as SearchBody[];
      return [200, { responses: bodies.map((one) => search('prosa-test', one)) }];
    }
    if (second === '_search') return [200, search(first, body as SearchBody)];
    if (second === '_refresh') return [200, {}];
    if (second === '_mapping') {
      return [
        200,
        Object.fromEntries(
          [...indexes]
            .filter(([name]) => name === aliased)
            .map(([name, { mappings }]) => [name, { mappings }]),
        ),
      ];
    }
    if (second === '_delete_by_query') {
      const gone = (body as { query: { terms: { version_id: number[] } } }).query.terms.version_id;
      for (const name of first.split(',')) {
        const rows = indexes.get(name)?.rows ?? new Map<string, Stored>();
        for (const [id, row] of rows) if (gone.includes(row.version_id)) rows.delete(id);
      }
      return [200, { deleted: 0 }];
    }
    if (method === 'PUT') {
      indexes.set(first, { mappings: (body as { mappings: unknown }).mappings, rows: new Map() });
      return [200, { acknowledged: true }];
    }
    return [
      200,
      Object.fromEntries([...indexes].map(([name, { mappings }]) => [name, { mappings }])),
    ];
  };

  const server = createServer((request, response) => {
    void read(request).then((told1) => {
      told.push(told1);
      const [status, answer] = answers ? handle(told1) : [503, { error: 'away' }];
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(request.method === 'HEAD' ? undefined : JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    told,
    /** Whether it answers from now on; else every request is a 503. */
    set isThere(value: boolean) {
      answers = value;
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

interface Action {
  readonly add?: { readonly index: string };
  readonly remove_index?: { readonly index: string };
}

interface SearchBody {
  readonly aggs?: object;
  readonly query: {
    readonly bool?: {
      readonly filter: readonly [Within];
      readonly must: readonly [{ readonly multi_match: { readonly query: string } }];
    };
    readonly knn?: {
      readonly vector: { readonly vector: readonly number[]; readonly filter: Within };
    };
  };
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((sum, number, at) => sum + number * (b[at] ?? 0), 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b));
}

async function read(request: IncomingMessage): Promise<ToldOpenSearch> {
  let text = '';
  for await (const part of request) text += String(part);
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname);
  const isLines = path.endsWith('_bulk') || path.endsWith('_msearch');
  const body: unknown =
    text === ''
      ? undefined
      : isLines
        ? text
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as object)
        : JSON.parse(text);
  return { method: request.method ?? '', path, body };
}
