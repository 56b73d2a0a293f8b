/** An entry that was made again against its leaf in the log, part by part. */
import { leafOf, type Entry } from '../../ledger/entry.js';
import type { StoredProps } from '../../store/stored-values.js';
import { compareValues, type Finding } from './finding.js';

export type GroupName = 'values' | 'edges';

interface LoggedLeaf {
  readonly at: number;
  readonly by: string;
  readonly decl: Readonly<Record<'edges' | 'head' | 'values' | 't', string>> & { readonly k: number };
}

/**
 * Everything in which they differ.
 *
 * @param make makes the entry; what it throws is a finding, and never the end of the whole check
 * @param explain says more about a group of members that differs, if it can
 */
export function compareMade(
  id: string,
  props: StoredProps,
  leaf: Buffer,
  make: () => Entry,
  explain: (group: GroupName, logged: string) => Finding[] | undefined = () => undefined,
): Finding[] {
  const logged = parseLeaf(leaf);
  if (!logged) return [{ kind: 'altered', id, part: 'its leaf in the log', stored: leaf.toString('latin1') }];
  let made: Entry;
  try {
    made = make();
  } catch (error) {
    return [{ kind: 'altered', id, part: 'values', stored: `cannot be read: ${(error as Error).message}` }];
  }
  const decl = JSON.parse(made.decl) as LoggedLeaf['decl'];
  const findings = [
    ...compareValues(id, 'k (version of the log key)', decl.k, logged.decl.k),
    ...compareValues(id, 'head (id, kind, occurredAt)', decl.head, logged.decl.head),
    ...compareValues(id, 'by (who declared it)', made.by, logged.by),
    ...compareValues(id, 'recordedAt', props.recordedAt, logged.at),
    ...compareValues(id, 'digest', props.digest, made.digest),
    ...(['values', 'edges'] as const).flatMap((group) =>
      decl[group] === logged.decl[group]
        ? []
        : (explain(group, logged.decl[group]) ?? compareValues(id, group, decl[group], logged.decl[group])),
    ),
  ];
  if (findings.length > 0 || leafOf(made, props.recordedAt as number).equals(leaf)) return findings;
  return [{ kind: 'altered', id, part: 'its leaf in the log', stored: leaf.toString('latin1') }];
}

/** Undefined for bytes that are no leaf of this format. */
function parseLeaf(leaf: Buffer): LoggedLeaf | undefined {
  try {
    const { at, by, decl } = JSON.parse(leaf.toString('utf8')) as Partial<LoggedLeaf>;
    return typeof decl === 'object' ? { at: at as number, by: by as string, decl } : undefined;
  } catch {
    return undefined;
  }
}
