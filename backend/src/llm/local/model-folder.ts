import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalKind } from './protocol.js';

/** More would only crowd the picker. */
const MAX_LISTED = 20;
/** `owner/model/file.gguf` */
const DEEPEST = 3;
/** A later part of a model in several files, and the eyes of one that sees: neither is a model. */
const NOT_BY_ITSELF = /-000(?!01)\d\d-of-\d{5}\.gguf$|mmproj/i;

export interface FoundModel {
  readonly kind: LocalKind;
  /** Relative to the folder, with `/`. */
  readonly name: string;
}

/** The models below a folder, by name; none where there is no folder. */
export async function modelsIn(folder: string): Promise<readonly FoundModel[]> {
  const found = await look(folder, '', DEEPEST);
  return found.sort((a, b) => a.name.localeCompare(b.name)).slice(0, MAX_LISTED);
}

async function look(folder: string, below: string, deep: number): Promise<FoundModel[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true }).catch(() => []);
  if (entries.some(({ name }) => name === 'config.json')) {
    return (await isT5(join(folder, below))) ? [{ kind: 'flan-t5', name: below }] : [];
  }
  const inside = entries.map(async (entry): Promise<FoundModel[]> => {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.name.startsWith('.')) return [];
    if (entry.isDirectory()) return deep > 1 ? look(folder, name, deep - 1) : [];
    const isModel = /\.gguf$/i.test(name) && !NOT_BY_ITSELF.test(name);
    return isModel ? [{ kind: 'llama', name }] : [];
  });
  return (await Promise.all(inside)).flat();
}

async function isT5(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, 'config.json'), 'utf8').catch(() => '');
  return /"model_type"\s*:\s*"t5"/.test(text);
}
