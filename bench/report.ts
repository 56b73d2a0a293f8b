/** What a benchmark hands back, and how it is shown: as a table for people and as JSON for programs. */
import { cpus, totalmem } from 'node:os';

/** One comparison. `ours` and `reference` are medians over `runs`, in the unit that `name` says. */
export interface Figure {
  readonly name: string;
  readonly ours: number;
  readonly reference: number;
  /** `ours / reference`. */
  readonly ratio: number;
  /** What the ratio must be, as `<= 2` or `>= 0.7`; null where a figure is only shown. */
  readonly bar: string | null;
  readonly holds: boolean;
  readonly runs: number;
  /** How far the ratios of the single runs lie apart: (highest − lowest) / median. */
  readonly spread: number;
}

export interface Report {
  readonly bench: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGb: number;
    readonly node: string;
  };
  readonly figures: readonly Figure[];
}

export function toReport(bench: string, figures: readonly Figure[]): Report {
  const machine = {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
  };
  return { bench, machine, figures };
}

export function toTable({ bench, machine, figures }: Report): string {
  const rows = figures.map((figure) => [
    figure.name,
    toText(figure.ours),
    toText(figure.reference),
    toText(figure.ratio),
    figure.bar ?? '',
    figure.holds ? 'holds' : 'FAILS',
    `${figure.runs}`,
    `${Math.round(figure.spread * 100)} %`,
  ]);
  const table = [['figure', 'ours', 'reference', 'ratio', 'bar', '', 'runs', 'spread'], ...rows];
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = table.map((row) =>
    row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join('  '),
  );
  return [`${bench} on ${machine.cores} × ${machine.cpu}, Node ${machine.node}`, ...lines].join('\n');
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

function toText(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
