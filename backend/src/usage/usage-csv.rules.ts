import { dateOf } from '../platform/civil-days.rules.js';
import type { Dimension, UsageRow } from './usage-question.js';
import { knownCost } from './usage.response.js';

/** Spreadsheets take a file without it for one in the code page of their country. */
const BYTE_ORDER_MARK = '\uFEFF';
const END_OF_LINE = '\r\n';
const NANO_DIGITS = 9;

/** What spreadsheets would compute, were it the beginning of a cell. */
const FORMULA = /^[=+\-@\t\r]/;
const MUST_BE_QUOTED = /[",\r\n]/;

type Cell = string | number | null | undefined;
type Column = readonly [name: string, cell: (row: UsageRow) => Cell];

const KEYS: Readonly<Record<Dimension, readonly Column[]>> = {
  day: [['day', ({ day }) => (day === undefined ? null : dateOf(day))]],
  person: [
    ['userId', ({ userId }) => userId],
    ['username', ({ username }) => username],
  ],
  model: [['model', ({ model }) => model]],
  provider: [['provider', ({ provider }) => provider]],
  purpose: [['purpose', ({ purpose }) => purpose]],
  door: [['door', ({ door }) => door]],
};
const SUMS: readonly Column[] = [
  ['calls', ({ calls }) => calls],
  ['promptTokens', ({ promptTokens }) => promptTokens],
  ['cachedTokens', ({ cachedTokens }) => cachedTokens],
  ['completionTokens', ({ completionTokens }) => completionTokens],
  ['estimatedCalls', ({ estimatedCalls }) => estimatedCalls],
  ['costUsd', (row) => dollars(knownCost(row))],
  ['unpricedCalls', ({ unpricedCalls }) => unpricedCalls],
];

const columnsOf = (by: Iterable<Dimension>) => [...[...by].flatMap((name) => KEYS[name]), ...SUMS];

/** The beginning of the file: the byte order mark and the names of the columns. */
export function csvHead(by: Iterable<Dimension>): string {
  return BYTE_ORDER_MARK + line(columnsOf(by).map(([name]) => name));
}

/** Rows as lines of the file (RFC 4180). */
export function csvLines(by: Iterable<Dimension>, rows: readonly UsageRow[]): string {
  const columns = columnsOf(by);
  return rows.map((row) => line(columns.map(([, cell]) => cell(row)))).join('');
}

const line = (cells: readonly Cell[]): string => cells.map(toCell).join(',') + END_OF_LINE;

function toCell(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null || cell === undefined ? '' : String(cell);
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell;
  return MUST_BE_QUOTED.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Exact to the nano-dollar, with a point and never an exponent; a string that is no formula. */
function dollars(nanoUsd: number | null): string | null {
  if (nanoUsd === null) return null;
  const digits = String(nanoUsd).padStart(NANO_DIGITS + 1, '0');
  const fraction = digits.slice(-NANO_DIGITS).replace(/0+$/, '');
  return digits.slice(0, -NANO_DIGITS) + (fraction && `.${fraction}`);
}
