/** The edges of a run, each said once however often the function said it. */
import type { EdgeDeclaration } from '../domain/declaration.js';
import { idOf, type Ref } from './links.js';
import type { ReadOptions } from './run.js';

interface Read {
  /** Undefined means all columns. */
  columns: Set<string> | undefined;
  toDigest: string | undefined;
}

export class RunEdges {
  private readonly reads = new Map<string, Read>();
  private readonly applied = new Set<string>();

  /** Reading some columns, then others, is reading both; reading all is reading all. */
  read(input: Ref, { columns, toDigest }: ReadOptions): void {
    const id = idOf(input);
    const before = this.reads.get(id);
    const all = columns === undefined || (before !== undefined && before.columns === undefined);
    this.reads.set(id, {
      columns: all ? undefined : new Set([...(before?.columns ?? []), ...columns]),
      toDigest: toDigest ?? before?.toDigest,
    });
  }

  apply(definition: Ref): void {
    this.applied.add(idOf(definition));
  }

  /** In the form in which an attestation about the run `from` states them. */
  list(from: string): EdgeDeclaration[] {
    const reads = [...this.reads].map(([to, { columns, toDigest }]) => ({
      type: 'READ' as const,
      from,
      to,
      ...(columns === undefined ? {} : { props: { columns: [...columns] } }),
      ...(toDigest === undefined ? {} : { toDigest }),
    }));
    return [...reads, ...[...this.applied].map((to) => ({ type: 'APPLIED' as const, from, to }))];
  }
}
