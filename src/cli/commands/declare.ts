/** `pedigree declare`: a load of any length from a file or a pipe, with progress and receipts. */
import { Command } from 'commander';
import type { DeclareAllResult, Receipt } from '../../sdk/index.js';
import { connectionFor } from '../connection.js';
import { declarationLines, openDeclarations, type DeclarationSource } from '../declaration-lines.js';
import { loadProgress } from '../load-progress.js';

interface DeclareOptions {
  readonly jsonl?: true;
}

/** Refusals are told one by one up to here; `--jsonl` tells all. */
const MOST_TOLD = 20;
/** How far sending runs ahead of receipts: little, so that an interrupted load is soon at rest. */
const AHEAD = { maxBatch: 1_000, maxQueue: 3_000 };
const REFUSED = 1;
const INTERRUPTED = 130;

export function declareCommand(): Command {
  return new Command('declare')
    .description('declare what a file holds: NDJSON of any length, or a JSON array')
    .argument('[file]', 'the file; - for standard input', '-')
    .option('--jsonl', 'print each receipt on standard output, as one line of JSON')
    .addHelpText('after', `\n${HELP}`)
    .action(async (file: string, options: DeclareOptions) => {
      process.exitCode = await declareFile(file, options);
    });
}

const HELP = `The server is PEDIGREE_URL with PEDIGREE_TOKEN, or else the one of this machine's data folder.
Interrupted or failed, run it again: what was declared gets its first receipt again, and nothing is there twice.
Exit codes: 0 all accepted, 1 some refused, 2 the file cannot be used, 4 not allowed, 5 no server, 130 interrupted.`;

async function declareFile(file: string, { jsonl }: DeclareOptions): Promise<number> {
  const source = await openDeclarations(file);
  const { PedigreeClient } = await import('../../sdk/index.js');
  const client = new PedigreeClient({ ...(await connectionFor('writer', 'declare')), ...AHEAD });
  const stop = new AbortController();
  process.once('SIGINT', () => {
    stop.abort();
  });
  const load = new Load(source, jsonl === true);
  try {
    const result = await client.declareLines(load.lines(stop.signal), load.listeners);
    return load.summarize(result, stop.signal.aborted);
  } finally {
    load.end();
    source.stream.destroy();
    await client.close();
  }
}

class Load {
  private bytes = 0;
  private told = 0;
  /** Sizes of the lines that have no receipt yet, by index. */
  private readonly sizes = new Map<number, number>();
  private readonly progress;

  constructor(
    private readonly source: DeclarationSource,
    private readonly jsonl: boolean,
  ) {
    this.progress = loadProgress(source.bytes);
  }

  /** Ends early when the signal says so: what was sent by then still gets its receipts. */
  async *lines(signal: AbortSignal): AsyncGenerator<string> {
    let index = 0;
    for await (const line of declarationLines(this.source)) {
      if (signal.aborted) return;
      this.sizes.set(index++, Buffer.byteLength(line) + 1);
      yield line;
    }
  }

  readonly listeners = {
    onReceipt: (receipt: Receipt): void => {
      this.bytes += this.sizes.get(receipt.index) ?? 0;
      this.sizes.delete(receipt.index);
      if (this.jsonl) process.stdout.write(`${JSON.stringify(receipt)}\n`);
      if ('error' in receipt) this.tell(receipt.error);
    },
    onProgress: (progress: DeclareAllResult & { readonly sent: number }): void => {
      this.progress.show(progress, this.bytes);
    },
  };

  end(): void {
    this.progress.end();
  }

  /** Says what became of the load; returns the exit code. */
  summarize({ accepted, repeated, refused }: DeclareAllResult, interrupted: boolean): number {
    this.end();
    const counts = `${String(accepted)} accepted (${String(repeated)} of them were there before), ${String(refused)} refused`;
    const again = interrupted ? '; interrupted: run it again to declare the rest' : '';
    process.stderr.write(`${counts}${again}\n`);
    if (interrupted) return INTERRUPTED;
    return refused > 0 ? REFUSED : 0;
  }

  private tell({ code, message }: { readonly code: string; readonly message: string }): void {
    this.told++;
    if (this.told <= MOST_TOLD) process.stderr.write(`${message} (${code})\n`);
    if (this.told === MOST_TOLD)
      process.stderr.write('further refusals are counted only; --jsonl has them\n');
  }
}
