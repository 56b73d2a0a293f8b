/** Random readers of a world: roles that may not read personal values, and holders of random grants. */
import { ARTIFACT_KINDS, type ArtifactKind } from '../../../src/domain/kinds.js';
import type { Role } from '../../../src/access/scopes.js';
import type { Random } from '../random.js';
import { DAY_MS, FIRST_DAY, GUESSED, RANGE } from './world.js';

export interface GrantSketch {
  readonly roots: readonly number[];
  readonly direction: 'UPSTREAM' | 'DOWNSTREAM' | 'BOTH';
  readonly kinds: readonly ArtifactKind[];
  readonly depth: number | undefined;
  readonly window: readonly [from: number, to: number] | undefined;
  readonly reveal: 'KIND' | 'NOTHING';
  readonly personal: boolean;
  /** True if personal values are masked by {@link MASKING}. */
  readonly masked: boolean;
}

/** Leaves of a decision's income the range that it lies in, and of other personal values nothing. */
export const MASKING = {
  name: 'noninterference',
  rules: [{ classifications: ['PERSONAL', 'SPECIAL'], names: [GUESSED], mask: 'RANGE', width: RANGE }],
};

export type ReaderSketch = { readonly role: Role } | { readonly grant: GrantSketch };

export function randomReader(random: Random, nodes: number): ReaderSketch {
  if (random(4) === 0) return randomRole(random);
  const kinds = ARTIFACT_KINDS.filter(() => random(3) > 0);
  const from = random(6);
  return {
    grant: {
      roots: [...new Set([random(nodes), random(nodes)])],
      direction: (['UPSTREAM', 'DOWNSTREAM', 'BOTH'] as const)[random(3)]!,
      kinds: kinds.length === 0 ? ['Dataset'] : kinds,
      depth: random(2) === 0 ? undefined : 1 + random(3),
      window: random(3) === 0 ? [from, from + 1 + random(5)] : undefined,
      reveal: random(4) === 0 ? 'KIND' : 'NOTHING',
      personal: random(3) > 0,
      masked: random(2) === 0,
    },
  };
}

export function randomRole(random: Random): ReaderSketch {
  return { role: (['reader', 'writer', 'governance'] as const)[random(3)]! };
}

/** `GrantInput` of a sketch. */
export function grantInput(
  { roots, direction, kinds, depth, window, reveal, personal, masked }: GrantSketch,
  id: (node: number) => string,
  expiresAt: string,
): object {
  const day = (n: number): string => new Date(FIRST_DAY + n * DAY_MS).toISOString();
  return {
    ...{ holder: 'x', purpose: 'y', roots: roots.map(id), direction, kinds, reveal, personal, expiresAt },
    ...(depth === undefined ? {} : { depth }),
    ...(masked ? { profile: { name: MASKING.name } } : {}),
    ...(window ? { decidedFrom: day(window[0]), decidedTo: day(window[1]) } : {}),
  };
}
