/** From what suspects and controls depend on to a ranked list of causes. Pure: no I/O. */
import { benjaminiHochberg } from '../domain/statistics/benjamini-hochberg.js';
import { fisherExactGreater, oddsRatio, riskDifference, type Contingency } from './association-test.js';
import type { Dependence } from './root-cause-dependence.js';

/** An artifact on which suspects depend more often than controls do. */
export interface Association {
  readonly id: string;
  readonly table: Contingency;
  /** One-sided, by Fisher's exact test. */
  readonly pValue: number;
  /** By Benjamini–Hochberg, over the distinct sets of dependent decisions. */
  readonly adjustedPValue: number;
  readonly riskDifference: number;
  readonly oddsRatio: number;
  /** The same number for artifacts on which exactly the same decisions depend. */
  readonly pattern: number;
}

export interface Associations {
  readonly items: readonly Association[];
  /** How many distinct sets of dependent decisions were tested. */
  readonly tested: number;
}

/** Tests every artifact on which some but not all decisions depend; keeps those that suspects depend on more often. */
export function associate(suspects: readonly Dependence[], controls: readonly Dependence[]): Associations {
  const tallies = tally(suspects, controls);
  const tables = new Map<number, Contingency>();
  for (const { pattern, suspectsWith, controlsWith } of tallies.values()) {
    if (suspectsWith === suspects.length && controlsWith === controls.length) continue;
    tables.set(pattern, {
      suspectsWith,
      suspectsWithout: suspects.length - suspectsWith,
      controlsWith,
      controlsWithout: controls.length - controlsWith,
    });
  }
  const patterns = [...tables].map(([pattern, table]) => ({ pattern, table, p: fisherExactGreater(table) }));
  const adjusted = benjaminiHochberg(patterns.map(({ p }) => p));
  const tests = new Map(patterns.map((test, i) => [test.pattern, { ...test, adjusted: adjusted[i] ?? 1 }]));
  const items = [...tallies].flatMap(([id, { pattern }]): Association[] => {
    const test = tests.get(pattern);
    if (!test || riskDifference(test.table) <= 0) return [];
    const { table, p } = test;
    return [
      {
        id,
        table,
        pValue: p,
        adjustedPValue: test.adjusted,
        riskDifference: riskDifference(table),
        oddsRatio: oddsRatio(table),
        pattern,
      },
    ];
  });
  return { items, tested: patterns.length };
}

interface Tally {
  suspectsWith: number;
  controlsWith: number;
  /** Which decisions depend on it: refined signature by signature. */
  pattern: number;
}

function tally(suspects: readonly Dependence[], controls: readonly Dependence[]): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  const refined = new Map<string, number>();
  for (const [signature, { on, suspectsWith, controlsWith }] of bySignature(suspects, controls)) {
    for (const id of on) {
      const before = tallies.get(id) ?? { suspectsWith: 0, controlsWith: 0, pattern: -1 };
      const step = `${String(before.pattern)} ${String(signature)}`;
      const pattern = refined.get(step) ?? refined.size;
      refined.set(step, pattern);
      tallies.set(id, {
        suspectsWith: before.suspectsWith + suspectsWith,
        controlsWith: before.controlsWith + controlsWith,
        pattern,
      });
    }
  }
  return tallies;
}

interface Alike {
  readonly on: ReadonlySet<string>;
  suspectsWith: number;
  controlsWith: number;
}

/** Decisions that depend on the same are counted once together, numbered from 0. */
function bySignature(suspects: readonly Dependence[], controls: readonly Dependence[]): [number, Alike][] {
  const alike = new Map<string, Alike>();
  const of = ({ on, signature }: Dependence): Alike => {
    const entry = alike.get(signature) ?? { on, suspectsWith: 0, controlsWith: 0 };
    alike.set(signature, entry);
    return entry;
  };
  for (const dependence of suspects) of(dependence).suspectsWith += 1;
  for (const dependence of controls) of(dependence).controlsWith += 1;
  return [...alike.values()].map((entry, i) => [i, entry]);
}
