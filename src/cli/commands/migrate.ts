/** `pedigree migrate`: constraints and indexes, without starting a server. */
import { Command } from 'commander';

const HELP = `
A server does the same when it starts. Run it beforehand where a start must be short. It is safe beside running servers,
and a second run does nothing.

Examples:
  $ pedigree migrate --json`;

export function migrateCommand(): Command {
  return new Command('migrate')
    .description("bring the database's constraints and indexes up to date")
    .option('--json', 'print the names of the files that ran as JSON')
    .addHelpText('after', HELP)
    .action(async ({ json }: { readonly json?: true }) => {
      const { migrateDatabase } = await import('../../app/migrate.js');
      const stop = new AbortController();
      process.once('SIGINT', () => {
        stop.abort();
      });
      const log = (line: string): void => void process.stderr.write(`${line}\n`);
      const ran = await migrateDatabase({ signal: stop.signal, log });
      process.stdout.write(json ? `${JSON.stringify({ ran })}\n` : ran.map((name) => `${name}\n`).join(''));
      log(ran.length === 0 ? 'the database was up to date' : `${String(ran.length)} migrations ran`);
    });
}
