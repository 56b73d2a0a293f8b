/**
 * `npm run torture -- NAME [--cycles N] [--seed S]`: the long form of a kill, fault or property run in
 * `test/torture/NAME.ts`. Exit code 0 when no promise was broken, 1 otherwise.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

import { loadByName } from '../../scripts/load-by-name.js';
import type { Outcome, TortureContext } from './outcome.js';

const DEFAULT_CYCLES = 20;

async function main(): Promise<boolean> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { cycles: { type: 'string' }, seed: { type: 'string' } },
  });
  const name = positionals[0];
  const run = await loadByName<TortureContext, Outcome>(
    import.meta.dirname,
    ['main', 'outcome', 'random'],
    name,
  );
  const cycles = toCount('--cycles', values.cycles) ?? DEFAULT_CYCLES;
  const seed = toCount('--seed', values.seed) ?? randomInt(2 ** 31);
  console.error(`${name}: ${cycles} cycles, seed ${seed}`);
  const outcome = await run({ cycles, seed, log: (line) => console.error(line) });
  for (const [fact, value] of Object.entries(outcome.facts)) console.log(`${fact}: ${value}`);
  for (const violation of outcome.violations) console.log(`VIOLATION ${violation}`);
  console.log(`${outcome.cycles} cycles, ${outcome.violations.length} violations, seed ${seed}`);
  return outcome.violations.length === 0;
}

function toCount(option: string, text: string | undefined): number | undefined {
  if (text === undefined || /^\d{1,10}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new Error(`${option} must be a whole number, but got: "${text}"`);
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
