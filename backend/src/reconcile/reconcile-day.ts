import { databaseTarget, DatabaseUnfitError, openForReading } from '#db';
import type { Env } from '../config/env.schema.js';
import { EnvError } from '../config/load-env.js';
import { dayNumber, startOfDay } from '../platform/civil-days.rules.js';
import { langSmithPlace } from '../tracing/langsmith-place.js';
import { LangSmithUnreadableError, ModelRuns } from '../tracing/model-runs.js';
import { LedgerDayRepository } from './ledger-day.repository.js';
import { agrees, reconcile, type Side } from './reconcile.rules.js';
import { reportOf } from './report.rules.js';

/** The command was called in a way that it cannot be carried out. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A row is opened a moment before its call begins: far more than that moment, in milliseconds. */
const MARGIN_MS = 10 * 60_000;

/** Errors whose message says all that the operator needs. */
export const TOLD = [EnvError, UsageError, DatabaseUnfitError, LangSmithUnreadableError];

/** What is to be compared. */
export interface Wish {
  /** As the calendar of `TIME_ZONE` has it, `2026-11-20`. */
  readonly day: string | undefined;
  /** Absent: `LANGSMITH_PROJECT`. */
  readonly project: string | undefined;
}

/**
 * Compares a day's ledger with what LangSmith has of it, and tells every difference. Changes nothing
 * on either side.
 * @returns whether they agree.
 * @throws one of {@link TOLD}, in words.
 */
export async function reconcileDay(
  env: Env,
  { day, project }: Wish,
  say: (line: string) => void,
): Promise<boolean> {
  const span = spanOf(day, env.TIME_ZONE);
  if (env.LANGSMITH_API_KEY === undefined) {
    throw new UsageError('LANGSMITH_API_KEY: is needed to read LangSmith');
  }
  const place = { ...langSmithPlace(env), ...(project === undefined ? {} : { project }) };
  const from = new Date(span.from.getTime() - MARGIN_MS);
  const to = new Date(span.to.getTime() + MARGIN_MS);
  const dataSource = await openForReading(targetOf(env));
  try {
    const ledger = await new LedgerDayRepository(dataSource).find(from, to);
    const traced = await new ModelRuns(place).find({ from, to });
    const result = reconcile(
      sideOf(ledger, span, ({ openedAt }) => openedAt),
      sideOf(traced, span, ({ startedAt }) => startedAt),
    );
    const compared = { day: String(day), timeZone: env.TIME_ZONE, project: place.project };
    for (const line of reportOf(result, compared)) say(line);
    return agrees(result);
  } finally {
    await dataSource.destroy();
  }
}

function spanOf(day: string | undefined, timeZone: string): { from: Date; to: Date } {
  const number = day === undefined ? undefined : dayNumber(day);
  if (number === undefined) {
    throw new UsageError('--day must be a date such as 2026-11-20');
  }
  return { from: startOfDay(timeZone, number), to: startOfDay(timeZone, number + 1) };
}

function targetOf(env: Env): ReturnType<typeof databaseTarget> {
  try {
    return databaseTarget(env.DATABASE_URL, env.DATA_DIR, { poolSize: 2 });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function sideOf<Call>(
  calls: readonly Call[],
  { from, to }: { readonly from: Date; readonly to: Date },
  timeOf: (call: Call) => Date,
): Side<Call> {
  const isOfTheDay = (call: Call) => timeOf(call) >= from && timeOf(call) < to;
  return {
    ofTheDay: calls.filter(isOfTheDay),
    nearby: calls.filter((call) => !isOfTheDay(call)),
  };
}
