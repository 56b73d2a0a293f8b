/** `pedigree evidence`: asks a running server for an evidence file. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { download } from '../read/download.js';
import { connect, withServerOptions, type ServerOptions } from '../read/server-options.js';

interface EvidenceOptions extends ServerOptions {
  readonly asOf?: string;
  readonly since?: string;
  readonly output?: string;
}

const HELP = `
Personal values need a token with the role auditor.

Examples:
  $ pedigree evidence model:lending/credit@1 --output evidence.json`;

export function evidenceCommand(): Command {
  const command = new Command('evidence')
    .description('get one file that proves where an artifact came from, and that verifies offline')
    .argument('<id>', 'the artifact, as kind:namespace/name@version')
    .option('--as-of <point>', 'a tree size, or an ISO 8601 time with a zone; now if left out')
    .option('--since <size>', 'size of a checkpoint that you have: proves that the log only grew since')
    .option('--output <file>', 'where to write it; standard output if left out')
    .addHelpText('after', HELP);
  return withServerOptions(command).action(async (of: string, options: EvidenceOptions) => {
    const { asOf, since, output } = options;
    const body = await download(await connect(options, 'evidence'), '/v1/evidence', { of, asOf, since });
    await pipeline(body, output === undefined ? process.stdout : createWriteStream(output), {
      end: output !== undefined,
    });
  });
}
