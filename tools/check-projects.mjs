// Holds the Nx project graph against the tags: who may depend on whom. Part of `npm run check`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A project with this tag may depend on projects with those. */
const ALLOWED = {
  'scope:backend': ['scope:db'],
  // Its bench reads the same long conversations; .dependency-cruiser.mjs keeps its sources out of them.
  'scope:frontend': ['scope:e2e'],
  'scope:db': [],
  // The browser's tests put the backend's own fakes between the browser and the server.
  'scope:e2e': ['scope:frontend', 'scope:backend'],
  // The images' tests drive the built backend with the backend's own test harness.
  'scope:deploy': ['scope:backend', 'scope:db'],
};

const folder = mkdtempSync(join(tmpdir(), 'prosa-graph-'));
const file = join(folder, 'graph.json');
execFileSync('npx', ['nx', 'graph', `--file=${file}`], { stdio: 'ignore' });
const { graph } = JSON.parse(readFileSync(file, 'utf8'));
rmSync(folder, { recursive: true });

const scopeOf = (name) => graph.nodes[name]?.data.tags.find((tag) => tag in ALLOWED);
const problems = [];
for (const name of Object.keys(graph.nodes)) {
  const scope = scopeOf(name);
  if (!scope) {
    problems.push(`${name} has no scope tag`);
    continue;
  }
  for (const { target } of graph.dependencies[name] ?? []) {
    if (graph.nodes[target] && !ALLOWED[scope].includes(scopeOf(target))) {
      problems.push(`${name} (${scope}) may not depend on ${target} (${scopeOf(target)})`);
    }
  }
}
for (const problem of problems) {
  console.error(problem);
}
process.exitCode = problems.length === 0 ? 0 : 1;
