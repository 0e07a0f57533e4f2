import type { LimitLeft } from '../api/limits-api';

/** A limit as a bar. */
export interface LeftRow {
  readonly key: string;
  /** Key of what is measured and when: "Questions today". */
  readonly title: string;
  readonly team: boolean;
  /** How much of the limit is used, and set aside, in percent of its amount; together at most 100. */
  readonly usedShare: number;
  readonly reservedShare: number;
  readonly tone: 'plain' | 'near' | 'reached';
}

const share = (part: number, amount: number): number =>
  amount > 0 ? Math.min(100, Math.max(0, (part / amount) * 100)) : 100;

/** How a limit is drawn. What is used beyond it (it was lowered since) fills the bar, no more. */
export function toRow({
  scope,
  measure,
  period,
  amount,
  used,
  reserved,
  left,
  near,
}: LimitLeft): LeftRow {
  const usedShare = share(used, amount);
  return {
    key: [scope, measure, period].join('-'),
    title: `limits.row-${measure}-${period ?? 'now'}`,
    team: scope === 'team',
    usedShare,
    reservedShare: Math.min(share(reserved, amount), 100 - usedShare),
    tone: left <= 0 ? 'reached' : near ? 'near' : 'plain',
  };
}
