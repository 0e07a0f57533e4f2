/** Tables of objects that are looked at: each change of a file puts one before the older ones. */
const MOST_TABLES = 50;
/** Bytes at the end of a file in which it says where its table is (PDF 1.7, Annex H, note 18). */
const END = 1024;
/** Longest dictionary that is looked into, in bytes: one of a million pages names them all. */
const LONGEST = 20_000_000;
/** Runs of entries in one table; a file that was changed a thousand times has as many. */
const MOST_RUNS = 10_000;
/** An entry of a table: offset, generation, kind, end of line (PDF 1.7, 7.5.4). */
const ENTRY = 20;

/** A table of objects, and the dictionary behind it. */
interface Table {
  /** Where each run of its entries begins, and of which objects they are. */
  readonly runs: readonly { readonly first: number; readonly count: number; readonly at: number }[];
  readonly trailer: string;
}

/**
 * The number of pages that a PDF says it has, read from its page tree's root without reading
 * anything else; undefined where it cannot be told so: objects may be packed.
 */
export function declaredPages(bytes: Buffer): number | undefined {
  const tables = tablesOf(bytes);
  const catalog = objectText(bytes, tables, reference(tables[0]?.trailer, 'Root'));
  const pages = objectText(bytes, tables, reference(catalog, 'Pages'));
  if (!pages || !/\/Type\s*\/Pages\b/.test(pages)) return undefined;
  return numberAt(pages, 'Count');
}

/** The newest table first. */
function tablesOf(bytes: Buffer): Table[] {
  const tables: Table[] = [];
  const end = bytes.toString('latin1', Math.max(0, bytes.length - END));
  let at: number | undefined = Number(/startxref\s+(\d{1,10})\s+%%EOF\s*$/.exec(end)?.[1]);
  while (at !== undefined && tables.length < MOST_TABLES) {
    const table = tableAt(bytes, at);
    if (!table) break;
    tables.push(table);
    at = numberAt(table.trailer, 'Prev');
  }
  return tables;
}

function tableAt(bytes: Buffer, from: number): Table | undefined {
  const textAt = (at: number, length: number) => bytes.toString('latin1', at, at + length);
  let at = from + (/^\s*xref\s+/.exec(textAt(from, 40))?.[0].length ?? Infinity);
  const runs: Table['runs'][number][] = [];
  while (at < bytes.length && runs.length < MOST_RUNS) {
    const [head, first, count] = /^(\d{1,10})\s+(\d{1,10})\s+/.exec(textAt(at, 40)) ?? [];
    if (head === undefined) break;
    runs.push({ first: Number(first), count: Number(count), at: at + head.length });
    at += head.length + Number(count) * ENTRY;
  }
  const trailer = /^\s*trailer\s*(<<[^]*?)startxref/.exec(textAt(at, END * 4))?.[1];
  return trailer === undefined ? undefined : { runs, trailer };
}

/** Up to the object's end; undefined where no table knows it, or it is somewhere else. */
function objectText(bytes: Buffer, tables: readonly Table[], id: number | undefined) {
  if (id === undefined) return undefined;
  for (const { runs } of tables) {
    const run = runs.find(({ first, count }) => id >= first && id < first + count);
    if (!run) continue;
    const at = run.at + (id - run.first) * ENTRY;
    const [, offset] = /^(\d{10}) \d{5} n/.exec(bytes.toString('latin1', at, at + ENTRY)) ?? [];
    const from = Number(offset);
    const end = bytes.indexOf('endobj', from);
    if (offset === undefined || end === -1 || end - from > LONGEST) return undefined;
    const text = bytes.toString('latin1', from, end);
    return new RegExp(`^\\s*${String(id)}\\s+\\d+\\s+obj\\b`).test(text) ? text : undefined;
  }
  return undefined;
}

function reference(dictionary: string | undefined, key: string): number | undefined {
  const [, id] = new RegExp(`/${key}\\s+(\\d{1,10})\\s+\\d+\\s+R\\b`).exec(dictionary ?? '') ?? [];
  return id === undefined ? undefined : Number(id);
}

function numberAt(dictionary: string, key: string): number | undefined {
  const [, value] = new RegExp(`/${key}\\s+(\\d{1,10})\\b(?!\\s+\\d+\\s+R)`).exec(dictionary) ?? [];
  return value === undefined ? undefined : Number(value);
}
