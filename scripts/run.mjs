/**
 * The way into every command of the project, from a fresh clone on: checks Node, installs and builds what is missing or
 * stale (a look takes well under 300 ms), then runs the command as a child and ends as it ends. Plain JavaScript and no
 * dependency, because it runs before there are any.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_REQUIRED = [20, 19];
const ROOT = join(fileURLToPath(import.meta.url), '../..');
const CLI = ['--enable-source-maps', 'dist/src/cli/main.js'];
const QUIET = '--disable-warning=ExperimentalWarning';

const COMMANDS = {
  start: [...CLI, 'serve'],
  demo: [...CLI, 'demo'],
  token: [...CLI, 'token'],
  declare: [...CLI, 'declare'],
  bench: ['--enable-source-maps', 'dist/bench/main.js'],
  torture: ['--enable-source-maps', 'dist/test/torture/main.js'],
  test: [QUIET, '--experimental-vm-modules', 'node_modules/jest/bin/jest.js'],
  'test-db': ['dist/scripts/serve-test-database.js'],
};

function fail(message) {
  console.error(message);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = NODE_REQUIRED;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  fail(`Pedigree requires Node ${NODE_REQUIRED.join('.')} or newer, but got: ${process.versions.node}.`);
}

function installIfNeeded() {
  if (isInstalled()) return;
  console.error('Installing dependencies (npm ci) …');
  runToEnd(
    'npm',
    ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
    'Installing the dependencies failed',
  );
}

/** npm keeps a list of what it installed, written last; packages for other platforms are optional and not on it. */
function isInstalled() {
  const [wanted, installed] = ['package-lock.json', 'node_modules/.package-lock.json'].map(packagesOf);
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    const found = installed[path];
    return path === '' || (found === undefined ? optional === true : found.version === version);
  });
}

function packagesOf(lockFile) {
  const path = join(ROOT, lockFile);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

async function buildIfNeeded() {
  const { CODE, VERIFIER, WEB, isFresh } = await import('./stamp.mjs');
  if ([CODE, WEB, VERIFIER].every(isFresh)) return;
  console.error('Building …');
  runToEnd(process.execPath, ['scripts/build.mjs'], 'The build failed');
}

function runToEnd(file, args, failure) {
  const { status, error } = spawnSync(file, args, { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (status !== 0) fail(`${failure}${error === undefined ? ', see above' : `: ${error.message}`}.`);
}

/**
 * The child is in a process group of its own: a Ctrl-C reaches npm and this process, often twice (once from the
 * terminal, once from npm), and is passed on once. A second one after a second is passed on again.
 */
function runChild(args) {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit', detached: true });
  const passedOn = {};
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (Date.now() - (passedOn[signal] ?? 0) < 1000) return;
      passedOn[signal] = Date.now();
      child.kill(signal);
    });
  }
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 128 + constants.signals[signal]));
}

const [command = '', ...args] = process.argv.slice(2);
if (!Object.hasOwn(COMMANDS, command)) fail(`A command is required: ${Object.keys(COMMANDS).join(', ')}.`);
checkNode();
installIfNeeded();
await buildIfNeeded();
runChild([...COMMANDS[command], ...args]);
