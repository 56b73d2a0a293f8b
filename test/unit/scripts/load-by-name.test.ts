import { expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadByName } from '../../../scripts/load-by-name.js';

test.each([
  ['nope', 'a name is required: ingest, trace; but got: nope'],
  [undefined, 'a name is required: ingest, trace; but got: none'],
  ['main', 'a name is required: ingest, trace; but got: main'],
])('the name %s is refused with the names there are', async (name, message) => {
  const folder = await mkdtemp(join(tmpdir(), 'pedigree-names-'));
  for (const file of ['ingest.js', 'main.js', 'trace.js', 'trace.js.map'])
    await writeFile(join(folder, file), '');
  await expect(loadByName(folder, ['main'], name)).rejects.toThrow(message);
  await rm(folder, { recursive: true });
});
