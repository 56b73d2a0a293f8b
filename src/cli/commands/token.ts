/** `pedigree token`: a token signed by the local development key, for scripts on this machine. */
import { Command, InvalidArgumentError, Option } from 'commander';

interface TokenOptions {
  readonly role: string;
  readonly name: string;
  readonly namespace: string[];
  readonly hours: number;
}

export function tokenCommand(): Command {
  return new Command('token')
    .description('print a token signed by the local development key')
    .addOption(new Option('--role <role>', 'what the token may do').makeOptionMandatory())
    .option('--name <name>', 'whom the token names', 'local-script')
    .option('--namespace <namespace...>', 'where it may write; * for anywhere, a trailing * for a prefix', [
      '*',
    ])
    .option('--hours <hours>', 'how long it lasts', positive, 8)
    .action(async ({ role, name, namespace, hours }: TokenOptions) => {
      const { localToken } = await import('../../app/local-token.js');
      process.stdout.write(
        `${await localToken({ role, name, namespaces: namespace, lifetime: hours * 3600 })}\n`,
      );
    });
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('a number above 0 is required');
}
