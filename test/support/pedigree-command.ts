/** The command `pedigree` as a user of this machine runs it, against a server of the test with one decision's story. */
import { execFile } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Declaration } from '../../src/domain/declaration.js';
import { Profiler, profileStatement } from '../../src/sdk/index.js';
import { attestation, id, prediction } from './declarations.js';
import type { TestServer } from './server.js';
import { SpawnedCommand } from './spawned-server.js';
import { storyline } from './storyline.js';

/** What a producer may have written: it clears the screen, turns the direction of writing, and ends a cell. */
export const HOSTILE = '\u001b[2J\u202Eevil"\n,=1+1';

/** The storyline in the namespace that the examples of the help are about, with a deployment and a second decision. */
export async function declareLending(server: TestServer): Promise<void> {
  const more = [
    prediction('other', 'credit'),
    ...profiles(),
    attestation('deployed', 'DEPLOYED', [id('Model', 'credit')], { fields: { endpoint: HOSTILE } }),
  ];
  const text = JSON.stringify([...storyline(), ...more]).replaceAll(':test/', ':lending/');
  await server.declareAll(JSON.parse(text) as Declaration[]);
}

/** What two parts look like: the second one's ratios are in percent. */
function profiles(): Declaration[] {
  return [1, 100].map((factor, i) => {
    const profiler = new Profiler();
    for (let row = 0; row < 400; row += 1) profiler.add({ ratio: (factor * (1 + (row % 97))) / 97 });
    const about = id('Dataset', i === 0 ? 'part-a' : 'part-b');
    return profileStatement(profiler.profile(), { about, occurredAt: 0 });
  });
}

export interface Ran {
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command; it finds the server and its key in the data folder. */
export async function pedigree(
  server: TestServer,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const command = new SpawnedCommand(args, { dataDir: server.dataDir, env });
  const code = await command.ended;
  const { stdout, stderr } = command;
  return { code, stdout, stderr };
}

/** Runs a line of shell in which `pedigree` is installed, without blocking: the server is in this process. */
export function shell(
  server: TestServer,
  folder: string,
  line: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const options = {
    cwd: folder,
    env: { HOME: folder, PATH: installedIn(folder), PEDIGREE_DATA_DIR: server.dataDir, ...env },
  };
  return new Promise((resolve) => {
    execFile('bash', ['-o', 'pipefail', '-c', line], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : (error.code ?? null), stdout, stderr });
    });
  });
}

/** Puts the command into a folder; the search path with it. */
function installedIn(folder: string): string {
  const path = join(folder, 'pedigree');
  const main = join(import.meta.dirname, '../../dist/src/cli/main.js');
  writeFileSync(path, `#!/bin/sh\nexec ${process.execPath} ${main} "$@"\n`);
  chmodSync(path, 0o755);
  return `${folder}:${process.env.PATH ?? ''}`;
}
