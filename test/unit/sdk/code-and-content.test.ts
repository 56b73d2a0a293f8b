import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, test } from '@jest/globals';

import { contentDigestOf, gitCommit, jsonDigestOf } from '../../../src/sdk/index.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const ABC = 'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

describe('a content digest', () => {
  test('is the same of a file, its URL and its pieces', async () => {
    const file = join(temporaryFolder(), 'abc.txt');
    writeFileSync(file, 'abc');
    await expect(contentDigestOf(file)).resolves.toBe(ABC);
    await expect(contentDigestOf(pathToFileURL(file))).resolves.toBe(ABC);
    await expect(contentDigestOf(['a', Buffer.from('bc')])).resolves.toBe(ABC);
  });

  test('of JSON is that of its canonical form', async () => {
    await expect(contentDigestOf(['{"a":1,"b":[0.1]}'])).resolves.toBe(jsonDigestOf({ b: [0.1], a: 1 }));
  });

  test('of a missing file is an error', async () => {
    await expect(contentDigestOf(join(temporaryFolder(), 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('the commit of what runs', () => {
  function repository(): { folder: string; git: (...args: string[]) => string } {
    const folder = temporaryFolder();
    const git = (...args: string[]): string =>
      execFileSync('git', ['-C', folder, '-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args], {
        encoding: 'utf8',
      }).trim();
    git('init', '--quiet');
    mkdirSync(join(folder, 'steps'));
    for (const name of ['a.ts', 'b.ts']) {
      writeFileSync(join(folder, 'steps', name), name);
      git('add', '.');
      git('commit', '--quiet', '-m', name);
    }
    return { folder, git };
  }

  test('is the one that last changed the path', async () => {
    const { folder, git } = repository();
    const last = await gitCommit(folder);
    expect(last).toEqual({ repository: basename(folder), commit: git('rev-parse', 'HEAD') });
    const expected = { repository: basename(folder), commit: git('rev-parse', 'HEAD~1'), path: 'steps/a.ts' };
    await expect(gitCommit(folder, 'steps/a.ts')).resolves.toEqual(expected);
    await expect(gitCommit(join(folder, 'steps'), 'a.ts')).resolves.toEqual(expected);
  });

  test('is unknown where it would not be true', async () => {
    const { folder } = repository();
    writeFileSync(join(folder, 'steps/a.ts'), 'changed');
    writeFileSync(join(folder, 'steps/new.ts'), 'new');
    await expect(gitCommit(folder, 'steps/a.ts')).resolves.toBeUndefined();
    await expect(gitCommit(folder, 'steps/new.ts')).resolves.toBeUndefined();
    await expect(gitCommit(temporaryFolder(), 'x.ts')).resolves.toBeUndefined();
    await expect(gitCommit(folder, 'steps/b.ts')).resolves.toMatchObject({ path: 'steps/b.ts' });
  });

  test.each([
    ['https://user:pass@example.org/lending.git', 'https://example.org/lending.git'],
    ['ssh://git@example.org/lending.git', 'ssh://example.org/lending.git'],
    ['git@example.org:team/lending.git', 'git@example.org:team/lending.git'],
    ['/home/someone/lending', 'lending'],
  ])('names the repository %s as %s', async (remote, name) => {
    const { folder, git } = repository();
    git('remote', 'add', 'origin', remote);
    await expect(gitCommit(folder)).resolves.toMatchObject({ repository: name });
  });
});
