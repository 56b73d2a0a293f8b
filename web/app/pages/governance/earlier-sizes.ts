/** Which earlier sizes of a log are shown: some of all of its life, and the one that somebody kept. */

/** Trees that are shown beside the kept one. */
const SHOWN = 4;

/** Largest first, each once, from 1 to below `size` but for the kept one, which may be of today. */
export function earlierSizes(size: number, kept?: number): number[] {
  const parts = Array.from({ length: SHOWN }, (_, i) => Math.floor((size * (SHOWN - i)) / (SHOWN + 1)));
  const sizes = parts.filter((part) => part >= 1 && part < size);
  return [...new Set(kept === undefined ? sizes : [...sizes, kept])].sort((a, b) => b - a);
}
