/** The command line as a whole: its help, its page, completion, and how it behaves between other programs. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { buildProgram } from '../../src/cli/program.js';
import { codeBlocks, readPage, tableUnder } from '../support/markdown.js';
import { declareLending, pedigree, shell } from '../support/pedigree-command.js';
import { TestServer } from '../support/server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const LOAN = 'prediction:lending/loan@1';

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  await declareLending(server);
}, 60_000);

afterAll(() => server.stop());

test('no colour where nobody looks', async () => {
  expect((await pedigree(server, ['search', 'part'], { FORCE_COLOR: '1' })).stdout).not.toContain('\u001b');
});

test('a reader who leaves early is no failure', async () => {
  const { code, stdout } = await shell(server, folder, `pedigree export ${LOAN} | head -n 1`);
  expect([code, stdout.split('\n')]).toEqual([0, [expect.stringContaining('begin'), '']]);
});

const EXAMPLES = buildProgram().commands.flatMap((command) => {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
  return [...help.matchAll(/^ {2}\$ ((?:echo \S+ \| )?pedigree .+)$/gm)].map((match) => match[1]!);
});

describe('the help', () => {
  test('has examples of every command that asks', () => {
    const named = new Set(EXAMPLES.map((line) => line.split(' ')[1]));
    const asking = [
      'search',
      'trace',
      'lineage',
      'impact',
      'paths',
      'diff',
      'root-cause',
      'export',
      'evidence',
    ];
    for (const name of asking) expect(named).toContain(name);
  });

  test.each(EXAMPLES.filter((line) => !line.includes('migrate')))('works: %s', async (line) => {
    const { code, stdout } = await shell(server, folder, line);
    expect(code).toBe(0);
    expect(`${stdout}${line.includes('--output') ? 'written' : ''}`).not.toBe('');
  });
});

describe('docs/cli.md', () => {
  const page = readPage('cli.md');

  test('names every command', () => {
    const named = page.slice(0, page.indexOf('## Which server'));
    for (const command of buildProgram().commands) expect(named).toContain(`\`${command.name()}\``);
    expect(tableUnder(page, 'Exit codes')).toHaveLength(6);
  });

  test('has a job that refuses a change because of its impact', async () => {
    const [yaml = ''] = codeBlocks(page, 'yaml');
    const [, line = ''] = /run: (.+)/.exec(yaml) ?? [];
    const job = await shell(server, folder, line, {
      PEDIGREE_URL: server.url,
      PEDIGREE_TOKEN: await server.token('reader'),
    });
    expect([job.code, job.stderr]).toEqual([3, 'threshold met: deployments>0 (deployments is 1)\n']);
  });
});

describe('completion', () => {
  /** What bash would offer after these words. */
  async function offered(words: readonly string[]): Promise<string[]> {
    const script = `eval "$(pedigree completion bash)"; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
      COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 )); _pedigree; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return (await shell(server, folder, script)).stdout.split('\n').filter((line) => line !== '');
  }

  test.each([
    [['pedigree', 'lin'], ['lineage']],
    [['pedigree', 'impact', '--fa'], ['--fail-on']],
    [['pedigree', 'lineage', '--kind', 'Mo'], ['Model']],
    [['pedigree', 'log', 'st'], ['status']],
  ])('bash offers after %p: %p', async (words, expected) => {
    expect(await offered(words)).toEqual(expected);
  });

  test.each(['zsh', 'fish'])('%s: the script names every command and option', async (shell) => {
    const { code, stdout } = await pedigree(server, ['completion', shell]);
    expect(code).toBe(0);
    for (const command of buildProgram().commands) {
      expect(stdout).toContain(command.name());
      for (const { long } of command.options) expect(stdout).toContain(long!.replace(/^--/, ''));
    }
  });
});
