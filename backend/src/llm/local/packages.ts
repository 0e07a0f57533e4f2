import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PACKAGE_ROOT } from '../../platform/package-root.js';

/** The part of Prosa that the default install leaves out (ADR 24). */
export const LOCAL_PACKAGES = join(PACKAGE_ROOT, 'local-models');

/** Adds it; documentation and screens name this very command. */
export const INSTALL_COMMAND = 'npm run local-models -- install';

/** Whether the packages are there, whole: npm writes this file last. */
export function hasLocalPackages(folder = LOCAL_PACKAGES): boolean {
  return existsSync(join(folder, 'node_modules/.package-lock.json'));
}

/** The modules themselves, as `local-models/packages.mjs` hands them over. */
export async function localPackages<Library>(
  name: 'nodeLlamaCpp' | 'transformers',
): Promise<Library> {
  const door = (await import(pathToFileURL(join(LOCAL_PACKAGES, 'packages.mjs')).href)) as Record<
    typeof name,
    () => Promise<Library>
  >;
  return door[name]();
}
