// Puts a project's test files together, several in one: jest reads the whole server again for each
// file, which takes as long as many a file's tests. Every test is run, under its own name.
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { SLOW } from './slow-files.mjs';

const ROOT = join(import.meta.dirname, '..');

/** Files of one kind, and how many of them make one: no group takes as long as the slow files. */
const KINDS = [
  { pattern: '{src,test}/**/*.spec.ts', most: 20 },
  { pattern: 'src/**/*.integration-spec.ts', most: 8 },
  { pattern: 'test/**/*.e2e-spec.ts', most: 5 },
];

/** What counts on a module registry of its own, measures its process, or would take others' hooks. */
const ALONE = /\bjest\.|memoryUsage|growth\.js|process-memory|^(?:before|after)(?:All|Each)\(/m;

/**
 * Writes files that import a project's test files, `test/grouped/NAME.e2e-spec.ts`.
 * @param project `backend`, say.
 * @param isLeftOut of a path beneath the project.
 * @returns what to run, beneath the root: those files, and the test files that stay alone; and the
 * way to take the written files away.
 */
export function groupSpecs(project, isLeftOut = () => false) {
  const cwd = join(ROOT, project);
  const folder = join(cwd, 'test/grouped');
  const remove = () => {
    rmSync(folder, { recursive: true, force: true });
  };
  remove();
  const paths = KINDS.flatMap(({ pattern, most }) => {
    const files = globSync(pattern, { cwd }).filter((file) => !isLeftOut(file));
    return grouped(files.sort(), most, (file) => staysAlone(project, file));
  });
  mkdirSync(folder, { recursive: true });
  return {
    paths: paths.map((files) =>
      files.length > 1 ? written(folder, cwd, files) : join(cwd, files[0] ?? ''),
    ),
    remove,
  };
}

const staysAlone = (project, file) =>
  SLOW.includes(`${project}/${file}`) ||
  ALONE.test(readFileSync(join(ROOT, project, file), 'utf8'));

function grouped(files, most, isAlone) {
  const together = files.filter((file) => !isAlone(file));
  const groups = files.filter(isAlone).map((file) => [file]);
  for (let at = 0; at < together.length; at += most) groups.push(together.slice(at, at + most));
  return groups;
}

/** Named after the first of them. */
function written(folder, cwd, files) {
  const name = (files[0] ?? '').replace(/\W+/g, '-');
  const path = join(folder, `${name}.e2e-spec.ts`);
  const imports = files.map((file) => {
    const from = relative(dirname(path), join(cwd, file));
    return `await import('${from.replace(/\.ts$/, '.js')}');\n`;
  });
  writeFileSync(path, imports.join(''));
  return path;
}
