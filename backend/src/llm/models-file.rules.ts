import { isMap, isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { type EntryProblem, readEntry } from './model-entry.rules.js';
import type { ModelId } from './model-ids.rules.js';
import type { ModelSettings } from './model-settings.js';

/** The models file cannot be read at all; the message says where and why. */
export class ModelsFileError extends Error {
  override readonly name = 'ModelsFileError';
}

/** A model as the file has it; without settings where something about it is wrong. */
export interface FileModel {
  readonly id: string;
  readonly model?: ModelId;
  readonly settings?: ModelSettings;
  /** One line each: file, line, key, and what to write there. */
  readonly problems: readonly string[];
}

/** Larger is no list of models. In UTF-16 units. */
const LARGEST_FILE = 1024 * 1024;

/**
 * Reads a models file: YAML with a list `models`, in order of preference. A mistake in one entry
 * costs that entry only.
 * @param path as messages name it.
 * @throws {ModelsFileError} it is no YAML, or has no such list.
 */
export function readModelsFile(text: string, path: string): readonly FileModel[] {
  const lines = new LineCounter();
  const place = (line: number) => `MODELS_FILE: ${path}, line ${String(line)}`;
  if (text.length > LARGEST_FILE) {
    throw new ModelsFileError(`MODELS_FILE: ${path} is too large to be a list of models`);
  }
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line } = lines.linePos(error.pos[0]);
    throw new ModelsFileError(`${place(line)}: ${error.message}`);
  }
  const content = contentOf(document);
  const list: unknown =
    typeof content === 'object' && content !== null && 'models' in content
      ? content.models
      : undefined;
  if (!Array.isArray(list) || list.length === 0) {
    throw new ModelsFileError(`${place(1)}: must hold a list "models:" with at least one model`);
  }
  const seen = new Set<string>();
  return list.map((value: unknown, at): FileModel => {
    const read = readEntry(value);
    const id = read.id ?? `models[${String(at)}]`;
    const problems = 'problems' in read ? [...read.problems] : [];
    if (seen.has(id))
      problems.push({ path: [], words: `names "${id}" again; keep one of the two` });
    seen.add(id);
    if (problems.length === 0 && 'model' in read) {
      return { id, model: read.model, settings: read.settings, problems: [] };
    }
    const told = ({ path: keys, words }: EntryProblem) => {
      const whole = ['models', at, ...keys];
      return `${place(lineOf(document, lines, whole))}: ${keyOf(whole)} ${words}`;
    };
    return { id, problems: problems.map(told) };
  });
}

/** @throws {ModelsFileError} an alias without its anchor, or so many that they are an attack. */
function contentOf(document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new ModelsFileError(`MODELS_FILE: ${error instanceof Error ? error.message : 'no YAML'}`);
  }
}

type Path = readonly (string | number)[];

/** `models[1].prices.input` */
const keyOf = (path: Path) =>
  path
    .map((key, at) => (typeof key === 'number' ? `[${String(key)}]` : at ? `.${key}` : key))
    .join('');

/** Where a value stands, or, where it is missing, what should hold it. Counts from 1. */
function lineOf(document: Document, lines: LineCounter, path: Path): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const holder = document.getIn(path.slice(0, depth - 1), true);
    const key = path[depth - 1];
    const pair = isMap(holder)
      ? holder.items.find((item) => isNode(item.key) && String(item.key) === key)?.key
      : undefined;
    const node = pair ?? document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
