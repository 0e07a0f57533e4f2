// Adds or removes the packages that run LLaMA and FLAN-T5 on this machine, which the default install
// leaves out: `npm run local-models -- install | remove | status`. `npm ci` leaves them alone.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../local-models');
const MODULES = join(FOLDER, 'node_modules');
/** npm writes it last. */
const COMPLETE = join(MODULES, '.package-lock.json');

/** No package's script is run: onnxruntime-node's would fetch 400 MB for GPUs from elsewhere. */
const INSTALL = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];

function install() {
  rmSync(COMPLETE, { force: true }); // Until it is whole, Prosa must not take it for installed.
  const { status } = spawnSync('npm', INSTALL, {
    cwd: FOLDER,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) return status ?? 1;
  removeOtherPlatforms();
  console.log('Installed. Get a model (npm run models -- list), and start Prosa anew.');
  return 0;
}

/** onnxruntime-node comes with the binaries of every platform: 240 MB that are never loaded. */
function removeOtherPlatforms() {
  const binaries = join(MODULES, 'onnxruntime-node/bin/napi-v6');
  for (const platform of folders(binaries)) {
    for (const architecture of folders(join(binaries, platform))) {
      if (platform === process.platform && architecture === process.arch) continue;
      rmSync(join(binaries, platform, architecture), { recursive: true });
    }
  }
}

function folders(path) {
  return existsSync(path) ? readdirSync(path) : [];
}

function remove() {
  rmSync(MODULES, { recursive: true, force: true });
  console.log('Removed.');
  return 0;
}

function status() {
  console.log(existsSync(COMPLETE) ? 'Installed.' : 'Not installed.');
  return 0;
}

const run = { install, remove, status }[process.argv[2]];
if (!run) console.error('Usage: npm run local-models -- install | remove | status');
process.exitCode = run ? run() : 1;
