import { oneLine } from './out.js';

/**
 * A row as a text that can be understood without its table: each cell behind its column's name.
 * @param header the columns' names; absent: the cells alone.
 */
export function rowText(cells: readonly string[], header?: readonly string[]): string {
  return cells
    .map((cell, column) => {
      const name = oneLine(header?.[column] ?? '');
      const value = oneLine(cell);
      return value === '' ? '' : name === '' ? value : `${name}: ${value}`;
    })
    .filter((part) => part !== '')
    .join(' | ');
}

/** Longest name of a column; what is longer is content. */
const LONGEST_NAME = 80;

/** Whether a table's first row names its columns: short names, nearly all there, none a number, no two alike. */
export function isHeader(cells: readonly string[]): boolean {
  const names = cells.map(oneLine);
  const given = names.filter((name) => name !== '');
  return (
    given.length >= 2 &&
    given.length >= names.length * 0.6 &&
    new Set(given).size === given.length &&
    given.every((name) => name.length <= LONGEST_NAME && /\p{L}/u.test(name))
  );
}
