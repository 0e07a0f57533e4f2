import { z } from 'zod';
import { LARGEST_ID } from '../platform/validation.js';
import { LARGEST_AMOUNT, PERIODS_OF, SMALLEST_USD } from './limit.rules.js';

const measureField = z
  .enum(['requests', 'tokens', 'usd', 'openRuns'])
  .describe('`requests`: questions that were accepted; `openRuns`: answers in the making.');
const periodField = z
  .enum(['minute', 'day', 'month'])
  .nullable()
  .describe('Days and months of `timeZone`; `minute` for requests only; null for `openRuns`.');
const amountField = z.number().min(0).describe('Dollars for `usd`, else a whole number.');

/** Whom it is for, of what and how much. The same whom, what and when is the same limit. */
export const newLimitSchema = z
  .strictObject({
    scope: z
      .enum(['team', 'everyone', 'role', 'person'])
      .describe('`team`: all people together; `everyone`: each person.'),
    role: z.enum(['administrator', 'member']).optional().describe('With the scope `role` only.'),
    userId: z.int().min(1).max(LARGEST_ID).optional().describe('With the scope `person` only.'),
    measure: measureField,
    period: periodField,
    amount: amountField,
  })
  .superRefine(({ scope, role, userId, measure, period, amount }, context) => {
    const refuse = (field: string) => {
      context.addIssue({ code: 'custom', path: [field], message: `${field} does not fit` });
    };
    if ((scope === 'role') !== (role !== undefined)) refuse('role');
    if ((scope === 'person') !== (userId !== undefined)) refuse('userId');
    if (!PERIODS_OF[measure].includes(period ?? 'now')) refuse('period');
    const whole = measure === 'usd' || Number.isInteger(amount);
    const isLost = amount > 0 && amount < SMALLEST_USD;
    if (!whole || isLost || amount > LARGEST_AMOUNT[measure]) refuse('amount');
  })
  .meta({ id: 'NewLimit' });
export type NewLimitBody = z.infer<typeof newLimitSchema>;

export const limitSchema = z
  .object({
    id: z.int(),
    scope: z.enum(['team', 'everyone', 'role', 'person']),
    role: z.enum(['administrator', 'member']).optional(),
    userId: z.int().optional(),
    username: z.string().optional(),
    measure: measureField,
    period: periodField,
    amount: amountField,
  })
  .meta({ id: 'Limit' });
export type LimitView = z.infer<typeof limitSchema>;

export const limitListSchema = z
  .object({
    timeZone: z.string().describe('In which days and months begin.'),
    limits: z.array(limitSchema),
  })
  .meta({ id: 'LimitList' });
export type LimitList = z.infer<typeof limitListSchema>;

const ownLimitSchema = z
  .object({
    scope: z.enum(['own', 'team']).describe('Whose use it counts: the caller’s or everybody’s.'),
    measure: measureField,
    period: periodField,
    amount: amountField,
    used: z.number(),
    reserved: z.number().describe('What answers in the making may still use.'),
    left: z.number(),
    resetsAt: z.iso.datetime().nullable().describe('When it is whole again.'),
    near: z.boolean().describe('At most a fifth is left.'),
  })
  .meta({ id: 'OwnLimit' });
export type OwnLimit = z.infer<typeof ownLimitSchema>;

export const ownLimitsSchema = z
  .object({
    timeZone: z.string().describe('In which days and months begin.'),
    limits: z.array(ownLimitSchema),
  })
  .meta({ id: 'OwnLimits' });
export type OwnLimits = z.infer<typeof ownLimitsSchema>;
