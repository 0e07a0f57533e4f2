import type { Browser, CDPSession, Page } from 'playwright-core';

/** What the page's main thread did while something went on. */
export interface MainThread {
  /** Work of each frame, in milliseconds of CPU time of the thread. */
  readonly frames: readonly number[];
  /** Work of each task, in milliseconds of CPU time. */
  readonly tasks: readonly number[];
}

/** What the page holds. */
export interface Held {
  /** JavaScript heap after a collection, in MB (10⁶ bytes). */
  readonly heapMb: number;
  readonly domNodes: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** When, and for how long, in microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Microseconds of CPU time of the thread; the machine's other work is not in it. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const CATEGORIES = [
  '-*',
  'toplevel',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  'devtools.timeline.frame',
];

/**
 * Records the main thread while `act` runs.
 * @param file keeps the trace there, to be opened in DevTools
 */
export async function recorded(
  browser: Browser,
  page: Page,
  act: () => Promise<void>,
  file?: string,
): Promise<MainThread> {
  await browser.startTracing(page, { categories: CATEGORIES, ...(file && { path: file }) });
  await act();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as {
    readonly traceEvents: readonly TraceEvent[];
  };
  return mainThreadOf(trace.traceEvents);
}

/** Measures what is held after a collection of what is not. */
export async function held(session: CDPSession): Promise<Held> {
  await session.send('HeapProfiler.enable');
  // Twice: what the first one frees may free more.
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes } = await session.send('Memory.getDOMCounters');
  return { heapMb: usedSize / 1e6, domNodes: nodes };
}

function mainThreadOf(events: readonly TraceEvent[]): MainThread {
  const threads = events
    .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
    .map(({ pid, tid }) => events.filter((event) => event.pid === pid && event.tid === tid));
  // The page's renderer is the one that worked; others belong to the browser.
  const thread = threads.toSorted((a, b) => cpuOf(b) - cpuOf(a))[0] ?? [];
  const starts = thread
    .filter(({ name }) => name === 'BeginMainThreadFrame')
    .map(({ ts }) => ts)
    .sort((a, b) => a - b);
  const tasks = thread.filter(isTask).toSorted((a, b) => a.ts - b.ts);
  const frames = new Array<number>(starts.length).fill(0);
  let at = -1;
  for (const { ts, dur = 0, tdur = 0 } of tasks) {
    // A frame begins inside a task: it and all that follow it until the next belong to that frame.
    while ((starts[at + 1] ?? Infinity) <= ts + dur) at += 1;
    if (at >= 0) frames[at] = (frames[at] ?? 0) + tdur / 1000;
  }
  return { frames, tasks: tasks.map(({ tdur = 0 }) => tdur / 1000) };
}

const isTask = ({ name, ph }: TraceEvent): boolean => name === 'RunTask' && ph === 'X';

const cpuOf = (events: readonly TraceEvent[]): number =>
  events.filter(isTask).reduce((sum, { tdur = 0 }) => sum + tdur, 0);
