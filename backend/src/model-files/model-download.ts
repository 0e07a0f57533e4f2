import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readGgufHeader } from '../llm/local/gguf-header.js';
import { isWholeOnnx } from '../llm/local/onnx-header.js';
import type { LocalKind } from '../llm/local/protocol.js';
import { DomainError } from '../platform/domain-error.js';
import { type ChosenFile, chooseFiles } from './choose-files.rules.js';
import { freeBytes } from './disk.js';
import { bytesOfPart, fetchPart, isWhole, place } from './file-download.js';
import { inFolder, isFull } from './folder-errors.js';
import type { HubRepository } from './hub-answer.rules.js';
import type { HubClient } from './hub-client.js';
import type { WantedModel } from './model-name.rules.js';
import { takeTurn } from './turn.js';

/** What a download needs. */
export interface DownloadTools {
  readonly hub: HubClient;
  /** `models` of the data folder. */
  readonly folder: string;
  /** Bytes that are free where a folder is. */
  readonly free?: (folder: string) => Promise<number>;
  /** Before the second try of a broken connection; milliseconds. */
  readonly retryMs?: number;
}

/** How far a download is. Bytes count what is on the disk, of all files together. */
export interface Progress {
  /** `asking` the hub, `downloading`, or `checking` what has arrived. */
  readonly phase: 'asking' | 'downloading' | 'checking';
  readonly doneBytes: number;
  /** 0 as long as it is not known. */
  readonly totalBytes: number;
}

/** A model that is here now. */
export interface DownloadedModel {
  readonly kind: LocalKind;
  /** Below the folder, with `/`. */
  readonly name: string;
  /** As it is offered, and as it is written in `LLM_MODELS`. */
  readonly id: string;
  readonly bytes: number;
  readonly licence: string | null;
  /** Nothing had to be fetched. */
  readonly wasHere: boolean;
}

/** What is left to the database and the logs, which may be on the same disk. */
export const DISK_MARGIN = 512 * 1024 * 1024;
const RETRY_MS = 1000;
const MEGABYTE = 1_000_000;

interface Course {
  readonly tools: DownloadTools;
  readonly signal: AbortSignal;
  readonly repository: HubRepository;
  readonly folder: string;
  readonly total: number;
  readonly tell: (progress: Progress) => void;
}

/**
 * Downloads a model, or what of it is not here yet. What has arrived when it fails or is stopped
 * stays, and the next time goes on from there.
 * @throws {DomainError} DOWNLOAD.…; what `signal` was aborted with when it was.
 */
export async function downloadModel(
  wanted: WantedModel,
  tools: DownloadTools,
  signal: AbortSignal,
  tell: (progress: Progress) => void,
): Promise<DownloadedModel> {
  const endTurn = takeTurn(tools.folder);
  try {
    tell({ phase: 'asking', doneBytes: 0, totalBytes: 0 });
    const repository = await tools.hub.repository(wanted.repository, signal);
    const { kind, files } = chooseFiles(wanted.repository, repository.files, wanted.file);
    const folder = join(tools.folder, ...wanted.repository.split('/'));
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    const course = { tools, signal, repository, folder, total, tell };
    const wasHere = await inFolder(() => fetchMissing(course, files));
    const { licence } = repository;
    const name = kind === 'llama' ? `${repository.name}/${files[0]?.to ?? ''}` : repository.name;
    return { kind, name, id: `${kind}/${name}`, bytes: total, licence, wasHere };
  } finally {
    endTurn();
  }
}

/** @returns whether everything was there already. */
async function fetchMissing(course: Course, files: readonly ChosenFile[]): Promise<boolean> {
  const { folder, signal, total, tell } = course;
  await mkdir(folder, { recursive: true });
  const missing: ChosenFile[] = [];
  let doneBytes = 0;
  for (const file of files) {
    tell({ phase: 'checking', doneBytes, totalBytes: total });
    if (await isWhole(join(folder, file.to), file, signal)) doneBytes += file.bytes;
    else missing.push(file);
  }
  await checkRoom(course, missing);
  const parts: { part: string; target: string }[] = [];
  for (const file of missing) {
    const target = join(folder, file.to);
    const part = await fetchOne(course, file, target, doneBytes).catch(async (error: unknown) => {
      throw isFull(error) ? await noRoom(course, missing) : error;
    });
    parts.push({ part, target });
    doneBytes += file.bytes;
  }
  // A model is recognised by its first file: put there last, it is never seen half.
  for (const { part, target } of parts.reverse()) await place(part, target);
  return missing.length === 0;
}

/** @throws {DomainError} DOWNLOAD.DISK_FULL */
async function checkRoom(course: Course, missing: readonly ChosenFile[]): Promise<void> {
  const { needed, free } = await room(course, missing);
  if (needed > DISK_MARGIN && needed > free) throw await noRoom(course, missing);
}

async function room(
  { tools, folder }: Course,
  missing: readonly ChosenFile[],
): Promise<{ readonly needed: number; readonly free: number }> {
  let needed = DISK_MARGIN;
  for (const file of missing) {
    needed += file.bytes - (await bytesOfPart(join(folder, file.to), file));
  }
  return { needed, free: await (tools.free ?? freeBytes)(folder) };
}

async function noRoom(course: Course, missing: readonly ChosenFile[]): Promise<DomainError> {
  const { needed, free } = await room(course, missing);
  return new DomainError('DOWNLOAD.DISK_FULL', {
    neededMb: Math.ceil(needed / MEGABYTE),
    freeMb: Math.floor(free / MEGABYTE),
  });
}

async function fetchOne(
  { tools, signal, repository, total, tell }: Course,
  file: ChosenFile,
  target: string,
  before: number,
): Promise<string> {
  const part = await fetchPart(tools.hub, repository, file, target, {
    signal,
    retryMs: tools.retryMs ?? RETRY_MS,
    onBytes: (bytes) => {
      tell({ phase: 'downloading', doneBytes: before + bytes, totalBytes: total });
    },
    onCheck: () => {
      tell({ phase: 'checking', doneBytes: before + file.bytes, totalBytes: total });
    },
  });
  if (await isModelFile(part, file)) return part;
  await rm(part, { force: true });
  throw new DomainError('DOWNLOAD.NOT_A_MODEL', { file: file.to });
}

/** Whether a file that arrived whole is what its name says. */
async function isModelFile(path: string, { to, bytes }: ChosenFile): Promise<boolean> {
  try {
    if (/\.gguf$/i.test(to)) return (await readGgufHeader(path)).size <= bytes;
    if (to.endsWith('.onnx')) return await isWholeOnnx(path, bytes);
    if (to !== 'config.json') return true;
    const config = JSON.parse(await readFile(path, 'utf8')) as { model_type?: unknown } | null;
    return config?.model_type === 't5';
  } catch {
    return false;
  }
}
