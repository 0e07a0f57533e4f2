import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often children are looked at, in milliseconds. */
const LOOK_EVERY_MS = 50;

/** Resident memory of a process as Linux tells it, in megabytes: what it has, and the most it had. */
export function memoryMb(pid: number): { readonly now: number; readonly most: number } {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  const mb = (name: string) =>
    (Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) * 1024) / 1e6;
  return { now: mb('VmRSS'), most: mb('VmHWM') };
}

/** Has the most that a process had begin anew at what it has. */
export function forgetMost(pid: number): void {
  writeFileSync(`/proc/${String(pid)}/clear_refs`, '5');
}

/** Watches the children of a process until the signal is aborted. @returns the most one of them had. */
export function watchChildren(pid: number, signal: AbortSignal): { readonly mostMb: () => number } {
  let most = 0;
  const watch = async () => {
    while (!signal.aborted) {
      for (const child of childrenOf(pid)) most = Math.max(most, mostOf(child));
      await sleep(LOOK_EVERY_MS);
    }
  };
  void watch();
  return { mostMb: () => most };
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${String(pid)}/task`).flatMap((task) =>
      readFileSync(`/proc/${String(pid)}/task/${task}/children`, 'utf8')
        .split(' ')
        .filter(Boolean)
        .map(Number),
    );
  } catch {
    return []; // A thread of it has just ended.
  }
}

function mostOf(pid: number): number {
  try {
    return memoryMb(pid).most;
  } catch {
    return 0; // It has just ended.
  }
}
