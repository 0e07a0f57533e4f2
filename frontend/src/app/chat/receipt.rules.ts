import type { Usage } from '../api/contract';

const OF_THIS_MACHINE = 'this machine';

/** A cost is a sum, nothing at all (the model runs where Prosa does), or not known. */
export type CostKind = 'sum' | 'free' | 'unknown';

/** @param costUsd dollars of the answer, or of all its calls */
export function costKind(costUsd: number | null, priceSource: string | null): CostKind {
  if (costUsd === null) return 'unknown';
  return costUsd === 0 && priceSource === OF_THIS_MACHINE ? 'free' : 'sum';
}

/** True when tokens went in or out: not when every call was turned away. */
export const hasTokens = ({ promptTokens, completionTokens }: Usage): boolean =>
  (promptTokens ?? 0) + (completionTokens ?? 0) > 0;

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
  const day = priceSource === OF_THIS_MACHINE ? null : priceAsOf;
  return { key: SOURCE_KEYS[priceSource] ?? null, name: priceSource, day };
}

/** True when there were more calls than the one that answered: a title, or attempts that failed. */
export const hasMoreCalls = ({ calls }: Usage): boolean => calls > 1;

/** Only an address on the web becomes a link. */
export const traceAddress = ({ traceUrl }: Usage): string | null =>
  traceUrl && /^https?:\/\//i.test(traceUrl) ? traceUrl : null;
