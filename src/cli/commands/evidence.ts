/** `pedigree evidence`: asks a running server for an evidence file. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { PedigreeError, type ErrorCode } from '../../domain/errors.js';

interface EvidenceOptions {
  readonly asOf?: string;
  readonly since?: string;
  readonly output?: string;
  readonly url: string;
  readonly token?: string;
}

export function evidenceCommand(): Command {
  return new Command('evidence')
    .description('get one file that proves where an artifact came from, and that verifies offline')
    .argument('<id>', 'the artifact, as kind:namespace/name@version')
    .option('--as-of <point>', 'a tree size, or an ISO 8601 time with a zone; now if left out')
    .option('--since <size>', 'size of a checkpoint that you have: proves that the log only grew since')
    .option('--output <file>', 'where to write it; standard output if left out')
    .option('--url <url>', 'the server', process.env.PEDIGREE_URL ?? 'http://localhost:4000')
    .option('--token <token>', 'a token; personal values need the role auditor; or set PEDIGREE_TOKEN')
    .action(async (of: string, { asOf, since, output, url, token }: EvidenceOptions) => {
      const bearer = token ?? process.env.PEDIGREE_TOKEN ?? '';
      if (bearer === '')
        throw new PedigreeError('UNAUTHENTICATED', 'a token is required: --token or PEDIGREE_TOKEN');
      const query = new URLSearchParams({
        of,
        ...(asOf === undefined ? {} : { asOf }),
        ...(since === undefined ? {} : { since }),
      });
      const body = await request(new URL(`/v1/evidence?${query.toString()}`, url), bearer);
      await pipeline(body, output === undefined ? process.stdout : createWriteStream(output), {
        end: output !== undefined,
      });
    });
}

/** Errors: what the server says, and `SERVER_UNREACHABLE`. */
async function request(url: URL, token: string): Promise<Readable> {
  const response = await fetch(url, { headers: { Authorization: `Bearer ${token}` } }).catch(
    (error: unknown) => {
      throw new PedigreeError('SERVER_UNREACHABLE', `a server must answer at ${url.origin}`, {}, error);
    },
  );
  if (response.ok && response.body) return Readable.fromWeb(response.body as never);
  const { code, detail } = (await response.json().catch(() => ({}))) as { code?: ErrorCode; detail?: string };
  throw new PedigreeError(
    code ?? 'SERVER_UNREACHABLE',
    detail ?? `the server answered ${String(response.status)}`,
  );
}
