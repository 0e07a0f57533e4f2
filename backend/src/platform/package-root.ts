import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the checkout (or image): where package.json is, whether built or under test. */
export const PACKAGE_ROOT = findUp(import.meta.dirname);

function findUp(folder: string): string {
  if (existsSync(join(folder, 'package.json')) || folder === dirname(folder)) {
    return folder;
  }
  return findUp(dirname(folder));
}
