import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { environmentOf, readDockerfile, type Stage, stageNamed } from './dockerfile.ts';

/** What the machine must lend a build: its registry, its certificates, its package cache. */
const LENT = [
  'HOME',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'npm_config_registry',
  'npm_config_cache',
];

const AS_ROOT = process.getuid?.() === 0;

/** Folders that hold what images would, made by the lines of a Dockerfile outside Docker. */
export class ImageFolders {
  private readonly stages: readonly Stage[];
  private readonly built = new Map<string, string>();
  /** What each `RUN` took, in milliseconds. */
  readonly times: { readonly command: string; readonly ms: number }[] = [];

  /**
   * @param context what a builder is sent.
   * @param place an empty folder; each stage gets one inside, as if it were its root.
   */
  constructor(
    dockerfile: string,
    private readonly context: string,
    private readonly place: string,
  ) {
    this.stages = readDockerfile(dockerfile);
  }

  /** Builds a stage with those it needs. @returns the folder that stands for its root. */
  build(name: string): string {
    const known = this.built.get(name);
    if (known !== undefined) {
      return known;
    }
    const stage = stageNamed(this.stages, name);
    const root = join(this.place, name);
    this.built.set(name, root);
    if (!this.stages.some((each) => each.name === stage.base)) {
      mkdirSync(root);
    } else if (this.isLastOn(stage.base)) {
      renameSync(this.build(stage.base), root);
    } else {
      // Hard links: an image's layers are shared as well.
      execFileSync('cp', ['-al', this.build(stage.base), root]);
    }
    this.carryOut(stage, root);
    return root;
  }

  /** Whether every stage that goes on from this one has been begun: its folder is free. */
  private isLastOn(base: string): boolean {
    return this.stages.every((each) => each.base !== base || this.built.has(each.name));
  }

  private carryOut(stage: Stage, root: string): void {
    let folder = this.folderOf(stage.base);
    for (const { keyword, rest } of stage.instructions) {
      if (keyword === 'WORKDIR') {
        folder = rest;
        mkdirSync(join(root, folder), { recursive: true });
      } else if (keyword === 'COPY') {
        this.copy(rest, root, folder);
      } else if (keyword === 'RUN') {
        this.run(rest, root, folder, environmentOf(stage));
      }
    }
  }

  /** The working folder that a stage leaves to those that go on from it. */
  private folderOf(name: string): string {
    const stage = this.stages.find((each) => each.name === name);
    const own = stage?.instructions.findLast(({ keyword }) => keyword === 'WORKDIR')?.rest;
    return own ?? (stage ? this.folderOf(stage.base) : '/');
  }

  private copy(rest: string, root: string, folder: string): void {
    const words = rest.split(/\s+/);
    const from = words[0]?.startsWith('--from=')
      ? words.shift()?.slice('--from='.length)
      : undefined;
    const target = words.pop() ?? '';
    const there = join(root, isAbsolute(target) ? target : join(folder, target));
    for (const word of words) {
      const source = join(from === undefined ? this.context : this.build(from), word);
      const isFolder = statSync(source).isDirectory();
      const end = !isFolder && target.endsWith('/') ? join(there, basename(word)) : there;
      mkdirSync(dirname(end), { recursive: true });
      if (isFolder) {
        mkdirSync(end, { recursive: true });
        execFileSync('cp', ['-al', `${source}/.`, end]);
      } else {
        cpSync(source, end);
      }
    }
  }

  private run(
    command: string,
    root: string,
    folder: string,
    environment: Readonly<Record<string, string>>,
  ): void {
    const lent = LENT.map((name): [string, string | undefined] => [name, process.env[name]]);
    const node = dirname(process.execPath);
    const started = performance.now();
    execFileSync('sh', ['-e', '-c', insideOf(root, command)], {
      cwd: join(root, folder),
      env: {
        ...Object.fromEntries(lent.filter(([, value]) => value !== undefined)),
        PATH: `${node}:${String(process.env['PATH'])}`,
        npm_config_prefer_offline: 'true',
        ...environment,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.times.push({ command, ms: Math.round(performance.now() - started) });
  }
}

/** The command with the root's own folders in place of the machine's, and owners where one may. */
function insideOf(root: string, command: string): string {
  return command
    .replace(/(?<=\s)\/(?=\w)/g, `${root}/`)
    .replace(/ -[og] \d+/g, (owner) => (AS_ROOT ? owner : ''));
}
