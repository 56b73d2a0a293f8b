/** What a grant is computed from: everything that its roots lead to, as of its point. */
import { edgeTypeOf, type ArtifactKind, type Classification } from '../domain/kinds.js';
import type { JsonObject } from '../domain/json.js';
import type { StatementRunner } from './database.js';
import type { StoredEdge } from './lineage-reader.js';
import {
  grantListLinks,
  grantListScopeDownstream,
  grantListScopeUpstream,
  grantReadDecisions,
  type GrantListScopeUpstreamRow,
} from './queries.gen.js';
import { kindOfLabels, type Direction, type RunOutcome } from './walk.js';

/** An artifact with what a scope and the filters of lineage look at. */
export interface ScopeNode {
  readonly id: string;
  readonly kind: ArtifactKind;
  readonly namespace: string;
  readonly name: string;
  readonly declared: boolean;
  /** Of its entry; left out for a placeholder. */
  readonly leafIndex?: number;
  /** SHA-256 of its entry in hex; left out for a placeholder. */
  readonly digest?: string;
  /** Milliseconds since the epoch; left out for a placeholder. */
  readonly occurredAt?: number;
  readonly classification?: Classification;
  /** Of a run only. */
  readonly runState?: RunOutcome;
}

/** Artifacts whose edges are read at once. */
const PAGE = 1_000;

export class ScopeReader {
  constructor(
    private readonly runner: StatementRunner,
    private readonly asOf: number,
  ) {}

  /** The roots and everything that they lead to in one direction, in no order; at most `first`. */
  async closure(roots: readonly string[], direction: Direction, first: number): Promise<ScopeNode[]> {
    const statement = direction === 'UPSTREAM' ? grantListScopeUpstream : grantListScopeDownstream;
    return (await this.runner.run(statement, { roots, asOf: this.asOf, first })).map(toNode);
  }

  /** Declared decisions by their ids; what is none, or not declared, is left out. */
  async decisions(ids: readonly string[]): Promise<ScopeNode[]> {
    const rows = await this.runner.run(grantReadDecisions, { ids, asOf: this.asOf });
    return rows.map((row) => ({ ...row, kind: 'Prediction', declared: true }));
  }

  /** The edges that leave these artifacts; at most `first` or a page of artifacts' more. */
  async links(ids: readonly string[], first: number): Promise<StoredEdge[]> {
    const { asOf } = this;
    const edges: StoredEdge[] = [];
    for (let i = 0; i < ids.length && edges.length < first; i += PAGE) {
      const rows = await this.runner.run(grantListLinks, { ids: ids.slice(i, i + PAGE), asOf, first });
      for (const { type, props, toDigest, ...edge } of rows) {
        edges.push({
          ...edge,
          type: edgeTypeOf(type),
          props: props === null ? {} : (JSON.parse(props) as JsonObject),
          ...(toDigest === null ? {} : { toDigest }),
        });
      }
    }
    return edges;
  }
}

function toNode({
  labels,
  leafIndex,
  digest,
  occurredAt,
  classification,
  runState,
  ...node
}: GrantListScopeUpstreamRow): ScopeNode {
  return {
    ...node,
    kind: kindOfLabels(labels),
    declared: leafIndex !== null,
    ...(leafIndex === null ? {} : { leafIndex }),
    ...(digest === null ? {} : { digest }),
    ...(occurredAt === null ? {} : { occurredAt }),
    ...(classification === null ? {} : { classification: classification as Classification }),
    ...(runState === null ? {} : { runState: runState as RunOutcome }),
  };
}
