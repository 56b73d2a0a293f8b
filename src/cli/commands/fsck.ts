/** `pedigree fsck`: is the graph what the log says, nothing altered, nothing missing, nothing added? */
import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import type { Finding, FsckService, FsckState, FsckStep } from '../../app/fsck.js';
import { readStateFile, removeStateFile, writeStateFile } from '../fsck-state-file.js';

interface FsckOptions {
  readonly state?: string;
  readonly restart?: true;
  readonly json?: true;
}

const HELP = `
Exit codes: 0 the graph is what the log says; 1 it is not, and each difference was printed; 4 or 5 it could not be
checked; 130 interrupted: the same command goes on where it was.`;

/** How often the state is kept, in milliseconds. */
const KEEP_EVERY_MS = 2_000;
const INTERRUPTED = 130;

export function fsckCommand(): Command {
  return new Command('fsck')
    .description('make every entry again from the graph and compare it with the log, both ways')
    .option('--state <file>', 'where to go on from, and where to keep how far it came')
    .option('--restart', 'begin again, whatever the state file says')
    .option('--json', 'print findings as NDJSON')
    .addHelpText('after', HELP)
    .action(async (options: FsckOptions) => {
      const { withFsck } = await import('../../app/fsck.js');
      const stop = new AbortController();
      const interrupt = (): void => {
        stop.abort();
      };
      process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
      process.exitCode = await withFsck(
        (fsck, { dataDir }) =>
          check(fsck, options.state ?? join(dataDir, 'fsck-state.json'), options, stop.signal),
        { signal: stop.signal, log: (line) => process.stderr.write(`${line}\n`) },
      );
    });
}

async function check(
  fsck: FsckService,
  stateFile: string,
  { restart, json }: FsckOptions,
  signal: AbortSignal,
): Promise<number> {
  const kept = restart === true ? undefined : (readStateFile(stateFile) as FsckState | undefined);
  const state = kept ?? (await fsck.begin());
  if (kept)
    process.stderr.write(
      `going on from ${stateFile}: ${String(kept.checked)} of ${String(kept.total)} done\n`,
    );
  const bar = new SingleBar({
    format: 'fsck [{bar}] {value}/{total} {eta_formatted}',
    stream: process.stderr,
  });
  bar.start(state.total, state.checked);
  const last = await follow(fsck.run(state), { stateFile, json: json === true, signal, bar }, state).finally(
    () => {
      bar.stop();
    },
  );
  if (last.phase !== 'done') return INTERRUPTED;
  removeStateFile(stateFile);
  process.stdout.write(
    json === true ? `${JSON.stringify({ summary: summaryOf(last) })}\n` : `${sentence(last)}\n`,
  );
  return last.found === 0 ? 0 : 1;
}

interface Following {
  readonly stateFile: string;
  readonly json: boolean;
  readonly signal: AbortSignal;
  readonly bar: SingleBar;
}

/** Takes the steps until the end or until it is told to stop; the state that it ends in is kept. */
async function follow(
  steps: AsyncIterable<FsckStep>,
  { stateFile, json, signal, bar }: Following,
  first: FsckState,
): Promise<FsckState> {
  let keptAt = Date.now();
  let last: FsckStep | undefined;
  for await (const step of steps) {
    last = step;
    for (const finding of step.findings)
      process.stdout.write(`${json ? JSON.stringify(finding) : line(finding)}\n`);
    bar.update(step.checked);
    // A finding that was printed must not be printed again by the run that goes on.
    if (signal.aborted || step.findings.length > 0 || Date.now() - keptAt >= KEEP_EVERY_MS) {
      writeStateFile(stateFile, step.state());
      keptAt = Date.now();
    }
    if (signal.aborted) break;
  }
  return last?.state() ?? first;
}

function line({ kind, id, part, stored, expected }: Finding): string {
  const facts = [stored && `stored ${stored}`, expected && `the log says ${expected}`]
    .filter(Boolean)
    .join(', ');
  return `${kind.padEnd(7)} ${id}: ${part}${facts === '' ? '' : `: ${facts}`}`;
}

function summaryOf({ lineage, access, checked, found }: FsckState): object {
  return { treeSize: lineage.size, accessTreeSize: access.size, checked, findings: found };
}

function sentence({ lineage, access, checked, found }: FsckState): string {
  const entries = lineage.size + access.size;
  const what = `${String(entries)} entries and ${String(checked - entries)} nodes and groups checked`;
  return found === 0 ? `${what}: the graph is what the log says` : `${what}: ${String(found)} differences`;
}
