// The process that makes vectors with one ONNX model on the CPU. Started by `LocalEmbedder`; the
// model's folder is its argument. It is asked over IPC and dies with the server.
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { localPackages } from '../local/packages.js';

interface Library {
  readonly env: { allowRemoteModels: boolean; localModelPath: string; useFSCache: boolean };
  pipeline(task: 'feature-extraction', model: string, options: object): Promise<Extractor>;
}

interface Extractor {
  (
    texts: readonly string[],
    options: { readonly pooling: 'mean'; readonly normalize: true },
  ): Promise<{ tolist(): number[][] }>;
  readonly tokenizer: { encode(text: string): readonly number[] };
}

/** What is told to the child, and what it answers. */
export interface EmbeddingOrder {
  readonly id: number;
  readonly texts: readonly string[];
}
export type EmbeddingAnswer =
  | { readonly id: number; readonly vectors: number[][]; readonly tokens: number }
  | { readonly id: number; readonly problem: string };

const folder = process.argv[2] ?? '';
let loading: Promise<Extractor> | undefined;

// A proper exit while native code runs aborts with a core dump; nothing here needs tidying.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));

async function load(): Promise<Extractor> {
  const library = await localPackages<Library>('transformers');
  library.env.allowRemoteModels = false;
  library.env.useFSCache = false;
  library.env.localModelPath = dirname(folder);
  const isWhole = existsSync(join(folder, 'onnx/model.onnx'));
  return library.pipeline('feature-extraction', basename(folder), {
    dtype: isWhole ? 'fp32' : 'q8',
    device: 'cpu',
    session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 },
  });
}

async function answer({ id, texts }: EmbeddingOrder): Promise<EmbeddingAnswer> {
  try {
    const extract = await (loading ??= load());
    const vectors = (await extract(texts, { pooling: 'mean', normalize: true })).tolist();
    const tokens = texts.reduce((sum, text) => sum + extract.tokenizer.encode(text).length, 0);
    return { id, vectors, tokens };
  } catch (error) {
    loading = undefined;
    return { id, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** One after another: the library works on one thread. */
let last: Promise<unknown> = Promise.resolve();
process.on('message', (order: EmbeddingOrder) => {
  last = last.then(async () => process.send?.(await answer(order)));
});
