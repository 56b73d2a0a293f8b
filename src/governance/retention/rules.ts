/** Retention rules: how long personal values must be kept, and when they must be gone. The operator's file states them. */
import type { EntryKind } from '../../domain/kinds.js';
import type { Period } from '../../domain/period.js';
import { kindOfUrn, parseUrn } from '../../domain/urn.js';

/** Every sealed value is personal; it is of a special category if what it belongs to, or was made from, says so. */
export const SENSITIVITIES = ['PERSONAL', 'SPECIAL'] as const;

export interface RetentionRule {
  readonly id: string;
  /** Kinds that it applies to; every kind if left out. So it is with the two below. */
  readonly kinds?: readonly EntryKind[] | undefined;
  readonly classifications?: readonly (typeof SENSITIVITIES)[number][] | undefined;
  /** Namespaces; a trailing `*` stands for a prefix. */
  readonly namespaces?: readonly string[] | undefined;
  /** The duty: kept at least so long. */
  readonly keepFor?: Period | undefined;
  /** The deadline: gone after so long, unless a duty lasts longer. */
  readonly eraseAfter?: Period | undefined;
  /** The law or decision behind it. */
  readonly basis: string;
  /** What restricted values may be read for while the duty lasts. */
  readonly purpose?: string | undefined;
}

export interface RetentionRules {
  readonly version: string;
  /** SHA-256 of the file, in hex: what a run was done by. */
  readonly digest: string;
  readonly items: readonly RetentionRule[];
}

/** One declaration that has values under a key. */
export interface SealedThing {
  readonly id: string;
  /** Milliseconds since the epoch, by its producer's word. */
  readonly occurredAt: number;
  /** Milliseconds since the epoch, by ours. */
  readonly recordedAt: number;
  readonly special: boolean;
}

/** True if a rule says something about a declaration. */
export function applies(rule: RetentionRule, { id, special }: SealedThing): boolean {
  const { kinds, classifications, namespaces } = rule;
  const { namespace } = parseUrn(id);
  return (
    (kinds?.includes(kindOfUrn(id)) ?? true) &&
    (classifications?.includes(special ? 'SPECIAL' : 'PERSONAL') ?? true) &&
    (namespaces?.some((pattern) => matches(pattern, namespace)) ?? true)
  );
}

function matches(pattern: string, namespace: string): boolean {
  return pattern.endsWith('*') ? namespace.startsWith(pattern.slice(0, -1)) : pattern === namespace;
}
