import type { Limit, LimitMeasure, LimitPeriod } from '#db';
import type { LimitInEffect } from './limit.rules.js';
import type { LimitView, OwnLimit } from './limits.schema.js';

const NANO_PER_USD = 1e9;

/** What is left at which the screen begins to say so. */
const NEAR = 0.2;

/** Money is dollars outside, integer nano-dollars inside. */
export function amountInside(measure: LimitMeasure, amount: number): number {
  return measure === 'usd' ? Math.round(amount * NANO_PER_USD) : amount;
}

export function amountOutside(measure: LimitMeasure, amount: number): number {
  return measure === 'usd' ? amount / NANO_PER_USD : amount;
}

export const periodOutside = (period: LimitPeriod) => (period === 'now' ? null : period);

/** A limit as administrators see it. */
export function toLimit(limit: Limit, username: string | undefined): LimitView {
  const { id, subject, userId, measure, period, amount } = limit;
  const what = {
    measure,
    period: periodOutside(period),
    amount: amountOutside(measure, amount),
  };
  switch (subject) {
    case 'team':
    case 'everyone':
      return { id, scope: subject, ...what };
    case 'role:admin':
      return { id, scope: 'role', role: 'administrator', ...what };
    case 'role:member':
      return { id, scope: 'role', role: 'member', ...what };
    default:
      return {
        id,
        scope: 'person',
        ...(userId === null ? {} : { userId }),
        ...(username === undefined ? {} : { username }),
        ...what,
      };
  }
}

/** What is left of a limit, to those whom it holds. */
export function toOwnLimit(
  { scope, measure, period, amount }: LimitInEffect,
  { used, reserved }: { readonly used: number; readonly reserved: number },
  resetsAt: Date | null,
): OwnLimit {
  const left = Math.max(0, amount - used - reserved);
  const outside = (some: number) => amountOutside(measure, some);
  return {
    scope,
    measure,
    period: periodOutside(period),
    amount: outside(amount),
    used: outside(used),
    reserved: outside(reserved),
    left: outside(left),
    resetsAt: resetsAt?.toISOString() ?? null,
    near: left <= amount * NEAR,
  };
}
