/** How far a load has come, on standard error: a bar on a terminal, else a line every ten seconds. */
import { Presets, SingleBar } from 'cli-progress';
import type { DeclareProgress } from '../sdk/index.js';

export interface LoadProgress {
  /** @param bytes how much of the source has its receipts */
  show(progress: DeclareProgress, bytes: number): void;
  end(): void;
}

const EVERY_MS = 10_000;

/** @param total bytes of the source; undefined if nobody knows */
export function loadProgress(total: number | undefined): LoadProgress {
  return process.stderr.isTTY && total !== undefined ? barOf(total) : linesOf(total);
}

function barOf(total: number): LoadProgress {
  const format = '{bar} {percentage}% | {items} items, {refused} refused | {eta_formatted} left';
  const bar = new SingleBar({ format, stream: process.stderr, etaBuffer: 500 }, Presets.shades_classic);
  bar.start(total, 0, { items: 0, refused: 0 });
  return {
    show: ({ accepted, refused }, bytes) => {
      bar.update(bytes, { items: accepted + refused, refused });
    },
    end: () => {
      bar.stop();
    },
  };
}

function linesOf(total: number | undefined): LoadProgress {
  let next = Date.now() + EVERY_MS;
  return {
    show: ({ accepted, refused }, bytes) => {
      if (Date.now() < next) return;
      next = Date.now() + EVERY_MS;
      const share = total === undefined ? '' : ` (${String(Math.floor((bytes / total) * 100))}%)`;
      process.stderr.write(`${String(accepted + refused)} items${share}, ${String(refused)} refused\n`);
    },
    end: () => undefined,
  };
}
