import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { PACKAGE_ROOT } from '../../platform/package-root.js';

/** The most a child may take, in megabytes (S41). */
export const MOST_MEMORY_MB = 512;
/** Of that, what V8 may keep; the rest is for bytes outside of it, and for Node itself. */
const HEAP_MB = 320;
/** How often its memory is looked at, in milliseconds. */
const LOOK_EVERY_MS = 50;
/** How far behind the server it stands for the operating system: a tenth of its share of a core. */
const NICENESS = 10;
/**
 * Seconds of a core after which the system ends a child, whoever started it: should the server be
 * killed, nobody else would. More than the server grants.
 */
const MOST_CPU_SECONDS = 60;
/** Kept of what the process says of its end, in UTF-16 units. */
const LAST_WORDS = 2000;

// Tests run the sources, whose types Node strips by itself.
const FROM_SOURCES = import.meta.url.endsWith('.ts');
const CHILD = fileURLToPath(
  new URL(FROM_SOURCES ? './parse-child.ts' : './parse-child.js', import.meta.url),
);
const LOADER = join(PACKAGE_ROOT, 'tools/typescript-sources.mjs');
const SHELL = '/bin/sh';

/** What a child may read: code, never `DATA_DIR`. */
const READABLE = [
  'node_modules/*',
  'package.json',
  ...(FROM_SOURCES ? ['backend/*', 'tools/*'] : ['dist/*']),
];

/** How a child ended. */
export interface ChildEnd {
  readonly code: number | null;
  /** It took more memory than it may. */
  readonly tooMuchMemory: boolean;
  /** What it said to the log. */
  readonly lastWords: string;
}

/**
 * A process that reads one file and can do nothing else: no environment, no other file, no
 * network, no process of its own; little memory, and the server's own work goes first.
 */
export class ParserChild {
  private readonly child: ChildProcessByStdio<null, Readable, Readable>;
  private readonly watch: NodeJS.Timeout;
  private lastWords = '';
  private tooMuchMemory = false;
  readonly ended: Promise<ChildEnd>;

  /**
   * @param order its only argument, JSON.
   * @param path the one file it may read.
   */
  constructor(order: string, path: string, onOutput: (part: Buffer) => void) {
    const [command, ...args] = commandLine(order, path);
    this.child = spawn(command, args, { env: {}, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout.on('data', onOutput);
    this.child.stderr.on('data', (words: Buffer) => {
      this.lastWords = (this.lastWords + words.toString()).slice(-LAST_WORDS);
    });
    this.ended = new Promise((resolve) => {
      const end = (code: number | null): void => {
        clearInterval(this.watch);
        const { tooMuchMemory, lastWords } = this;
        const heapIsFull = /heap out of memory|Array buffer allocation failed/.test(lastWords);
        resolve({ code, lastWords, tooMuchMemory: tooMuchMemory || heapIsFull });
      };
      this.child.once('close', end);
      this.child.once('error', (error) => {
        this.lastWords += error.message;
        end(null);
      });
    });
    this.watch = setInterval(() => void this.weigh(), LOOK_EVERY_MS).unref();
    giveWay(this.child.pid);
  }

  /** Ends it at once, whatever it is doing. */
  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** What it keeps outside of V8 is bounded by nobody else. Linux tells; elsewhere only V8 counts. */
  private async weigh(): Promise<void> {
    try {
      const status = await readFile(`/proc/${String(this.child.pid)}/status`, 'utf8');
      const [, residentKb] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
      if (Number(residentKb) > MOST_MEMORY_MB * 1024) {
        this.tooMuchMemory = true;
        this.kill();
      }
    } catch {
      // It has ended, or this is no Linux.
    }
  }
}

/** The shell bounds the child's time on a core, and becomes the child. */
function commandLine(order: string, path: string): [string, ...string[]] {
  const node: [string, ...string[]] = [
    process.execPath,
    `--max-old-space-size=${String(HEAP_MB)}`,
    '--disallow-code-generation-from-strings',
    '--permission',
    ...READABLE.map((part) => `--allow-fs-read=${join(PACKAGE_ROOT, part)}`),
    `--allow-fs-read=${path}`,
    ...(FROM_SOURCES ? ['--import', LOADER] : []),
    CHILD,
    order,
  ];
  if (!existsSync(SHELL)) return node;
  return [
    SHELL,
    '-c',
    `ulimit -t ${String(MOST_CPU_SECONDS)}; ulimit -c 0; exec "$0" "$@"`,
    ...node,
  ];
}

/** The server's own work goes first: it is little, and people wait for it. */
function giveWay(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, NICENESS);
  } catch {
    // Gone already, or not allowed here: it only answers a little less smoothly.
  }
}
