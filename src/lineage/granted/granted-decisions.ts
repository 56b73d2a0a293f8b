/**
 * The decisions that a grant lets its holder count and list. Always `DATA_SET_LEVEL`: what lies between may be hidden, so
 * rows are not followed, and the word must not depend on what is hidden.
 */
import type { Grant } from '../../access/grant.js';
import type { Database } from '../../store/database.js';
import {
  ImpactReader,
  type DecisionGroup,
  type Deployment,
  type TimeWindow,
} from '../../store/impact-reader.js';
import { byHappening } from '../../store/happening-order.js';
import type { Bounded } from '../../store/lineage-reader.js';
import type { StoredProps } from '../../store/stored-values.js';
import type { AffectedDecisions, SingleDecision } from '../affected-decisions.js';
import type { AffectedBy, DecisionSource } from '../decision-source.js';
import type { GrantedGraph } from './granted-graph.js';
import { HIDDEN_ID } from './redaction.js';

/** Most attestations of one model that are looked at for its deployments. */
const MAX_ATTESTATIONS = 10_000;

export class GrantedDecisions implements DecisionSource {
  constructor(
    private readonly database: Database,
    private readonly graph: GrantedGraph,
    private readonly grant: Grant,
  ) {}

  affected<T>(
    { of, window }: AffectedBy,
    work: (reader: ImpactReader, affected: AffectedDecisions, decidedIn: TimeWindow) => Promise<T>,
  ): Promise<T> {
    const { asOf, kinds, decidedFrom = 0, decidedTo = Infinity } = this.grant;
    const from = Math.max(window.from, decidedFrom);
    const decidedIn = { from, to: Math.max(from, Math.min(window.to, decidedTo)) };
    return this.database.read(async (runner) => {
      const reader = new ImpactReader(runner, asOf);
      const groups = kinds && !kinds.includes('Prediction') ? [] : await this.groups(reader, of);
      const single = await this.singles(of, new Set(groups.map(({ number }) => number)));
      return work(reader, { groups, single, precision: 'DATA_SET_LEVEL' }, decidedIn);
    });
  }

  async deployments(of: string, asOf: number, first: number): Promise<Bounded<Deployment>> {
    const models = [...this.graph.links.walk(of, 'DOWNSTREAM').keys()].filter(
      (id) => id.startsWith('model:') && this.graph.has(id),
    );
    const attested = await this.graph.attestations(models, asOf, MAX_ATTESTATIONS);
    const deployments = models.flatMap((model) =>
      inForce(attested.get(model)?.items ?? []).map((attestation) => ({ model, attestation })),
    );
    const leaf = ({ attestation }: Deployment): number => attestation.leafIndex as number;
    deployments.sort((a, b) => leaf(a) - leaf(b) || (a.model < b.model ? -1 : 1));
    return { items: deployments.slice(0, first), total: deployments.length };
  }

  /** Where the grant goes downstream: whole groups of visible models, reached over what is visible or stands for it. */
  private async groups(reader: ImpactReader, of: string): Promise<DecisionGroup[]> {
    const { covered, shown } = this.graph.parts;
    if (!covered.DOWNSTREAM.has(of)) return [];
    const reached = this.graph.links.walk(of, 'DOWNSTREAM');
    const hidden = [...shown.standsFor].flatMap(([id, surrogate]) => (reached.has(surrogate) ? [id] : []));
    const near = await reader.groupsOf([
      ...hidden,
      ...[...reached.keys()].filter((id) => this.graph.has(id)),
    ]);
    const fed = await reader.fedGroups(near.map(({ number }) => number));
    const all = new Map([...fed, ...near].map((group) => [group.number, group]));
    return [...all.values()].filter(({ model }) => this.graph.has(model));
  }

  /** Decisions that are artifacts of the granted graph themselves, but for those of the groups. */
  private async singles(of: string, groups: ReadonlySet<number>): Promise<SingleDecision[]> {
    const ids = this.graph.decisionsThatReach(of);
    const found = await this.graph.nodes(ids);
    return [...found.values()].flatMap((props) => {
      const number = props.group as number | undefined;
      if (props.declared !== true || number === undefined || groups.has(number)) return [];
      return [this.single(props, number)];
    });
  }

  private single(props: StoredProps, number: number): SingleDecision {
    const id = props.id as string;
    const model = this.graph.links.causes.get(id)?.find(({ type }) => type === 'MADE_BY')?.to ?? HIDDEN_ID;
    const mode = props.mode as DecisionGroup['mode'];
    return {
      ...{ id, number, occurredAt: props.occurredAt as number, leafIndex: props.leafIndex as number },
      group: { number, mode, model, amended: false, throughModel: false },
    };
  }
}

/** Deployments that no later retirement of the same model ends. */
function inForce(attestations: readonly StoredProps[]): StoredProps[] {
  const retired = attestations.filter(({ type }) => type === 'RETIRED');
  return attestations.filter(
    (props) => props.type === 'DEPLOYED' && !retired.some((end) => byHappening(end, props) > 0),
  );
}
