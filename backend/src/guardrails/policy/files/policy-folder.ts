import { isUtf8 } from 'node:buffer';
import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { PACKAGE_ROOT } from '../../../platform/package-root.js';
import { LARGEST_FILE, POLICY_PATHS, type PolicyFiles } from './policy-files.rules.js';
import { TOO_LARGE } from './policy-size.rules.js';
import { ofFile, type PolicyProblem, type Said } from './problem.js';

/** The rails that come with Prosa. */
export const BUILT_IN_FOLDER = join(PACKAGE_ROOT, 'backend/rails');

/** What a folder holds of a policy. */
export interface FolderContent {
  /** Those that are there and can be read. */
  readonly files: PolicyFiles;
  readonly problems: readonly PolicyProblem[];
}

/** Named as the whole folder in a problem. */
export const WHOLE_FOLDER = '.';

/** Reads a folder of rails. Never rejects: what cannot be read is told. */
export async function readPolicyFolder(folder: string): Promise<FolderContent> {
  const files: Record<string, string> = {};
  const problems: PolicyProblem[] = [];
  let root: string;
  try {
    root = await realpath(folder);
    problems.push(...(await strangeFiles(root)));
  } catch (error) {
    return { files, problems: [ofFile(WHOLE_FOLDER, unreadable(error))] };
  }
  for (const path of POLICY_PATHS) {
    const content = await readPolicyFile(root, path);
    if (typeof content === 'string') files[path] = content;
    else if (content) problems.push(content);
  }
  return { files, problems };
}

/**
 * What tells one state of the folder from another without reading it: sizes, times and kinds of the
 * files of a policy. The same as long as nothing was written.
 */
export async function folderSignature(folder: string): Promise<string> {
  const parts = await Promise.all([
    ...POLICY_PATHS.map(async (path) => {
      try {
        const { size, mtimeMs, ctimeMs, ino } = await stat(join(folder, path));
        return [path, size, mtimeMs, ctimeMs, ino].join(' ');
      } catch (error) {
        return `${path} ${codeOf(error)}`;
      }
    }),
    strangeFiles(folder).then(
      (problems) => problems.map(({ file }) => file).join(' '),
      (error: unknown) => codeOf(error),
    ),
  ]);
  return parts.join('\n');
}

/** @returns the text, why it cannot be used, or undefined where there is no such file. */
async function readPolicyFile(
  root: string,
  path: string,
): Promise<string | PolicyProblem | undefined> {
  try {
    const place = await realpath(join(root, path));
    if (isOutside(root, place)) return ofFile(path, OUTSIDE);
    const found = await stat(place);
    if (!found.isFile()) return ofFile(path, NO_FILE);
    if (found.size > LARGEST_FILE) return ofFile(path, TOO_LARGE);
    return decoded(path, await readFile(place));
  } catch (error) {
    return codeOf(error) === 'ENOENT' && (await isAbsent(join(root, path)))
      ? undefined
      : ofFile(path, unreadable(error));
  }
}

/** Not there at all; a link that leads nowhere is. */
const isAbsent = (place: string): Promise<boolean> =>
  lstat(place).then(
    () => false,
    () => true,
  );

function isOutside(root: string, place: string): boolean {
  const way = relative(root, place);
  return way === '..' || way.startsWith(`..${sep}`) || way.startsWith(sep);
}

/** Text of UTF-8, with or without its mark; the line of the first byte that is none. */
export function decoded(path: string, bytes: Buffer): string | PolicyProblem {
  if (isUtf8(bytes)) return bytes.toString('utf8').replace(/^\uFEFF/, '');
  // A replacement character stands for the first byte that is wrong.
  const text = bytes.toString('utf8');
  const lines = text.slice(0, text.indexOf('\uFFFD')).split('\n');
  const column = (lines.at(-1) ?? '').length + 1;
  return { file: path, line: lines.length, column, message: NO_UTF8 };
}

/** Files that look as if they were rails and are none: a name written wrongly would do nothing. */
async function strangeFiles(root: string): Promise<PolicyProblem[]> {
  const places = await Promise.all(
    ['', 'rails'].map(async (part) => {
      const names = await readdir(join(root, part)).catch((error: unknown) => {
        if (part === '') throw error;
        return [];
      });
      return names.map((name) => (part === '' ? name : `${part}/${name}`));
    }),
  );
  return places
    .flat()
    .filter((path) => LOOKS_LIKE_RAILS.test(path) && !POLICY_PATHS.includes(path))
    .sort()
    .map((path) => ofFile(path, path.endsWith('.co') ? COLANG : STRANGE));
}

const LOOKS_LIKE_RAILS = /(^|\/)[^./][^/]*\.(ya?ml|co)$/i;

const codeOf = (error: unknown): string =>
  String((error as NodeJS.ErrnoException | undefined)?.code ?? 'ERROR');

function unreadable(error: unknown): Said {
  const code = codeOf(error);
  return { en: `cannot be read (${code})`, 'pt-BR': `não pode ser lido (${code})` };
}

const names = POLICY_PATHS.join(', ');
export const STRANGE: Said = {
  en: `is no file of a policy; the files are ${names}`,
  'pt-BR': `não é um arquivo de política; os arquivos são ${names}`,
};
const COLANG: Said = {
  en: 'is Colang, which Prosa does not read: write the same as YAML in the file of that name ending in .yml',
  'pt-BR':
    'está em Colang, que o Prosa não lê: escreva o mesmo em YAML, no arquivo de mesmo nome com final .yml',
};
const OUTSIDE: Said = {
  en: 'is a link that leads out of the folder',
  'pt-BR': 'é um link que leva para fora da pasta',
};
const NO_FILE: Said = { en: 'is not a file', 'pt-BR': 'não é um arquivo' };
const NO_UTF8: Said = {
  en: 'is not UTF-8 from here on: save the file with the encoding UTF-8',
  'pt-BR': 'não está em UTF-8 a partir daqui: salve o arquivo com a codificação UTF-8',
};
