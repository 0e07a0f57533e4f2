import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** One line of a `.dockerignore`. */
interface Rule {
  readonly pattern: RegExp;
  readonly kept: boolean;
}

/** What a builder is sent: every file of the folder that its `.dockerignore` leaves. */
export function sendContext(folder: string, target: string): void {
  const rules = readRules(join(folder, '.dockerignore'));
  for (const path of filesBelow(folder, folder, rules)) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    cpSync(join(folder, path), join(target, path));
  }
}

function filesBelow(root: string, folder: string, rules: readonly Rule[]): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (ignored(relative(root, path), rules)) {
      return [];
    }
    return entry.isDirectory() ? filesBelow(root, path, rules) : [relative(root, path)];
  });
}

/** The last rule that fits the path, or a folder above it, decides. */
function ignored(path: string, rules: readonly Rule[]): boolean {
  return !(rules.findLast(({ pattern }) => pattern.test(path))?.kept ?? true);
}

function readRules(file: string): Rule[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const kept = line.startsWith('!');
      const source = (kept ? line.slice(1) : line)
        .replace(/[.+^$()|{}]/g, '\\$&')
        .replace(/\*\*\/|\*/g, (stars) => (stars === '*' ? '[^/]*' : '(?:.*/)?'));
      return { kept, pattern: new RegExp(`^${source}(?:/|$)`) };
    });
}
