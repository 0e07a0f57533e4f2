import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { processEnv } from '../../config/process-env.js';
import { PACKAGE_ROOT } from '../../platform/package-root.js';
import { ModelFailure, type ModelFailureKind } from '../model-failure.js';
import type {
  ChildProblem,
  FromChild,
  GenerateOrder,
  Generated,
  LoadOrder,
  ToChild,
} from './protocol.js';

/** A stop that the model does not notice in this time ends its process, in milliseconds. */
const STOP_GRACE_MS = 150;
/** A model of 40 GB on a slow disk takes minutes; nothing takes longer. */
const LOAD_LIMIT_MS = 600_000;
/** How far behind the server it stands for the operating system: a third of its share of a core. */
const NICENESS = 5;
/** Kept of what the process says of its end, in UTF-16 units. */
const LAST_WORDS = 2000;

// Tests run the sources, whose types Node strips by itself.
const FROM_SOURCES = import.meta.url.endsWith('.ts');
const CHILD = fileURLToPath(
  new URL(FROM_SOURCES ? './local-child.ts' : './local-child.js', import.meta.url),
);
const EXEC_ARGV = FROM_SOURCES
  ? ['--import', join(PACKAGE_ROOT, 'tools/typescript-sources.mjs')]
  : [];

/** None of the server's secrets: a model's library needs to find the system's, that is all. */
const KEPT_VARIABLES = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TEMP', 'SystemRoot', 'LD_LIBRARY_PATH'];

type Answer = Extract<FromChild, { readonly id: number }>;

/** A child process with its model loaded. Answers one question at a time. */
export class ModelProcess {
  private readonly child: ChildProcess;
  private lastWords = '';
  private asked = 0;
  private onAnswer: ((answer: Answer) => void) | undefined;
  private onEnd: (() => void) | undefined;
  /** Resolves when the process has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** It has ended, or is about to: not to be asked any more. */
  gone = false;

  private constructor(readonly order: LoadOrder) {
    this.child = fork(CHILD, [JSON.stringify(order)], {
      execArgv: EXEC_ARGV,
      env: keptEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child.stderr?.on('data', (words: Buffer) => {
      this.lastWords = (this.lastWords + words.toString()).slice(-LAST_WORDS);
    });
    this.ended = new Promise((resolve) => {
      const gone = (): void => {
        this.gone = true;
        this.onEnd?.();
        resolve();
      };
      this.child.once('exit', gone);
      this.child.once('error', gone);
    });
    giveWay(this.child.pid);
  }

  /**
   * Starts a process and loads the model.
   * @throws {ModelFailure} NOT_INSTALLED, FILE_INVALID, UNAVAILABLE.
   */
  static async start(order: LoadOrder): Promise<ModelProcess> {
    const started = new ModelProcess(order);
    const timer = setTimeout(() => void started.end(), LOAD_LIMIT_MS);
    try {
      await started.ready();
      return started;
    } catch (error) {
      await started.end();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** The process's number, for the operating system. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  /**
   * Answers. A stop ends it soon, if need be with the process ({@link gone}).
   * @throws {ModelFailure} UNAVAILABLE when the process dies, CUT_SHORT when it had begun.
   */
  async generate(
    wish: GenerateOrder,
    signal: AbortSignal,
    onText: (text: string) => void,
  ): Promise<Generated | undefined> {
    if (this.gone) throw this.death(false);
    const id = (this.asked += 1);
    let answered = false;
    let late: NodeJS.Timeout | undefined;
    const stop = (): void => {
      this.send({ type: 'stop', id });
      late = setTimeout(() => void this.end(), STOP_GRACE_MS);
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await new Promise<Generated | undefined>((resolve, reject) => {
        this.onAnswer = (answer) => {
          if (answer.id !== id) return;
          if (answer.type === 'ended') resolve(answer);
          else if (answer.type === 'failed') reject(failureOf(answer.problem, answer.words));
          else {
            answered ||= answer.text !== '';
            onText(answer.text);
          }
        };
        this.onEnd = () => {
          if (signal.aborted) resolve(undefined);
          else reject(this.death(answered));
        };
        this.send({ type: 'generate', id, ...wish });
        if (signal.aborted) stop();
      });
    } finally {
      this.onAnswer = undefined;
      this.onEnd = undefined;
      signal.removeEventListener('abort', stop);
      clearTimeout(late);
    }
  }

  /** Ends the process at once, whatever it is doing, and gives its memory back. */
  async end(): Promise<void> {
    this.gone = true; // From now on nobody is to ask it, though it takes a moment to die.
    this.child.kill('SIGKILL');
    await this.ended;
  }

  private ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.child.on('message', (message: FromChild) => {
        if (message.type === 'ready') resolve();
        else if (message.type === 'refused') reject(failureOf(message.problem, message.words));
        else this.onAnswer?.(message);
      });
      void this.ended.then(() => {
        reject(this.death(false));
      });
    });
  }

  private send(message: ToChild): void {
    // A process that has just ended is told of by `ended`.
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  private death(answered: boolean): ModelFailure {
    const { exitCode, signalCode } = this.child;
    const how = `ended with ${String(signalCode ?? exitCode)}: ${this.lastWords.trim()}`;
    return failureOf(answered ? 'CUT_SHORT' : 'UNAVAILABLE', `the model's process ${how}`);
  }
}

const failureOf = (
  kind: ChildProblem | Extract<ModelFailureKind, 'CUT_SHORT'>,
  words: string,
): ModelFailure => new ModelFailure(kind, { cause: new Error(words) });

function keptEnvironment(): NodeJS.ProcessEnv {
  const all = processEnv();
  return Object.fromEntries(
    KEPT_VARIABLES.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])),
  );
}

/** The server's own work goes first: it is little, and people wait for it. */
function giveWay(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, NICENESS);
  } catch {
    // Gone already, or not allowed here: it only answers a little less smoothly.
  }
}
