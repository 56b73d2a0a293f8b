import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { temporaryFolder } from './temporary-folder.js';

/**
 * A folder with one program in it, a shell script, to put on PATH before or instead of the real one. For external
 * programs only (java, mvn, docker): the database is never faked.
 */
export async function fakeProgram(name: string, script: string): Promise<string> {
  const folder = temporaryFolder();
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return folder;
}
