import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { externalDatabase } from '../../../src/neo4j/external-database.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const NEO4J_URI = 'neo4j+s://graph.example:7687';

async function secretFile(): Promise<string> {
  const file = join(temporaryFolder(), 'password');
  await writeFile(file, 'from a file\n');
  return file;
}

describe('externalDatabase', () => {
  test('takes address, user and password from the environment', async () => {
    const env = { NEO4J_URI, NEO4J_USERNAME: 'pedigree', NEO4J_PASSWORD: 'p' };
    expect(await externalDatabase(env)).toMatchObject({
      uri: NEO4J_URI,
      user: 'pedigree',
      password: 'p',
      how: 'external',
    });
  });

  test('defaults the user, and reads the password from a file without its last newline', async () => {
    const env = { NEO4J_URI, NEO4J_USERNAME: '', NEO4J_PASSWORD_FILE: await secretFile() };
    expect(await externalDatabase(env)).toMatchObject({ user: 'neo4j', password: 'from a file' });
  });

  test.each([
    ['no password', { NEO4J_URI }, 'NEO4J_PASSWORD or NEO4J_PASSWORD_FILE is required, but got: no password'],
    ['two passwords', { NEO4J_URI, NEO4J_PASSWORD: 'p', NEO4J_PASSWORD_FILE: '/nowhere' }, 'but got: both'],
    ['a missing file', { NEO4J_URI, NEO4J_PASSWORD_FILE: '/nowhere' }, 'but got: /nowhere (ENOENT)'],
    [
      'a web address',
      { NEO4J_URI: 'http://localhost:7474', NEO4J_PASSWORD: 'p' },
      'but got: "http://localhost:7474"',
    ],
    ['no address', { NEO4J_URI: 'localhost:7687', NEO4J_PASSWORD: 'p' }, 'but got: "localhost:7687"'],
    [
      'a password in the address',
      { NEO4J_URI: 'bolt://neo4j:hidden@localhost', NEO4J_PASSWORD: 'p' },
      'NEO4J_URI must hold no user and no password',
    ],
  ])('refuses %s', async (_what, env, message) => {
    const failure = externalDatabase(env);
    await expect(failure).rejects.toMatchObject({ code: 'CONFIGURATION' });
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.not.toThrow('hidden');
  });
});
