import { setTimeout as sleep } from 'node:timers/promises';
import { forgetMost, memoryMb, watchChildren } from '../harness/process-memory.js';
import type { Bomb } from './bombs.js';

/** A server in a process of its own, and who drops bombs on it. */
export interface Target {
  readonly url: string;
  readonly pid: number;
  readonly token: string;
  readonly collectionId: number;
}

/** What became of a bomb. */
export interface Dropped {
  readonly status: unknown;
  /** Why it was refused; undefined where it was read. */
  readonly code: string | undefined;
  /** From the first byte of the upload until it was refused, in milliseconds. */
  readonly ms: number;
  /** What the server's memory grew by at most. */
  readonly serverGrowthMb: number;
  /** The most that the process which reads had. */
  readonly readerMb: number;
  /** The longest that a small question waited meanwhile, in milliseconds. */
  readonly longestWaitMs: number;
}

/** Uploads a bomb, and watches the server until the work on it has ended. */
export async function dropBomb(target: Target, { bytes, fileName }: Bomb): Promise<Dropped> {
  const body = new FormData();
  body.append('file', new Blob([new Uint8Array(bytes())]), fileName);
  const watching = new AbortController();
  const reader = watchChildren(target.pid, watching.signal);
  const waits = smallQuestions(target, watching.signal);
  forgetMost(target.pid);
  const { now: before } = memoryMb(target.pid);
  const from = performance.now();
  const sent = await call(target, `/api/collections/${String(target.collectionId)}/documents`, {
    method: 'POST',
    body,
  });
  const { status, error } = await ended(target, Number(sent['id']));
  const ms = performance.now() - from;
  watching.abort();
  return {
    status,
    code: (error as { code?: string } | null | undefined)?.code,
    ms,
    serverGrowthMb: memoryMb(target.pid).most - before,
    readerMb: reader.mostMb(),
    longestWaitMs: await waits,
  };
}

async function ended(target: Target, id: number): Promise<Record<string, unknown>> {
  for (;;) {
    const document = await call(target, `/api/documents/${String(id)}`);
    if (document['status'] === 'ready' || document['status'] === 'failed') return document;
    await sleep(20);
  }
}

/** Asks for little again and again. @returns the longest wait, once the signal is aborted. */
async function smallQuestions(target: Target, signal: AbortSignal): Promise<number> {
  let longest = 0;
  while (!signal.aborted) {
    const from = performance.now();
    await call(target, '/api/auth/me');
    longest = Math.max(longest, performance.now() - from);
    await sleep(20);
  }
  return longest;
}

async function call(
  { url, token }: Target,
  path: string,
  init: RequestInit = {},
): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${token}`, origin: url };
  const response = await fetch(`${url}${path}`, { ...init, headers });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${String(response.status)} ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}
