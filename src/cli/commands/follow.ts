/**
 * `pedigree follow`: keeps an outsider's copy of a log's last checkpoint and proves each next one consistent with it.
 * Exit codes: 0 all was consistent, 1 something was altered, 2 something is withheld, 3 the copy cannot be read,
 * 5 the server does not answer.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { parseVerifierKey } from '../../ledger/signed-note.js';
import { followOnce, type Followed, type FollowOptions } from '../follow/follower.js';
import { openLog, type LogSource } from '../follow/log-source.js';
import { readState, writeState } from '../follow/state-file.js';
import { FollowError } from '../follow/verdict.js';

interface Options {
  readonly key: string;
  readonly state?: string;
  readonly once?: true;
  readonly all?: true;
  readonly entries?: true;
  readonly token?: string;
  readonly interval: number;
}

export function followCommand(): Command {
  return new Command('follow')
    .description('prove that a log only grows: check each new checkpoint against an own copy of the last')
    .argument('<url>', 'where the log is served: https://HOST/log/lineage, or file:///FOLDER of a mirror')
    .addOption(new Option('--key <vkey>', 'the log’s verifier key').makeOptionMandatory())
    .option('--state <file>', 'the copy of the last checkpoint; named after the log if left out')
    .option('--once', 'look once and end')
    .option('--all', 'check all tiles again, not only the new ones')
    .option('--entries', 'read the entries, too; needs a token that may')
    .addOption(new Option('--token <token>', 'a token of the log’s server').env('PEDIGREE_TOKEN'))
    .option('--interval <seconds>', 'how often to look', positive, 10)
    .action(async (url: string, options: Options) => {
      process.exitCode = await follow(url, options);
    });
}

async function follow(url: string, options: Options): Promise<number> {
  const verifier = parseVerifierKey(options.key);
  const state = options.state ?? `${verifier.name.replace(/[^\w.-]+/g, '_')}.checkpoint`;
  const source = openLog(url, options.token);
  const how = { verifier, entries: options.entries === true, all: options.all === true };
  try {
    let known = await readState(state, verifier);
    for (;;) {
      known = await step(source, known, how, options.once === true);
      if (known) await writeState(state, known.note);
      if (options.once) return 0;
      await sleep(options.interval * 1000);
    }
  } catch (error) {
    if (!(error instanceof FollowError)) throw error;
    print({ finding: error.finding, message: error.message });
    // Both notes together prove it to anybody.
    if (error.note !== undefined) await writeState(`${state}.refused`, error.note);
    return error.exitCode;
  }
}

/** A server that does not answer is asked again, unless this is the only look. */
async function step(
  source: LogSource,
  known: Followed | undefined,
  how: FollowOptions,
  once: boolean,
): Promise<Followed | undefined> {
  try {
    const head = await followOnce(source, known, how);
    const root = Buffer.from(head.root).toString('base64');
    if (once || head.size !== known?.size)
      print({ origin: head.origin, size: head.size, root, from: known?.size });
    return head;
  } catch (error) {
    if (once || !(error instanceof FollowError) || error.finding !== 'UNREACHABLE') throw error;
    process.stderr.write(`pedigree: ${error.message}; trying again\n`);
    return known;
  }
}

/** One JSON object a line. */
function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('a number above 0 is required');
}
