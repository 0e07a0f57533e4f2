// Runs every suite that this machine can run and says what it left out. On CI (CI=true) nothing
// may be left out: what is missing counts as a failure. The last line is "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { groupSpecs } from './grouped-specs.mjs';
import { hasMariadb, startMariadb } from './mariadb-server.mjs';
import { hasPostgres, startPostgres } from './postgres-server.mjs';
import { hasRedis, startRedis } from './redis-server.mjs';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const ON_CI = process.env.CI === 'true';
/** Making the images takes minutes: on CI, and where it is asked for. */
const WITH_IMAGES = ON_CI || process.argv.includes('--images');
/** The packages that run models on this machine; npm writes this file last. */
const LOCAL_MODELS = 'local-models/node_modules/.package-lock.json';
/** How long the routes are fuzzed, all engines together, in seconds: within two minutes on CI. */
const FUZZ_SECONDS = ON_CI ? 45 : 20;
/** More failing files than this are a fault of the code, not of a busy machine. */
const MOST_LOOKED_AT_TWICE = 4;
/** What the suite of `deploy/` drives. */
const DEPLOY_PROGRAMS = ['/usr/sbin/nginx', '/usr/bin/envsubst', '/usr/bin/docker-compose'];

/** What proves that nothing is lost starts servers of its own. */
const QUICK = { quick: true };

const reports = mkdtempSync(join(tmpdir(), 'prosa-reports-'));
const total = { passed: 0, failed: 0 };
const leftOut = [];
/** What failed at first on CI; it counts as it did when it was run again. */
const unsteady = [];

/** Runs a command in the foreground. @returns whether it succeeded. */
function run(command, args, env = {}) {
  console.log(`\n> ${[command, ...args].join(' ')}`);
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  return status === 0;
}

function count(name, ok, passed, failed) {
  total.passed += passed;
  // A suite that ends badly without naming a test (it did not compile, say) has failed, too.
  total.failed += failed === 0 && !ok ? 1 : failed;
  console.log(`${name}: ${passed} passed, ${failed === 0 && !ok ? 1 : failed} failed`);
}

function runJest(project, name, env, more) {
  const report = join(reports, `${name}.json`);
  const options = ['--json', `--outputFile=${report}`, '--silent=false', ...more];
  const ok = run(process.execPath, ['tools/jest.mjs', project, ...options], env);
  const { testResults = [] } = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
  return { ok, files: testResults };
}

function jest(project, env, more = []) {
  const { ok, files } = runJest(project, project, env, more);
  const failing = files.filter(({ status }) => status === 'failed');
  const [passed, failed] = testsOf(files);
  if (ok || !ON_CI || failing.length === 0 || failing.length > MOST_LOOKED_AT_TWICE) {
    count(project, ok, passed, failed);
    return;
  }
  // Hundreds of servers start on two cores here: what fails is asked once more, alone, and named.
  const paths = failing.map(({ name }) => name);
  // A test that fails may leave a connection open, for which jest would wait for ever in one process.
  const alone = ['--runInBand', '--forceExit', '--runTestsByPath', ...paths];
  const second = runJest(project, `${project}-again`, env, alone);
  const [passedAlone, failedAlone] = testsOf(second.files);
  const [passedBeside] = testsOf(files.filter(({ status }) => status !== 'failed'));
  unsteady.push(
    ...failing.flatMap(({ name, assertionResults }) => unsteadyIn(name, assertionResults)),
  );
  count(project, second.ok, passedBeside + passedAlone, failedAlone);
}

/** How many tests passed and failed; a file that did not come to its tests is one that failed. */
function testsOf(files) {
  const of =
    (wanted) =>
    (sum, { status, assertionResults }) => {
      const found = assertionResults.filter((test) => test.status === wanted).length;
      return sum + (wanted === 'failed' && status === 'failed' ? Math.max(1, found) : found);
    };
  return [files.reduce(of('passed'), 0), files.reduce(of('failed'), 0)];
}

function unsteadyIn(name, assertionResults) {
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  const titles = failed.map(({ fullName }) => fullName);
  return titles.length > 0 ? titles : [relative(process.cwd(), name)];
}

