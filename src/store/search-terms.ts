/** What artifacts are found by, as it follows from their entries: their names, their owners and their columns. Pure. */
import { EVERY_COLUMN } from '../domain/columns.js';
import type { ColumnRef } from '../domain/column-facts.js';
import type { Owned } from '../domain/owners.js';
import { kindOfUrn, parseKnownUrn } from '../domain/urn.js';

/** Longest text of a term, in code points: an index holds no longer keys than 8 kB. */
const MAX_TEXT = 500;

/** The parts of an id that a name is known by. */
export interface Named {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

export interface Term extends Named {
  readonly match: 'NAME' | 'OWNER' | 'COLUMN';
  /** As it was written; it is found in lower case. */
  readonly shown: string;
}

/** Undefined for decisions, which have no versions and of which there are too many, and for attestations. */
export function nameTerm(id: string): Term | undefined {
  const kind = kindOfUrn(id);
  if (kind === 'Prediction' || kind === 'Attestation') return undefined;
  const named = namedBy(id);
  return { match: 'NAME', ...named, shown: named.name };
}

/** Undefined for an empty text: nothing is found by it. */
export function ownerTerm({ of, owner }: Owned): Term | undefined {
  return termOf('OWNER', of, owner);
}

/** Undefined for the column that stands for all of them. */
export function columnTerm({ dataset, column }: ColumnRef): Term | undefined {
  return column === EVERY_COLUMN ? undefined : termOf('COLUMN', `${dataset}@-`, column);
}

function termOf(match: Term['match'], id: string, text: string): Term | undefined {
  const shown = Array.from(text.slice(0, 2 * MAX_TEXT))
    .slice(0, MAX_TEXT)
    .join('');
  return shown === '' ? undefined : { match, ...namedBy(id), shown };
}

function namedBy(id: string): Named {
  const { kind, namespace, name } = parseKnownUrn(id);
  return { kind, namespace, name };
}
