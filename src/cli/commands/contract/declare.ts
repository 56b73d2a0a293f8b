/** `pedigree contract declare`: makes a version of a contract known, for good. */
import { Command } from 'commander';
import { contractDeclaration, jsonDigestOf, type Contract, type PedigreeClient } from '../../../sdk/index.js';
import { clientFor, withServerOptions, type ServerOptions } from '../../read/server-options.js';
import { readContract } from './contract-file.js';

interface Options extends ServerOptions {
  readonly for: readonly string[];
  readonly table?: string;
}

const HELP = `
A version that was declared stays as it is: another content needs another version.

Examples:
  $ pedigree contract declare loans.odcs.yaml --for dataset:lending/part-b@1`;

export function contractDeclareCommand(): Command {
  const command = new Command('declare')
    .description('declare a version of a contract for data sets')
    .argument('<contract>', 'a file in the Open Data Contract Standard, YAML or JSON')
    .requiredOption('--for <id...>', 'data set versions from which on it holds')
    .option('--table <name>', 'which table of the contract, if it has several')
    .addHelpText('after', HELP);
  return withServerOptions(command).action(async (path: string, options: Options) => {
    const contract = readContract(path, options.table);
    const client = await clientFor(options, 'contract', 'writer');
    try {
      // The time of declaring is part of it, so that the same contract again would be another declaration.
      const known = await declaredAs(client, contract, options.for[0] ?? '');
      const declaration = contractDeclaration(contract, { about: options.for });
      if (known === undefined) await client.declare(declaration);
      process.stdout.write(`${known ?? declaration.id}\n`);
    } finally {
      await client.close();
    }
  });
}

const QUERY = `query ($of: ID!) {
  contracts(of: $of, first: 1000) { items { digest attestation { id } } }
}`;

interface Known {
  readonly contracts: {
    readonly items: readonly {
      readonly digest: string;
      readonly attestation: { readonly id: string };
    }[];
  };
}

/** The id of the declaration of exactly this contract, if there is one. */
async function declaredAs(
  client: PedigreeClient,
  contract: Contract,
  of: string,
): Promise<string | undefined> {
  const digest = jsonDigestOf(contract.document);
  const { contracts } = await client.query<Known>(QUERY, { of });
  return contracts.items.find((item) => item.digest === digest)?.attestation.id;
}
