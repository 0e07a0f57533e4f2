import { LARGEST_FILE, LARGEST_POLICY, type PolicyFiles } from './policy-files.rules.js';
import { ofFile, type PolicyProblem, type Said } from './problem.js';

const KIB = 1024;
const [file, policy] = [LARGEST_FILE / KIB, LARGEST_POLICY / KIB].map(String);

export const TOO_LARGE: Said = {
  en: `is larger than ${String(file)} KiB: take out what is not needed, or write beginnings of words (term*) in place of lists of them`,
  'pt-BR': `tem mais de ${String(file)} KiB: tire o que não é preciso, ou escreva começos de palavras (termo*) no lugar de listas delas`,
};
const TOGETHER: Said = {
  en: `makes the policy larger than ${String(policy)} KiB in all, and is its largest file: take something out of it`,
  'pt-BR': `faz a política passar de ${String(policy)} KiB ao todo e é o maior arquivo dela: tire algo dele`,
};

/** Files that are too large, each at the line at which it gets so; or the largest of too much. */
export function sizeProblems(files: PolicyFiles): PolicyProblem[] {
  const sizes = Object.entries(files).map(([path, text]) => ({
    ...{ path, text, bytes: Buffer.byteLength(text) },
  }));
  const tooLarge = sizes.filter(({ bytes }) => bytes > LARGEST_FILE);
  if (tooLarge.length > 0) {
    return tooLarge.map(({ path, text }) => ({
      ...{ file: path, line: lineAt(text, LARGEST_FILE), column: 1, message: TOO_LARGE },
    }));
  }
  const all = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  const [largest] = sizes.toSorted((a, b) => b.bytes - a.bytes);
  return largest && all > LARGEST_POLICY ? [ofFile(largest.path, TOGETHER)] : [];
}

/** In which line a byte stands, from 1. */
const lineAt = (text: string, byte: number): number =>
  Buffer.from(text).subarray(0, byte).toString().split('\n').length;
