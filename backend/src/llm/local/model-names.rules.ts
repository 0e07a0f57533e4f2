import { isAbsolute } from 'node:path';
import type { FoundModel } from './model-folder.js';
import type { LocalKind } from './protocol.js';

/** Where a local model's files may be. */
export interface LocalName {
  readonly kind: LocalKind;
  /** In order of preference; below `models/` in the data folder unless absolute. */
  readonly paths: readonly string[];
  /** The repository with the ONNX export that stands for the name, where that is another. */
  readonly onnxExport?: string;
  /** Nothing about the name says T5: it is a mistake unless such a folder is there. */
  readonly doubtful?: true;
}

/** Google publishes no ONNX; these exports of the same weights are transformers.js's own. */
const ONNX_EXPORTS: Readonly<Record<string, string>> = {
  'google/flan-t5-small': 'Xenova/flan-t5-small',
  'google/flan-t5-base': 'Xenova/flan-t5-base',
  'google/flan-t5-large': 'Xenova/flan-t5-large',
};

/** The repository whose ONNX files stand for a model that has none of its own, where it is known. */
export const onnxExportOf = (name: string): string | undefined =>
  Object.hasOwn(ONNX_EXPORTS, name) ? ONNX_EXPORTS[name] : undefined;

/** The ids under which a model's files may be offered: an ONNX export also as what it stands for. */
export function idsOf({ kind, name }: Pick<FoundModel, 'kind' | 'name'>): readonly string[] {
  const names = Object.keys(ONNX_EXPORTS).filter((one) => ONNX_EXPORTS[one] === name);
  return [name, ...names].map((one) => `${kind}/${one}`);
}

/**
 * What `MODEL_NAME` means: a GGUF file, a folder, or a T5 by its name on Hugging Face.
 */
export function readModelName(name: string): LocalName {
  if (/\.gguf$/i.test(name)) return localName('llama', name);
  const t5 = localName('flan-t5', name);
  return isAbsolute(name) || /t5/i.test(name) ? t5 : { ...t5, doubtful: true };
}

/** Where the model of a kind is looked for. */
export function localName(kind: LocalKind, name: string): LocalName {
  const onnxExport = kind === 'flan-t5' ? onnxExportOf(name) : undefined;
  return onnxExport === undefined
    ? { kind, paths: [name] }
    : { kind, paths: [name, onnxExport], onnxExport };
}
