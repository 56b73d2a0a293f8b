/** `pedigree export`: a whole closure as a file that other programs read. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import { download } from '../read/download.js';
import { connect, parseAsOf, withServerOptions, type ServerOptions } from '../read/server-options.js';

interface Options extends ServerOptions {
  readonly direction: string;
  readonly format: string;
  readonly asOf?: string;
  readonly output?: string;
}

const HELP = `
Examples:
  $ pedigree export model:lending/credit@1 --format csv
  $ pedigree export dataset:lending/part-b@1 --direction downstream
  $ pedigree export prediction:lending/loan@1 --format prov-json
  $ pedigree export transform:lending/train@1 --format openlineage`;

export function exportCommand(): Command {
  const command = new Command('export')
    .description('write a whole ancestry, or all that depends on an artifact, for other programs')
    .argument('<id>', 'the artifact, as kind:namespace/name@version')
    .addOption(
      new Option('--direction <direction>', 'which way')
        .choices(['upstream', 'downstream'])
        .default('upstream'),
    )
    .addOption(
      new Option('--format <format>', 'of the file')
        .choices(['ndjson', 'csv', 'prov-json', 'openlineage'])
        .default('ndjson'),
    )
    .option('--as-of <point>', 'a tree size, or an ISO 8601 time with a zone; now if left out')
    .option('--output <file>', 'where to write it; standard output if left out')
    .addHelpText('after', HELP);
  return withServerOptions(command).action(async (of: string, options: Options) => {
    const { direction, format, asOf, output } = options;
    parseAsOf(asOf);
    const connection = await connect(options, 'export');
    const body = await download(connection, '/v1/export', { of, direction, format, asOf });
    await pipeline(body, output === undefined ? process.stdout : createWriteStream(output), {
      end: output !== undefined,
    });
  });
}