function playwright() {
  const report = join(reports, 'e2e.json');
  const ok = run(
    'npx',
    ['playwright', 'test', '--config', 'frontend/playwright.config.ts', '--reporter=list,json'],
    { PLAYWRIGHT_JSON_OUTPUT_NAME: report, CHROMIUM_PATH: CHROMIUM },
  );
  const { stats = {}, suites = [] } = existsSync(report)
    ? JSON.parse(readFileSync(report, 'utf8'))
    : {};
  unsteady.push(...flakyIn(suites));
  const failed = (stats.unexpected ?? 0) + (ON_CI ? (stats.skipped ?? 0) : 0);
  count('e2e', ok, (stats.expected ?? 0) + (stats.flaky ?? 0), failed);
}

function flakyIn(suites) {
  return suites.flatMap(({ specs, suites: inner = [] }) => [
    ...specs
      .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
      .map(({ file, title }) => `${file} › ${title}`),
    ...flakyIn(inner),
  ]);
}

function backend(servers) {
  const isWhole = existsSync(LOCAL_MODELS);
  const { paths, remove } = groupSpecs('backend', (file) =>
    isWhole ? false : file.startsWith('test/local-models'),
  );
  jest('backend', servers, ['--runTestsByPath', ...paths]);
  remove();
  if (!isWhole) {
    leaveOut('models on this machine', 'npm run local-models -- install');
  }
}

function fuzz(servers) {
  // CI says the same of the same code; elsewhere each run looks at other requests.
  const seed = ON_CI ? ['--seed', '1'] : [];
  const command = ['run', '--silent', 'fuzz', '--', '--seconds', String(FUZZ_SECONDS), ...seed];
  const ok = run('npm', command, servers);
  count('fuzz', ok, ok ? 1 : 0, 0);
}

function deploy(servers) {
  if (!mariadb || !DEPLOY_PROGRAMS.every((program) => existsSync(program))) {
    const packages = 'mariadb-server, nginx-light, gettext-base and docker-compose';
    leaveOut('the composition, its images and nginx', `install ${packages}`);
    return;
  }
  jest('deploy', servers, WITH_IMAGES ? [] : ['--testPathIgnorePatterns=images']);
  if (!WITH_IMAGES) {
    leaveOut('the images', 'minutes: npm test -- --images');
  }
}

function leaveOut(what, how) {
  leftOut.push(`${what} (${how})`);
  if (ON_CI) {
    total.failed += 1;
  }
}

const mariadb = hasMariadb() ? await startMariadb(QUICK) : undefined;
const postgres = hasPostgres() ? await startPostgres(QUICK) : undefined;
const redis = hasRedis() ? await startRedis() : undefined;
try {
  count('build', run('npm', ['run', 'build']), 0, 0);
  count('openapi', run(process.execPath, ['tools/openapi.mjs', '--check']), 0, 0);
  count('api client', run(process.execPath, ['tools/check-api-client.mjs']), 0, 0);
  if (!mariadb) {
    leaveOut('the database suites on MariaDB', 'install mariadb-server');
  }
  if (!postgres) {
    leaveOut('the database suites on PostgreSQL', 'install postgresql');
  }
  if (!redis) {
    leaveOut('answers shared through Redis', 'install redis-server');
  }
  const servers = {
    ...(mariadb && { TEST_MARIADB_URL: mariadb.url }),
    ...(postgres && { TEST_POSTGRES_URL: postgres.url }),
    ...(redis && { TEST_REDIS_URL: redis.url }),
  };
  jest('db', servers);
  backend(servers);
  fuzz(servers);
  jest('frontend', {});
  deploy(servers);
  if (existsSync(CHROMIUM)) {
    playwright();
  } else {
    leaveOut('the browser suite', `install Chromium, or set CHROMIUM_PATH; looked at ${CHROMIUM}`);
  }
} finally {
  await mariadb?.stop();
  await postgres?.stop();
  await redis?.stop();
  rmSync(reports, { recursive: true, force: true });
}
for (const what of unsteady) {
  console.log(`failed at first: ${what}`);
}
for (const what of leftOut) {
  console.log(`left out: ${what}`);
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
