import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OnApplicationShutdown } from '@nestjs/common';
import { processEnv } from '../../config/process-env.js';
import { PACKAGE_ROOT } from '../../platform/package-root.js';
import { encodingOf } from './encoding.rules.js';
import type { CountAnswer, CountOrder } from './protocol.js';

/**
 * A count that takes longer is not worth waiting for: an estimate will do. In milliseconds; a start
 * takes 400, and ten times that on a machine that has no core to spare.
 */
const LIMIT_MS = 5000;
/** After so long without a count its memory is given back, in milliseconds. */
const IDLE_MS = 15_000;
/** Longer texts are not sent: together they would take the limit anyhow. In UTF-16 units. */
const MOST_TEXT = 2_000_000;

// Tests run the sources, whose types Node strips by itself.
const FROM_SOURCES = import.meta.url.endsWith('.ts');
const CHILD = fileURLToPath(
  new URL(FROM_SOURCES ? './tokenizer-child.ts' : './tokenizer-child.js', import.meta.url),
);
const EXEC_ARGV = FROM_SOURCES
  ? ['--import', join(PACKAGE_ROOT, 'tools/typescript-sources.mjs')]
  : [];

type Tokens = readonly number[] | undefined;

/**
 * Counts as OpenAI's models do, in a child process that starts with the first count, ends when
 * nothing is to be counted, and is ended where a text takes too long: the server never waits.
 */
export class Tokenizer implements OnApplicationShutdown {
  private readonly waiting = new Map<number, (tokens: Tokens) => void>();
  private child: ChildProcess | undefined;
  private idle: NodeJS.Timeout | undefined;
  private asked = 0;

  /** @param limitMs after so long a count is given up. */
  constructor(private readonly limitMs = LIMIT_MS) {}

  /** The process that counts now, if any. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  onApplicationShutdown(): void {
    this.end();
  }

  /**
   * Never throws, and ends within the limit.
   * @returns the tokens of each text; undefined where the model's tokens are not known, or the
   * counting was too much.
   */
  async count(modelId: string, texts: readonly string[]): Promise<Tokens> {
    const encoding = encodingOf(modelId);
    const length = texts.reduce((sum, text) => sum + text.length, 0);
    if (encoding === undefined || length > MOST_TEXT) return undefined;
    clearTimeout(this.idle);
    const id = (this.asked += 1);
    const { promise, resolve } = Promise.withResolvers<Tokens>();
    this.waiting.set(id, resolve);
    const limit = setTimeout(() => {
      this.end();
    }, this.limitMs);
    this.send({ id, encoding, texts });
    const tokens = await promise;
    clearTimeout(limit);
    if (this.waiting.size === 0) this.rest();
    return tokens;
  }

  private send(order: CountOrder): void {
    this.child ??= this.start();
    this.child.send(order, (error) => {
      if (error) this.end();
    });
  }

  private start(): ChildProcess {
    const { PATH, HOME } = processEnv();
    const child = fork(CHILD, [], {
      execArgv: [...EXEC_ARGV, '--max-old-space-size=256'],
      env: { PATH, HOME }, // None of the server's secrets.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', ({ id, tokens }: CountAnswer) => {
      this.answer(id, tokens);
    });
    const gone = (): void => {
      if (this.child === child) this.end();
    };
    child.once('exit', gone);
    child.once('error', gone);
    child.unref();
    child.channel?.unref();
    return child;
  }

  private answer(id: number, tokens: Tokens): void {
    this.waiting.get(id)?.(tokens);
    this.waiting.delete(id);
  }

  private rest(): void {
    this.idle = setTimeout(() => {
      this.end();
    }, IDLE_MS).unref();
  }

  /** Who waits is told that nothing was counted. */
  private end(): void {
    const { child } = this;
    this.child = undefined;
    clearTimeout(this.idle);
    child?.kill('SIGKILL');
    for (const id of [...this.waiting.keys()]) this.answer(id, undefined);
  }
}
