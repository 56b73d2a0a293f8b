/** Decision groups and decisions as impact needs them. Every answer holds as of one tree size, whatever is written meanwhile. */
import type { RowLineage } from '../domain/declaration.js';
import { PedigreeError, required } from '../domain/errors.js';
import type { PredictionMode } from '../domain/kinds.js';
import { OPEN_UNTIL } from './as-of.js';
import type { StatementRunner } from './database.js';
import type { Bounded } from './lineage-reader.js';
import {
  decisionCountDecidedBetween,
  decisionCountDecisions,
  decisionListNewest,
  decisionListOldest,
  impactListDeployments,
  impactListFedGroups,
  impactListGroups,
  impactListGroupsOf,
  impactListUnions,
  impactListUsedOutputs,
} from './queries.gen.js';
import type { StoredProps } from './stored-values.js';

/** All decisions of one model, from one set of data sets, in one mode. */
export interface DecisionGroup {
  readonly number: number;
  readonly mode: PredictionMode;
  /** Id of the model. */
  readonly model: string;
  /** True if an attestation changed what one of its decisions was made by or from. */
  readonly amended: boolean;
  /** True if the model itself depends on the artifact asked about, not only the scored data. */
  readonly throughModel: boolean;
}

/** A window of decision time, in milliseconds since the epoch: from `from` up to but not including `to`. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

export const ANY_TIME: TimeWindow = { from: 0, to: OPEN_UNTIL };

/** A decision in the order of (occurredAt, leafIndex). */
export interface PlacedDecision {
  readonly id: string;
  /** Number of its group. */
  readonly number: number;
  readonly occurredAt: number;
  readonly leafIndex: number;
}

/** A place between decisions. */
export interface TimePosition {
  readonly occurredAt: number;
  readonly leafIndex: number;
}

export type TimeOrder = 'NEWEST_FIRST' | 'OLDEST_FIRST';

/** A decision that used the output of others, which are declared as of the same point. */
export interface CascadedDecision extends PlacedDecision {
  readonly causes: readonly { readonly id: string; readonly group: number | null }[];
}

export interface Deployment {
  readonly model: string;
  readonly attestation: StoredProps;
}

/** Most decision groups that one question may concern; a group is a model, a set of data sets and a mode. */
const MAX_GROUPS = 100_000;

export class ImpactReader {
  constructor(
    private readonly runner: StatementRunner,
    private readonly asOf: number,
  ) {}

  /** The groups of decisions made by or from an artifact or what depends on it, by number. Error: `BAD_INPUT`. */
  async groups(of: string): Promise<DecisionGroup[]> {
    return toGroups(await this.runner.run(impactListGroups, { of, asOf: this.asOf, first: MAX_GROUPS + 1 }));
  }

  /** The groups of decisions made by or from one of some artifacts themselves, by number. Error: `BAD_INPUT`. */
  async groupsOf(ids: readonly string[]): Promise<DecisionGroup[]> {
    if (ids.length === 0) return [];
    const { asOf } = this;
    return toGroups(await this.runner.run(impactListGroupsOf, { ids, asOf, first: MAX_GROUPS + 1 }));
  }

  /** The groups that have decisions which used output of these groups', at any distance; some may be among these. */
  async fedGroups(numbers: readonly number[]): Promise<DecisionGroup[]> {
    if (numbers.length === 0) return [];
    const { asOf } = this;
    return toGroups(await this.runner.run(impactListFedGroups, { numbers, asOf, first: MAX_GROUPS + 1 }));
  }

  /** Decisions of each group, by group number; a group without any is left out. */
  async counts(
    groups: readonly number[],
    window: TimeWindow = ANY_TIME,
  ): Promise<ReadonlyMap<number, number>> {
    if (groups.length === 0) return new Map();
    const { asOf } = this;
    const rows =
      window.from <= ANY_TIME.from && window.to >= ANY_TIME.to
        ? await this.runner.run(decisionCountDecisions, { groups, asOf })
        : await this.runner.run(decisionCountDecidedBetween, { groups, asOf, ...window });
    return new Map(rows.map(({ number, decisions }) => [number, decisions]));
  }

  /** At least the next `first` decisions of each group after a position, or all there are; in no order. */
  async decisions(
    groups: readonly number[],
    order: TimeOrder,
    window: TimeWindow,
    after: TimePosition,
    first: number,
  ): Promise<PlacedDecision[]> {
    if (groups.length === 0) return [];
    const { asOf } = this;
    const { occurredAt: afterTime, leafIndex } = after;
    if (order === 'OLDEST_FIRST') {
      const params = { groups, asOf, to: window.to, afterTime, afterLeaf: leafIndex, first };
      return this.runner.run(decisionListOldest, params);
    }
    const afterLeaf = Math.min(leafIndex, asOf);
    return this.runner.run(decisionListNewest, {
      groups,
      asOf,
      from: window.from,
      afterTime,
      afterLeaf,
      first,
    });
  }

  /** The decisions of these groups that used another's output, each with whose; the caller bounds the groups. */
  async usedOutputs(groups: readonly number[]): Promise<CascadedDecision[]> {
    if (groups.length === 0) return [];
    return this.runner.run(impactListUsedOutputs, { groups, asOf: this.asOf });
  }

  /** True if what depends on the artifact passes through a union that has other parts, too. */
  async passesPartialUnion(of: string): Promise<boolean> {
    const unions = await this.runner.run(impactListUnions, { of, asOf: this.asOf });
    return unions.some(({ props, affected }) => {
      const { rows = [] } = JSON.parse(props) as { rows?: readonly RowLineage[] };
      const parts = rows.filter(({ mode }) => mode === 'UNION').map(({ from }) => from);
      return parts.some((id) => affected.includes(id)) && !parts.every((id) => affected.includes(id));
    });
  }

  /** Where the affected models are deployed and not retired since: oldest first, at most `first`. */
  async deployments(of: string, first: number): Promise<Bounded<Deployment>> {
    const [row] = await this.runner.run(impactListDeployments, { of, asOf: this.asOf, first });
    return { items: row?.deployments ?? [], total: row?.total ?? 0 };
  }
}

interface GroupRow {
  readonly number: number;
  readonly mode: string;
  readonly model: string;
  readonly amended: boolean;
  readonly throughModel: boolean;
}

function toGroups(rows: readonly GroupRow[]): DecisionGroup[] {
  if (rows.length > MAX_GROUPS) {
    throw new PedigreeError(
      'BAD_INPUT',
      required(
        `impact adds up at most ${MAX_GROUPS.toLocaleString('en')} decision groups; ask about something further down`,
        'more',
      ),
    );
  }
  return rows.map((row) => ({ ...row, mode: row.mode as PredictionMode }));
}
