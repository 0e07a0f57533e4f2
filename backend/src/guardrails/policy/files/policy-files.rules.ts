import { createHash } from 'node:crypto';
import { RAIL_FILES } from '../../rails/rail-files.js';

export const CONFIG_FILE = 'config.yml';
export const PROMPTS_FILE = 'prompts.yml';

/** Every file that a policy has, by its path within the folder. */
export const POLICY_PATHS: readonly string[] = [
  CONFIG_FILE,
  PROMPTS_FILE,
  ...RAIL_FILES.map(({ path }) => path),
];

/**
 * Largest file of a policy, in bytes of UTF-8. A file is parsed in one go, which takes 0.4 ms of CPU a
 * KiB: more would hold up answers that are streaming. What Prosa brings has less than 64 KiB.
 */
export const LARGEST_FILE = 96 * 1024;

/** All files of a policy together, in bytes of UTF-8. */
export const LARGEST_POLICY = 256 * 1024;

/** The texts of a policy's files by their paths. */
export type PolicyFiles = Readonly<Record<string, string>>;

/** One file, as the API has it. */
export interface PolicyFile {
  readonly path: string;
  readonly text: string;
}

/** SHA-256 of all files, in hexadecimal: the same whatever order they are given in. */
export function digestOf(files: PolicyFiles): string {
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

/** The files with those that are missing taken from Prosa's own. */
export const completed = (files: PolicyFiles, builtIn: PolicyFiles): PolicyFiles => ({
  ...builtIn,
  ...files,
});

/** In the order in which a policy is read. */
export const listed = (files: PolicyFiles): PolicyFile[] =>
  Object.entries(files)
    .map(([path, text]) => ({ path, text }))
    .sort((a, b) => placeOf(a.path) - placeOf(b.path));

/** Paths that a policy could have and that are not among the files, in the same order. */
export const missingIn = (files: readonly PolicyFile[]): string[] =>
  POLICY_PATHS.filter((known) => files.every(({ path }) => path !== known));

const placeOf = (path: string): number =>
  POLICY_PATHS.includes(path) ? POLICY_PATHS.indexOf(path) : POLICY_PATHS.length;
