/** The bootstrap, in a small project of its own whose "server" only says what it is told. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPTS = join(import.meta.dirname, '../../../scripts');

const SERVER = `
process.on('SIGINT', () => { console.log('SIGINT'); setTimeout(() => process.exit(5), 300); });
console.log('args ' + process.argv.slice(2).join(' '));
if (process.argv.includes('--fail')) process.exit(3);
if (process.argv.includes('--die')) process.kill(process.pid, 'SIGKILL');
setInterval(() => undefined, 1000);
`;

const INSTALLED = { 'node_modules/a': { version: '1.0.0' } };
const OTHER_PLATFORM = { version: '1.0.0', optional: true };

let project: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'pedigree-run-'));
  await mkdir(join(project, 'dist/src/cli'), { recursive: true });
  await mkdir(join(project, 'node_modules'));
  await cp(SCRIPTS, join(project, 'scripts'), { recursive: true });
  await writeFile(join(project, 'dist/src/cli/main.js'), SERVER);
  await writeFile(
    join(project, 'package-lock.json'),
    lockOf({ ...INSTALLED, 'node_modules/other': OTHER_PLATFORM }),
  );
  await writeFile(join(project, 'node_modules/.package-lock.json'), lockOf(INSTALLED));
  const stamps = `const s = await import('./scripts/stamp.mjs');
    for (const made of [s.CODE, s.WEB, s.VERIFIER]) s.writeStamp(made, s.hashOf(made.sources));`;
  await finish(spawn(process.execPath, ['--input-type=module', '-e', stamps], { cwd: project }));
});

afterAll(() => rm(project, { recursive: true }));

function lockOf(packages: object): string {
  return JSON.stringify({ packages });
}

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, ['scripts/run.mjs', ...args], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function finish(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

test.each([
  [['start', '--fail', 'x'], 3, 'args serve --fail x\n'],
  [['demo', '--die'], 137, 'args demo --die\n'],
  [['nonsense'], 1, /^A command is required: start, demo, token, .*\n$/],
])('%j ends with %d', async (args, code, output) => {
  expect(await finish(start(...args))).toEqual({ code, output: expect.stringMatching(output) });
});

test('an interrupt that arrives twice reaches the server once, and its end is waited for', async () => {
  const child = start('start');
  child.stdout?.once('data', () => {
    child.kill('SIGINT');
    child.stdout?.once('data', () => child.kill('SIGINT'));
  });
  expect(await finish(child)).toEqual({ code: 5, output: 'args serve\nSIGINT\n' });
});

test('a changed source is built before the command runs', async () => {
  await mkdir(join(project, 'src'));
  await writeFile(join(project, 'src/new.ts'), '');
  const { code, output } = await finish(start('start', '--fail'));
  // There is no compiler in this project: that it was asked for is what counts.
  expect(code).toBe(1);
  expect(output).toMatch(/^Building …[\s\S]*The build failed, see above\.\n$/);
  await rm(join(project, 'src'), { recursive: true });
});

test.each([
  ['another version', { 'node_modules/a': { version: '1.0.1' } }],
  ['another package', { ...INSTALLED, 'node_modules/b': { version: '1.0.0' } }],
])('a lock file that asks for %s is installed first', async (_, packages) => {
  await writeFile(join(project, 'package-lock.json'), lockOf(packages));
  const { code, output } = await finish(start('start', '--fail'));
  // npm refuses the project, which has no package.json: that it was asked is what counts.
  expect(code).toBe(1);
  expect(output).toMatch(
    /^Installing dependencies \(npm ci\) …[\s\S]*Installing the dependencies failed, see above\.\n$/,
  );
});
