import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { processEnv } from '../../config/process-env.js';
import { PACKAGE_ROOT } from '../../platform/package-root.js';
import { ModelFailure } from '../model-failure.js';
import type { EmbeddingAnswer } from './embedding-child.js';
import { type Embedded, Embedder } from './embedder.js';
import { unitVector } from './vectors.rules.js';

/** A batch of the largest models on a slow machine; nothing takes longer. */
const CALL_MS = 120_000;
/** The process gives its memory back when nobody has asked for so long. */
const IDLE_MS = 600_000;

// Tests run the sources, whose types Node strips by itself.
const FROM_SOURCES = import.meta.url.endsWith('.ts');
const CHILD = fileURLToPath(
  new URL(FROM_SOURCES ? './embedding-child.ts' : './embedding-child.js', import.meta.url),
);
const EXEC_ARGV = FROM_SOURCES
  ? ['--import', join(PACKAGE_ROOT, 'tools/typescript-sources.mjs')]
  : [];

/** None of the server's secrets. */
const KEPT_VARIABLES = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TEMP', 'SystemRoot', 'LD_LIBRARY_PATH'];

/** An ONNX model on the CPU of this machine, in a process of its own. */
export class LocalEmbedder extends Embedder {
  override readonly id: string;
  override readonly provider = 'local';
  override readonly endpoint = undefined;
  override readonly dimension: number;
  override readonly most = 16;
  private child: ChildProcess | undefined;
  private idle: NodeJS.Timeout | undefined;
  private asked = 0;

  /**
   * @param folder of the export, with `config.json`, `tokenizer.json` and `onnx/model.onnx`.
   * @throws {Error} when it does not say how long its vectors are; the message is for the operator.
   */
  constructor(
    name: string,
    private readonly folder: string,
  ) {
    super();
    this.id = `local/${name}`;
    this.dimension = dimensionOf(folder);
  }

  override async embed(texts: readonly string[], signal: AbortSignal): Promise<Embedded> {
    const { vectors, tokens } = await this.ask(texts, signal);
    return { vectors: vectors.map((one) => unitVector(one, this.dimension)), tokens };
  }

  override close(): Promise<void> {
    clearTimeout(this.idle);
    this.child?.kill('SIGKILL');
    this.child = undefined;
    return Promise.resolve();
  }

  private ask(
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<Extract<EmbeddingAnswer, { vectors: unknown }>> {
    const child = this.started();
    const id = (this.asked += 1);
    const until = AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)]);
    return new Promise((resolve, reject) => {
      const end = (): void => {
        child.off('message', onAnswer).off('exit', onExit);
        until.removeEventListener('abort', onAbort);
      };
      const fail = (kind: 'UNAVAILABLE' | 'TIMEOUT', cause?: unknown): void => {
        end();
        reject(new ModelFailure(kind, { cause }));
      };
      const onAnswer = (answer: EmbeddingAnswer): void => {
        if (answer.id !== id) return;
        if ('problem' in answer) {
          fail('UNAVAILABLE', new Error(answer.problem));
          return;
        }
        end();
        resolve(answer);
      };
      const onExit = (): void => {
        fail('UNAVAILABLE');
      };
      const onAbort = (): void => {
        fail('TIMEOUT', until.reason);
      };
      child.on('message', onAnswer).once('exit', onExit);
      until.addEventListener('abort', onAbort, { once: true });
      child.send({ id, texts });
    });
  }

  private started(): ChildProcess {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => void this.close(), IDLE_MS);
    this.idle.unref();
    if (this.child?.connected) return this.child;
    const variables = processEnv();
    this.child = fork(CHILD, [this.folder], {
      execArgv: EXEC_ARGV,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: Object.fromEntries(KEPT_VARIABLES.map((name) => [name, variables[name]])),
    });
    this.child.once('error', () => undefined);
    return this.child;
  }
}

function dimensionOf(folder: string): number {
  const config = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')) as {
    hidden_size?: unknown;
    dim?: unknown;
  };
  const dimension = config.hidden_size ?? config.dim;
  if (typeof dimension === 'number' && dimension > 0) return dimension;
  throw new Error(`${folder}/config.json has no hidden_size`);
}
