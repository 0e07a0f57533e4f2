import type { Evidence } from './evidence.ts';

/** Longest that a killed server's runs may stay open after the next start, in milliseconds. */
const RECOVERED_MS = 10_000;

/**
 * What memory may differ by, in bytes: two lives of one process that did the same differ by as much
 * in what V8 has not given back yet.
 */
const MEMORY_SLACK = 96 * 1024 * 1024;

/** I3: ten seconds after a start no run of a dead server is open, and nothing of it reserved. Pure. */
export function lateRecoveries({ recoveries }: Evidence): string[] {
  return recoveries
    .filter(({ tookMs }) => tookMs > RECOVERED_MS)
    .map(({ kill, runs, tookMs }) => {
      const took = Number.isFinite(tookMs) ? `took ${(tookMs / 1000).toFixed(1)} s` : 'never ended';
      return `${String(runs)} runs that kill ${String(kill)} left open: ending them ${took}`;
    });
}

/** I3: where nobody asks nothing is open, and nothing reserved. Pure. */
export function leftOpen({ rows, deeds }: Evidence): string[] {
  const status = new Map(rows.runs.map((run) => [run.key, run.status]));
  return [
    ...rows.runs.filter((run) => run.status === 'answering').map(({ id }) => `run ${id} is open`),
    ...rows.usage
      .filter(({ isClosed }) => !isClosed)
      .map(({ id }) => `charge ${String(id)} is open`),
    ...rows.reservations.map((run) => `run ${run} has tokens reserved`),
    ...rows.counters
      .filter(({ reserved }) => reserved !== 0)
      .map(({ id, reserved }) => `${String(reserved)} are reserved of ${id}`),
    ...deeds
      .filter(({ key, endedAs }) => endedAs !== undefined && status.get(key) !== endedAs)
      .map(
        ({ key, endedAs }) => `${key} was told ${String(endedAs)}, is ${String(status.get(key))}`,
      ),
  ];
}

/** I6: what the guardrails stopped or hid is nowhere. Pure. */
export const foundCanaries = ({ searched }: Evidence): string[] =>
  searched.flatMap(({ place, hits }) => hits.map((hit) => `${place}: ${hit}`));

/** The file of an embedded database is whole. Pure. */
export const brokenFile = ({ integrity }: Evidence): string[] =>
  integrity === 'ok' ? [] : [integrity];

/** I7: nothing unforeseen in the log. Pure. */
export const complaints = (evidence: Evidence): string[] => [...evidence.complaints];

/** I7: memory is what it was, and no process outlives its parent. Pure. */
export function leaks({ memory: { before, after }, leftovers }: Evidence): string[] {
  const mib = (bytes: number) => String(Math.round(bytes / 2 ** 20));
  return [
    ...(after - before <= MEMORY_SLACK
      ? []
      : [`memory was ${mib(before)} MiB, and is ${mib(after)} MiB after as much work`]),
    ...leftovers.map((process) => `still running: ${process}`),
  ];
}
