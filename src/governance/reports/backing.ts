/** What backs a report as a whole: every entry that one of its statements or gaps names. */
import type { NamedLeaf } from '../evidence/closure.js';
import type { Report } from './report.js';

export interface Backing {
  /** In words: it stands in the evidence file, so it names no person. */
  readonly of: string;
  /** In log order, each once. */
  readonly entries: readonly NamedLeaf[];
  /** Named, and not declared: there is no entry. By id. */
  readonly undeclared: readonly string[];
}

export function backingOf({ kind, of, sections, gaps }: Report): Backing {
  const leaves = new Map<string, number>();
  const undeclared = new Set<string>();
  for (const { references } of [...sections.flatMap(({ statements }) => statements), ...gaps]) {
    for (const { id, leafIndex } of references) {
      if (leafIndex === undefined) undeclared.add(id);
      else leaves.set(id, leafIndex);
    }
  }
  const entries = [...leaves].map(([id, leafIndex]) => ({ id, leafIndex }));
  return {
    of: kind === 'SUBJECT_ACCESS' ? `report ${kind}` : `report ${kind} of ${of}`,
    entries: entries.sort((a, b) => a.leafIndex - b.leafIndex),
    undeclared: [...undeclared].sort(),
  };
}
