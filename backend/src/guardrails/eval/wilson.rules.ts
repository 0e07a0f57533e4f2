/** 97.5 % quantile of the normal distribution: both sides together leave out 5 %. */
const Z = 1.959964;

/** So many of so many, and between which shares the true one lies with 95 % (Wilson 1927). */
export interface Share {
  readonly hits: number;
  readonly of: number;
  readonly low: number;
  readonly high: number;
}

/** A share with its interval; of nothing, it is anywhere. */
export function share(hits: number, of: number): Share {
  if (of === 0) return { hits, of, low: 0, high: 1 };
  const part = hits / of;
  const middle = part + (Z * Z) / (2 * of);
  const reach = Z * Math.sqrt((part * (1 - part)) / of + (Z * Z) / (4 * of * of));
  const whole = 1 + (Z * Z) / of;
  return {
    hits,
    of,
    low: Math.max(0, (middle - reach) / whole),
    high: Math.min(1, (middle + reach) / whole),
  };
}

/** As people read it: `43 / 84 = 51.2 % [40.7–61.6]`. */
export function shareWords({ hits, of, low, high }: Share): string {
  if (of === 0) return '–';
  const percent = (part: number): string => (part * 100).toFixed(1);
  return `${String(hits)} / ${String(of)} = ${percent(hits / of)} % [${percent(low)}–${percent(high)}]`;
}
