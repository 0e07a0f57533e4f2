import { existsSync } from 'node:fs';
import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { modelsIn } from '../llm/local/model-folder.js';
import type { LocalKind } from '../llm/local/protocol.js';
import { DomainError } from '../platform/domain-error.js';
import { isPart, withoutPart } from './file-download.js';
import { inFolder } from './folder-errors.js';
import { wantedModel } from './model-name.rules.js';

/** A model whose files are in the folder. */
export interface ShelvedModel {
  /** As it is written in `LLM_MODELS`. */
  readonly id: string;
  readonly kind: LocalKind;
  /** Relative to the folder, with `/`. */
  readonly name: string;
  /** `owner/name`; null of a file that somebody put there without. */
  readonly repository: string | null;
  readonly bytes: number;
}

const LATER_PART = /^-\d{5}-of-\d{5}\.gguf$/i;
const LATER_PARTS = /-00001-of-(\d{5})\.gguf$/i;

/** The models below a folder, by name. */
export async function shelvedModels(folder: string): Promise<readonly ShelvedModel[]> {
  const found = await modelsIn(folder);
  return Promise.all(
    found.map(async ({ kind, name }): Promise<ShelvedModel> => {
      const [owner, model, ...file] = name.split('/');
      const isRepository = owner && model && file.length === (kind === 'llama' ? 1 : 0);
      const repository = isRepository ? `${owner}/${model}` : null;
      const bytes = kind === 'llama' ? ggufBytes(folder, name) : bytesBelow(join(folder, name));
      return { id: `${kind}/${name}`, kind, name, repository, bytes: await bytes };
    }),
  );
}

/** Bytes that have arrived of what is not whole yet. */
export async function partialBytes(folder: string, repository: string): Promise<number> {
  return bytesBelow(join(folder, ...repository.split('/')), isPart);
}

/**
 * Removes a model, with what has arrived of it: `owner/name`, or one file of it.
 * @throws {DomainError} DOWNLOAD.NAME_INVALID, DOWNLOAD.NOT_HERE, DOWNLOAD.FOLDER
 */
export async function removeModel(folder: string, text: string): Promise<void> {
  const { repository, exportOf, file } = wantedModel(text);
  const names = exportOf === undefined ? [repository] : [exportOf, repository];
  const name = names.find((one) => existsSync(join(folder, one))) ?? repository;
  const whole = join(folder, ...name.split('/'));
  const targets = file === undefined ? [whole] : await filesOf(whole, file);
  if (targets.every((target) => !existsSync(target))) {
    throw new DomainError('DOWNLOAD.NOT_HERE', { name: text });
  }
  await inFolder(async () => {
    for (const target of targets) await rm(target, { recursive: true });
  });
  // Folders that hold nothing more; others stay.
  for (const left of [whole, join(whole, '..')]) await rmdir(left).catch(() => undefined);
}

/** A file as it is kept, later parts of it, and what has arrived of those. */
async function filesOf(folder: string, path: string): Promise<readonly string[]> {
  const own = basename(path);
  const stem = /^(.*)-00001-of-\d{5}\.gguf$/i.exec(own)?.[1];
  const isOf = (name: string): boolean => {
    const file = withoutPart(name);
    const isLater =
      stem !== undefined && file.startsWith(stem) && LATER_PART.test(file.slice(stem.length));
    return file === own || isLater;
  };
  const names = await readdir(folder).catch(() => []);
  return names.filter(isOf).map((name) => join(folder, name));
}

async function ggufBytes(folder: string, name: string): Promise<number> {
  const count = Number(LATER_PARTS.exec(name)?.[1] ?? 1);
  const names = Array.from({ length: count }, (_, at) =>
    at === 0 ? name : name.replace(/-00001-of-/i, `-${String(at + 1).padStart(5, '0')}-of-`),
  );
  const sizes = await Promise.all(names.map((one) => sizeOf(join(folder, one))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function bytesBelow(folder: string, counts: (name: string) => boolean = () => true) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && counts(entry.name));
  const sizes = await Promise.all(files.map((file) => sizeOf(join(file.parentPath, file.name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

const sizeOf = async (path: string): Promise<number> =>
  (await stat(path).catch(() => undefined))?.size ?? 0;
