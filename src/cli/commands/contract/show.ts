/** `pedigree contract show`: the contract of a data set, as YAML. */
import { Command } from 'commander';
import { PedigreeError } from '../../../domain/errors.js';
import { clientFor, withServerOptions, type ServerOptions } from '../../read/server-options.js';

interface Contracts {
  readonly contracts: { readonly items: readonly { readonly version: string; readonly yaml: string }[] };
}

const QUERY = 'query ($of: ID!) { contracts(of: $of, first: 1000) { items { version yaml } } }';

export function contractShowCommand(): Command {
  const command = new Command('show')
    .description('print the contract of a data set as YAML: the newest, or a version')
    .argument('<id>', 'any version of the data set')
    .option('--contract-version <version>', 'this version of the contract')
    .addHelpText('after', '\nExamples:\n  $ pedigree contract show dataset:lending/part-b@1');
  return withServerOptions(command).action(
    async (of: string, { contractVersion, ...options }: ServerOptions & { contractVersion?: string }) => {
      const client = await clientFor(options, 'contract');
      const { contracts } = await client.query<Contracts>(QUERY, { of });
      const found = contracts.items.find(
        ({ version }) => contractVersion === undefined || version === contractVersion,
      );
      if (!found) throw new PedigreeError('NOT_FOUND', `no such contract was declared for ${of}`);
      process.stdout.write(found.yaml);
    },
  );
}
