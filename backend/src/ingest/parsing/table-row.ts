import { oneLine } from './out.js';

/** Cells by their column, from 0: all of them, or those that hold something where most are empty. */
export type Row = readonly string[] | ReadonlyMap<number, string>;

/**
 * A row as a text that can be understood without its table: each cell behind its column's name.
 * @param header the columns' names; absent: the cells alone.
 */
export function rowText(cells: Row, header: Row = []): string {
  return [...cells.entries()]
    .map(([column, cell]) => {
      const value = oneLine(cell);
      if (value === '') return '';
      const name = oneLine(nameOf(header, column));
      return name === '' ? value : `${name}: ${value}`;
    })
    .filter((part) => part !== '')
    .join(' | ');
}

const nameOf = (header: Row, column: number): string =>
  ('get' in header ? header.get(column) : header[column]) ?? '';

/** Longest name of a column; what is longer is content. */
const LONGEST_NAME = 80;

/** Whether a table's first row names its columns: short names, nearly all there, none a number, no two alike. */
export function isHeader(cells: Row): boolean {
  const names = [...cells.values()].map(oneLine);
  const given = names.filter((name) => name !== '');
  const columns = ([...cells.keys()].at(-1) ?? -1) + 1;
  return (
    given.length >= 2 &&
    given.length >= columns * 0.6 &&
    new Set(given).size === given.length &&
    given.every((name) => name.length <= LONGEST_NAME && /\p{L}/u.test(name))
  );
}
