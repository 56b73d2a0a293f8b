/**
 * `npm run bench -- NAME [--json FILE] [--items N] [--memory] [--only PART,PART]`: runs `bench/NAME.ts`, prints its figures as a table and writes them as JSON:
 * `{bench, machine, figures: [{name, ours, reference, ratio, bar, holds, runs, spread}]}`.
 * Exit code 0 when every bar holds, 1 when one does not (or the benchmark failed).
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { loadByName } from '../scripts/load-by-name.js';
import { endWithSignal } from '../test/support/end-with-signal.js';
import { type Figure, toReport, toTable } from './report.js';

/** What a benchmark gets: a place for its data, which is removed afterwards, and a way to say what it is doing. */
export interface BenchContext {
  readonly workDir: string;
  readonly log: (line: string) => void;
  /** How large a benchmark that can be large is to be; each says what it counts. */
  readonly items: number | undefined;
  /** True for the figures of memory in the place of those of time, where a benchmark has both. */
  readonly memory: boolean;
  /** The parts to measure, where a benchmark has several; left out: all. */
  readonly only: readonly string[] | undefined;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    items: { type: 'string' },
    memory: { type: 'boolean' },
    only: { type: 'string' },
  },
});

async function main(name: string | undefined): Promise<boolean> {
  const run = await loadByName<BenchContext, readonly Figure[]>(
    import.meta.dirname,
    ['main', 'measure', 'report', 'layered-graph', 'live-memory'],
    name,
  );
  const workDir = await mkdtemp(join(tmpdir(), 'pedigree-bench-'));
  const stay = endWithSignal(() => rm(workDir, { recursive: true, force: true }));
  try {
    const figures = await run({
      workDir,
      log: (line) => console.error(line),
      items: values.items === undefined ? undefined : Number(values.items),
      memory: values.memory === true,
      only: values.only?.split(','),
    });
    const report = toReport(name ?? '', figures);
    console.log(toTable(report));
    if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
    return figures.every((figure) => figure.holds);
  } finally {
    stay();
    await rm(workDir, { recursive: true, force: true });
  }
}

try {
  process.exitCode = (await main(positionals[0])) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
