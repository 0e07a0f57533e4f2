import type { Usage } from '../api/contract';

/** A cost is a sum, nothing at all (the model runs where Prosa does), or not known. */
export type CostKind = 'sum' | 'free' | 'unknown';

export function costKind(costUsd: number | null): CostKind {
  if (costUsd === null) return 'unknown';
  return costUsd === 0 ? 'free' : 'sum';
}

const OF_THIS_MACHINE = 'this machine';
const SOURCE_KEYS: Readonly<Record<string, string>> = {
  [OF_THIS_MACHINE]: 'receipt.source-machine',
  MODELS_FILE: 'receipt.source-file',
};

/** Where a price is from: key of its name, or the name itself; and its day, where it can grow old. */
export interface PriceOrigin {
  readonly key: string | null;
  readonly name: string;
  readonly day: string | null;
}

export function priceOrigin({ priceSource, priceAsOf }: Usage): PriceOrigin | null {
  if (!priceSource) return null;
  const day = priceSource === OF_THIS_MACHINE ? null : (priceAsOf ?? null);
  return { key: SOURCE_KEYS[priceSource] ?? null, name: priceSource, day };
}

/** True when there were more calls than the one that answered: a title, or attempts that failed. */
export const hasMoreCalls = ({ calls = 1 }: Usage): boolean => calls > 1;

/** Only an address on the web becomes a link. */
export const traceAddress = ({ traceUrl }: Usage): string | null =>
  traceUrl && /^https?:\/\//i.test(traceUrl) ? traceUrl : null;
