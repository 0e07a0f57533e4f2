import type { Language } from '../i18n/language.rules';
import { costKnowledge, type UsageGroup } from './usage-rows.rules';

export const COLUMNS = [
  'name',
  'cost',
  'promptTokens',
  'cachedTokens',
  'completionTokens',
  'calls',
] as const;
export type Column = (typeof COLUMNS)[number];

export interface Order {
  readonly by: Column;
  readonly down: boolean;
}

/** A group with the name under which it is shown. */
export interface NamedGroup extends UsageGroup {
  readonly label: string;
}

/** The other way round in the same column; in another the largest first, of names the first. */
export const nextOrder = (order: Order, by: Column): Order =>
  order.by === by ? { by, down: !order.down } : { by, down: by !== 'name' };

/**
 * Sorted anew; names as the language sorts them, or by key (days). An unknown cost stands below every known one; equal rows keep the order
 * of names.
 */
export function sorted<T extends NamedGroup>(
  groups: readonly T[],
  { by, down }: Order,
  language: Language,
  namesBy: 'label' | 'key' = 'label',
): T[] {
  const collator = new Intl.Collator(language, { numeric: true });
  const names = (a: T, b: T): number =>
    namesBy === 'key' ? compareText(a.key, b.key) : collator.compare(a.label, b.label);
  return [...groups].sort((a, b) => {
    const difference = by === 'name' ? names(a, b) : valueOf(a, by) - valueOf(b, by);
    return (down ? -difference : difference) || names(a, b);
  });
}

function valueOf({ figures }: UsageGroup, by: Exclude<Column, 'name'>): number {
  if (by !== 'cost') return figures[by];
  return costKnowledge(figures) === 'unknown' ? -1 : (figures.costUsd ?? -1);
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
