/** The options by which a command finds its server, the same for every command that asks one. */
import { Option, type Command } from 'commander';
import { PedigreeError, required } from '../../domain/errors.js';
import { PedigreeClient } from '../../sdk/index.js';
import { connectionFor, type Connection } from '../connection.js';

export interface ServerOptions {
  readonly url?: string;
  readonly token?: string;
}

/** Few and short: whoever waits at a terminal wants to know. */
const RETRIES = { attempts: 2, baseMs: 200, capMs: 1_000 };

export function withServerOptions(command: Command): Command {
  return command
    .addOption(new Option('--url <url>', 'the server; else PEDIGREE_URL, else the one of this machine'))
    .addOption(new Option('--token <token>', 'who asks; else PEDIGREE_TOKEN, else a token of the local key'));
}

/** Errors: `CONFIGURATION`, `BAD_INPUT`. */
export async function connect(options: ServerOptions, name: string, role = 'reader'): Promise<Connection> {
  const connection = await connectionFor(role, name, options);
  if (URL.canParse(connection.url)) return connection;
  throw new PedigreeError('BAD_INPUT', required('--url must be an http or https address', connection.url));
}

export async function clientFor(
  options: ServerOptions,
  name: string,
  role?: string,
): Promise<PedigreeClient> {
  return new PedigreeClient({ ...(await connect(options, name, role)), retries: RETRIES });
}

/** A point of the log: a tree size or a time, as the input `AsOf` takes it. Error: `BAD_INPUT`. */
export function parseAsOf(text: string | undefined, option = '--as-of'): object | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return { treeSize: text };
  const time = new Date(text);
  if (/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(time.getTime())) {
    return { time: time.toISOString() };
  }
  throw new PedigreeError(
    'BAD_INPUT',
    required(`${option} must be a tree size, or an ISO 8601 time with a zone`, text),
  );
}
