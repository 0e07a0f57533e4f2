import { loadavg } from 'node:os';
import { readFileSync } from 'node:fs';

/** How samples are spread. NaN where there are none. */
export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Sorts the samples and takes the nearest rank. */
export function spreadOf(samples: readonly number[]): Spread {
  const sorted = Float64Array.from(samples).sort();
  const rank = (part: number) => sorted[Math.ceil(part * sorted.length) - 1] ?? NaN;
  return { count: sorted.length, p50: rank(0.5), p95: rank(0.95), p99: rank(0.99), max: rank(1) };
}

/** Clock ticks a second in `/proc` on Linux, whatever the kernel's own (USER_HZ). */
const TICKS_PER_SECOND = 100;

/** CPU time that a process has used, user and system, in milliseconds. */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
  // After the name, which may hold anything, the fields are counted from the third.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}

/** Resident memory of a process, in MB (10⁶ bytes). */
export function rssMb(pid: number): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return (Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) * 1024) / 1e6;
}

/** A figure for people: three significant digits at most, no more decimals than it has sense. */
export function shown(value: number, unit = ''): string {
  if (Number.isNaN(value)) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${value.toFixed(digits)}${unit && ` ${unit}`}`;
}

/** Whether a figure keeps its goal, in words. */
export const verdict = (value: number, goal: number): string =>
  `goal ≤ ${String(goal)}: ${value <= goal ? 'met' : 'MISSED'}`;

/** Prints rows as a table with a heading, and how busy the machine was. */
export function printTable(title: string, rows: readonly (readonly string[])[]): void {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, cell.length)));
  }
  const lines = rows.map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  '));
  const load = loadavg()
    .map((average) => average.toFixed(1))
    .join(' ');
  console.log(
    `\n${title}  (load ${load})\n${lines.map((line) => `  ${line.trimEnd()}`).join('\n')}`,
  );
}
