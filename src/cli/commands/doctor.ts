/** `pedigree doctor`: is everything there that a command of this machine needs, and is the server well? */
import { accessSync, constants, existsSync } from 'node:fs';
import { Command } from 'commander';
import { ClientError } from '../../sdk/errors.js';
import { FAILURE, OK } from '../exit-codes.js';
import { renderTable } from '../output/table.js';
import { clientFor, connect, withServerOptions, type ServerOptions } from '../read/server-options.js';

interface Options extends ServerOptions {
  readonly json?: true;
}

interface Check {
  readonly check: string;
  readonly state: 'ok' | 'failed' | 'skipped';
  readonly detail: string;
}

const DASHBOARD = `{ dashboard {
  log { treeSize standing problem } placeholders completeness unfinishedRuns(first: 1) { total }
} checkpoint { origin treeSize } }`;

interface Answer {
  readonly dashboard: {
    readonly log: { readonly treeSize: string; readonly standing: string; readonly problem: string | null };
    readonly placeholders: string;
    readonly unfinishedRuns: { readonly total: number };
  };
  readonly checkpoint: { readonly origin: string; readonly treeSize: string };
}

const HELP = `
Exit codes: 0 all is well, 1 something is not, and says what to do.

Examples:
  $ pedigree doctor --json`;

export function doctorCommand(): Command {
  const command = new Command('doctor')
    .description('check the settings of this machine and the server, and say what to do')
    .option('--json', 'print the checks as JSON')
    .addHelpText('after', HELP);
  return withServerOptions(command).action(async (options: Options) => {
    const checks = [nodeVersion(), await folders(), ...(await server(options))];
    const rows = checks.map((check) => ({ ...check }));
    process.stdout.write(
      options.json ? `${JSON.stringify(checks, null, 2)}\n` : renderTable(rows, ['check', 'state', 'detail']),
    );
    process.exitCode = checks.some(({ state }) => state === 'failed') ? FAILURE : OK;
  });
}

function nodeVersion(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const enough = major > 20 || (major === 20 && minor >= 19);
  return result(
    'node',
    enough,
    process.versions.node,
    `Node 20.19 or newer is required, but this is ${process.version}`,
  );
}

/** The data folder is needed by whoever serves here; a client of another machine's server has none. */
async function folders(): Promise<Check> {
  const { readConfig } = await import('../../app/config.js');
  try {
    const { dataDir, keysDir } = readConfig(process.env);
    if (!existsSync(keysDir))
      return { check: 'keys', state: 'skipped', detail: `no server has run in ${dataDir}` };
    accessSync(keysDir, constants.R_OK | constants.W_OK);
    return { check: 'keys', state: 'ok', detail: keysDir };
  } catch (error) {
    return { check: 'keys', state: 'failed', detail: (error as Error).message };
  }
}

async function server(options: Options): Promise<Check[]> {
  try {
    const { url } = await connect(options, 'doctor');
    const client = await clientFor(options, 'doctor');
    const { dashboard, checkpoint } = await client.query<Answer>(DASHBOARD);
    const { log, placeholders, unfinishedRuns } = dashboard;
    const signed = `${checkpoint.treeSize} of ${log.treeSize} entries are signed by ${checkpoint.origin}`;
    const open = `${placeholders} placeholders, ${String(unfinishedRuns.total)} unfinished runs`;
    return [
      { check: 'server', state: 'ok', detail: url },
      result('log', log.standing === 'SOUND', signed, log.problem ?? log.standing),
      { check: 'lineage', state: 'ok', detail: open },
    ];
  } catch (error) {
    const code = error instanceof ClientError ? ` (${error.code})` : '';
    return [{ check: 'server', state: 'failed', detail: `${(error as Error).message}${code}` }];
  }
}

function result(check: string, passed: boolean, good: string, bad: string): Check {
  return { check, state: passed ? 'ok' : 'failed', detail: passed ? good : bad };
}
