import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import type { ModelProblem } from '../model-source.js';
import { readGgufHeader } from './gguf-header.js';
import type { LocalName } from './model-names.rules.js';
import { isWholeOnnx } from './onnx-header.js';
import type { LocalKind } from './protocol.js';

/** FLAN-T5 was trained on texts of so many tokens. */
export const T5_WINDOW = 512;
/**
 * Memory for a longer conversation is taken at the start, some 120 kB a token in a model of three
 * billion: `MODEL_CONTEXT_WINDOW` says where there is more.
 */
export const LLAMA_WINDOW = 4096;

const ONNX_FILES = ['encoder_model', 'decoder_model_merged'] as const;
/** As transformers.js names them: in full precision, and in eight bits. */
const ONNX_SUFFIXES = ['', '_quantized'] as const;

interface Inspected {
  readonly stamp: string;
  readonly result: ModelProblem | number;
}

/** The files of one local model, as they are on the disk. */
export class ModelFile {
  readonly kind: LocalKind;
  /** Tokens; known for sure once the files were looked at. */
  contextWindow: number;
  private known: Inspected | undefined;

  /**
   * @param folder where relative names are found.
   * @param setting that named the model, for what is said of a problem.
   */
  constructor(
    private readonly name: LocalName,
    private readonly folder: string,
    private readonly setting: string,
    private readonly widest: number = LLAMA_WINDOW,
  ) {
    this.kind = name.kind;
    this.contextWindow = name.kind === 'llama' ? widest : T5_WINDOW;
  }

  /** The first of the possible places where something is, else the last. */
  get path(): string {
    return this.placed.path;
  }

  /** Changes with the files; as of the last look at them. */
  get version(): string {
    return this.known?.stamp ?? '';
  }

  /** What is wrong with the files, or nothing. Reads them only when they have changed. */
  async problem(): Promise<ModelProblem | undefined> {
    const stamp = await this.stamp();
    if (this.known?.stamp !== stamp) {
      const result = await this.inspect().catch((): ModelProblem => this.problemOf('FILE_INVALID'));
      this.known = { stamp, result };
      if (typeof result === 'number') this.contextWindow = result;
    }
    const { result } = this.known;
    return typeof result === 'number' ? undefined : result;
  }

  /** The files could not be loaded after all: that stands until they change. */
  async refuse(): Promise<void> {
    this.known = { stamp: await this.stamp(), result: this.problemOf('FILE_INVALID') };
  }

  private problemOf(kind: 'FILE_MISSING' | 'FILE_INVALID' | 'NAME_UNKNOWN'): ModelProblem {
    const [asked = ''] = this.name.paths;
    const { shown } = this.placed;
    const named = this.name.onnxExport ? `${asked} → ONNX ${this.name.onnxExport}` : asked;
    const command = kind === 'FILE_MISSING' ? `; ${downloadCommand(asked)}` : '';
    return { kind, where: `${this.setting}: ${named}; ${shown}${command}` };
  }

  private get placed(): { readonly path: string; readonly shown: string } {
    const places = this.name.paths.map((path) => ({
      path: resolve(this.folder, path),
      // Where the data folder is, is nobody's business who may only ask.
      shown: isAbsolute(path) ? path : join('models', path),
    }));
    const found = places.find(({ path }) => existsSync(path)) ?? places.at(-1);
    if (!found) throw new Error('a model has a name');
    return found;
  }

  private get files(): readonly string[] {
    return this.kind === 'llama'
      ? [this.path]
      : [join(this.path, 'config.json'), ...onnxFiles(this.path)];
  }

  private async stamp(): Promise<string> {
    const stats = await Promise.all(this.files.map((file) => stat(file).catch(() => undefined)));
    return stats.map((found) => `${String(found?.size)} ${String(found?.mtimeMs)}`).join();
  }

  /** @returns the context window. */
  private async inspect(): Promise<ModelProblem | number> {
    if (!existsSync(this.path)) {
      return this.problemOf(this.name.doubtful ? 'NAME_UNKNOWN' : 'FILE_MISSING');
    }
    return this.kind === 'llama' ? this.inspectGguf() : this.inspectT5();
  }

  private async inspectGguf(): Promise<ModelProblem | number> {
    const header = await readGgufHeader(this.path);
    const { size } = await stat(this.path);
    if (size < header.size) return this.problemOf('FILE_INVALID');
    return Math.min(header.contextLength ?? this.widest, this.widest);
  }

  private async inspectT5(): Promise<ModelProblem | number> {
    const config: unknown = JSON.parse(await readFile(join(this.path, 'config.json'), 'utf8'));
    const type = (config as { model_type?: unknown } | null)?.model_type;
    const tokenizer = join(this.path, 'tokenizer.json');
    if (type !== 't5' || !existsSync(tokenizer)) return this.problemOf('FILE_INVALID');
    for (const file of onnxFiles(this.path)) {
      const { size } = await stat(file);
      if (!(await isWholeOnnx(file, size))) return this.problemOf('FILE_INVALID');
    }
    return T5_WINDOW;
  }
}

/** What brings the files of a model, where its name is one of the hub; else what can be had. */
function downloadCommand(name: string): string {
  const isOfHub = !isAbsolute(name) && name.split('/').length >= 2;
  return `npm run models -- ${isOfHub ? `add ${name}` : 'list'}`;
}

/** The two halves of the model, in the precision that is there. */
function onnxFiles(folder: string): readonly string[] {
  const [full, quantized] = ONNX_SUFFIXES.map((suffix) =>
    ONNX_FILES.map((name) => join(folder, 'onnx', `${name}${suffix}.onnx`)),
  );
  return full?.[0] && existsSync(full[0]) ? full : (quantized ?? []);
}
