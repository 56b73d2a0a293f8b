/** `pedigree log`: the signed logs of this machine's key store. */
import { Command, Option } from 'commander';
import type { NewOriginRequest } from '../../app/log-admin.js';

export function logCommand(): Command {
  return new Command('log')
    .description('look after the signed logs of this machine')
    .addCommand(statusCommand())
    .addCommand(newOriginCommand());
}

function statusCommand(): Command {
  return new Command('status')
    .description('print each log’s last signed head, verifier key and standing, a JSON object a line')
    .action(async () => {
      const { logStatus } = await import('../../app/log-admin.js');
      for (const status of await logStatus()) process.stdout.write(`${JSON.stringify(status)}\n`);
    });
}

function newOriginCommand(): Command {
  return new Command('new-origin')
    .description('go on under a new name after signed entries were lost for good')
    .addOption(new Option('--log <log>', 'which log').choices(['lineage', 'access']).default('lineage'))
    .addOption(
      new Option(
        '--lost <range>',
        'what is given up, as "pedigree log status" says it',
      ).makeOptionMandatory(),
    )
    .addOption(
      new Option('--reason <text>', 'why, for the first entry of the new origin').makeOptionMandatory(),
    )
    .option('--origin <name>', 'the new name; the old one with a number if left out')
    .option('--name <name>', 'who decides this', 'operator')
    .action(async ({ name, ...request }: Omit<NewOriginRequest, 'by'> & { readonly name: string }) => {
      const { orderNewOrigin } = await import('../../app/log-admin.js');
      const { origin, kept } = await orderNewOrigin({ ...request, by: name });
      process.stderr.write(
        `Ordered: the log goes on as ${origin} from entry ${String(kept)} on. A running server does it within seconds, ` +
          'another one when it starts. Give out its new verifier key: pedigree log status\n',
      );
    });
}
