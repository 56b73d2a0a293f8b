/** `impact`: what an artifact affects – artifacts, models, deployments, decisions – as of one point. */
import type { CursorSealer } from '../access/cursor.js';
import { PedigreeError, required } from '../domain/errors.js';
import type { Json } from '../domain/json.js';
import type { PredictionMode } from '../domain/kinds.js';
import { parseUrn } from '../domain/urn.js';
import {
  ANY_TIME,
  type DecisionGroup,
  type Deployment,
  type PlacedDecision,
  type TimeOrder,
  type TimeWindow,
} from '../store/impact-reader.js';
import type { Bounded } from '../store/lineage-reader.js';
import type { KindCount } from '../store/lineage-totals.js';
import type { Walk } from '../store/walk.js';
import type { AffectedDecisions, Precision } from './affected-decisions.js';
import type { AsOfInput } from './as-of.js';
import { countDecisions, type DecisionCount } from './decision-count.js';
import type { DecisionSource } from './decision-source.js';
import { beforeFirst, nextDecisions } from './impact-page.js';
import type { GraphSource } from './lineage-graph.js';
import { requireArtifact } from './lineage-service.js';
import type { Looked } from './row-keys.js';

export interface ImpactArgs {
  readonly of: string;
  readonly asOf?: AsOfInput | null | undefined;
  readonly modes?: readonly PredictionMode[] | null | undefined;
  /** Decision time in milliseconds since the epoch: from this moment. */
  readonly from?: number | null | undefined;
  /** Up to but not including this moment. */
  readonly to?: number | null | undefined;
}

export interface ImpactedArgs extends ImpactArgs {
  /** Only decisions that these models made. */
  readonly models?: readonly string[] | null | undefined;
  readonly order: TimeOrder;
  readonly first: number;
  readonly after?: string | null | undefined;
}

/** What an artifact affects; each part is looked up when it is asked for, all as of the same point. */
export interface Impact {
  readonly of: string;
  readonly asOf: number;
  /** Affected artifacts by kind, the artifact itself not counted. */
  readonly artifacts: () => Promise<readonly KindCount[]>;
  /** Nearest first; the artifact itself is not among them. */
  readonly models: (page: { first: number; after?: string | null }, reader: string) => Promise<ModelPage>;
  readonly deployments: (first: number) => Promise<Bounded<Deployment>>;
  readonly decisions: () => Promise<DecisionCount>;
}

export interface ModelPage {
  readonly asOf: number;
  readonly ids: readonly string[];
  readonly hasNextPage: boolean;
  readonly endCursor?: string;
}

export interface ImpactedDecision extends PlacedDecision {
  readonly mode: PredictionMode;
  readonly model: string;
}

export interface ImpactedPage {
  readonly asOf: number;
  readonly precision: Precision;
  readonly items: readonly ImpactedDecision[];
  readonly hasNextPage: boolean;
  readonly endCursor?: string;
}

export class ImpactService {
  constructor(
    private readonly graphs: GraphSource,
    private readonly source: DecisionSource,
    private readonly cursors: CursorSealer,
  ) {}

  /** Errors: `BAD_URN`, `URN_KIND_MISMATCH`, `NOT_FOUND`, `AS_OF_IN_FUTURE`, `BAD_INPUT`, `TIMEOUT`. */
  async impact(args: ImpactArgs, looked: Looked | undefined): Promise<Impact> {
    const window = checkArgs(args);
    const { of } = args;
    const asOf = await this.pointOf(args);
    return {
      of,
      asOf,
      artifacts: () => this.graphs.read((graph) => graph.count({ of, direction: 'DOWNSTREAM', asOf }, false)),
      models: (page, reader) => this.models(of, asOf, page, reader),
      deployments: (first) => this.source.deployments(of, asOf, first),
      decisions: () =>
        this.source.affected({ of, asOf, looked, window }, (reader, affected, decidedIn) =>
          countDecisions(reader, ofGroups(affected, args), decidedIn),
        ),
    };
  }

  /**
   * One page of affected decisions by the time at which they were decided, those of one moment in log order.
   *
   * Errors: as `impact`, and `BAD_CURSOR`.
   */
  async decisions(args: ImpactedArgs, principal: string, looked: Looked | undefined): Promise<ImpactedPage> {
    const window = checkArgs(args);
    const scope = { reader: principal, question: questionOf(args) };
    const resumed = args.after == null ? undefined : this.cursors.open(args.after, scope);
    const { of, order } = args;
    const asOf = resumed?.asOf ?? (await this.pointOf(args));
    return this.source.affected({ of, asOf, looked, window }, async (reader, all, decidedIn) => {
      const affected = ofGroups(all, args);
      const [occurredAt, leafIndex] = resumed?.position ?? [];
      const after =
        occurredAt === undefined || leafIndex === undefined
          ? beforeFirst(order, decidedIn)
          : { occurredAt, leafIndex };
      const page = { order, window: decidedIn, after, first: args.first + 1 };
      const found = await nextDecisions(reader, affected, page);
      const items = withGroups(found.slice(0, args.first), affected);
      const last = items.at(-1);
      const endCursor =
        last && this.cursors.seal({ asOf, position: [last.occurredAt, last.leafIndex] }, scope);
      return {
        asOf,
        precision: affected.precision,
        items,
        hasNextPage: found.length > items.length,
        ...(endCursor === undefined ? {} : { endCursor }),
      };
    });
  }

  /** The cursor before the first page of the decisions that a model made, newest first, as of a point. */
  firstCursor(of: string, model: string, asOf: number, principal: string): string {
    const args = { of, models: [model], order: 'NEWEST_FIRST', first: 1 } as const;
    const { occurredAt, leafIndex } = beforeFirst(args.order, ANY_TIME);
    const scope = { reader: principal, question: questionOf(args) };
    return this.cursors.seal({ asOf, position: [occurredAt, leafIndex] }, scope);
  }

  private pointOf({ of, asOf }: ImpactArgs): Promise<number> {
    return this.graphs.read(async (graph) => {
      const size = await graph.asOf(asOf);
      await requireArtifact(graph, of, size);
      return size;
    });
  }

  private async models(
    of: string,
    now: number,
    { first, after }: { first: number; after?: string | null },
    reader: string,
  ): Promise<ModelPage> {
    const scope = { reader, question: ['impact.models', of] };
    const resumed = after == null ? undefined : this.cursors.open(after, scope);
    const asOf = resumed?.asOf ?? now;
    const [depth = 0, seq = -1] = resumed?.position ?? [];
    const walk: Walk = { of, direction: 'DOWNSTREAM', asOf, filter: { kinds: ['Model'] } };
    const found = await this.graphs.read((graph) => graph.page(walk, { depth, seq }, first + 1));
    const page = found.slice(0, first);
    const last = page.at(-1);
    return {
      asOf,
      ids: page.map(({ id }) => id),
      hasNextPage: found.length > page.length,
      ...(last ? { endCursor: this.cursors.seal({ asOf, position: [last.depth, last.seq] }, scope) } : {}),
    };
  }
}

/** The window asked for. Errors: `BAD_URN`, `URN_KIND_MISMATCH`, `BAD_INPUT`. */
function checkArgs({ of, from, to }: ImpactArgs): TimeWindow {
  if (parseUrn(of).kind === 'Prediction') {
    throw new PedigreeError(
      'URN_KIND_MISMATCH',
      required('impact takes the id of a data set, transform, feature definition or model', of),
    );
  }
  const window = { from: from ?? ANY_TIME.from, to: to ?? ANY_TIME.to };
  if (window.from < window.to) return window;
  throw new PedigreeError('BAD_INPUT', required('"from" must be earlier than "to"', { from, to }));
}

/** Those of some modes and models. */
function ofGroups(
  affected: AffectedDecisions,
  { modes, models }: Pick<ImpactedArgs, 'modes' | 'models'>,
): AffectedDecisions {
  const wanted = ({ mode, model }: DecisionGroup): boolean =>
    (modes == null || modes.includes(mode)) && (models == null || models.includes(model));
  return {
    ...affected,
    groups: affected.groups.filter(wanted),
    single: affected.single.filter(({ group }) => wanted(group)),
  };
}

/** Everything that decides which list the pages come from; the as-of point is in the cursor itself. */
function questionOf({ of, modes, models, from, to, order }: ImpactedArgs): Json {
  const groups = [modes, models].map((wanted) => [...(wanted ?? ['all'])].sort());
  return ['impactedDecisions', of, ...groups, from ?? 'any', to ?? 'any', order];
}

function withGroups(
  decisions: readonly PlacedDecision[],
  { groups, single }: AffectedDecisions,
): ImpactedDecision[] {
  const byNumber = new Map(
    [...groups, ...single.map(({ group }) => group)].map((group) => [group.number, group]),
  );
  return decisions.flatMap(({ id, number, occurredAt, leafIndex }) => {
    const group = byNumber.get(number);
    return group ? [{ id, number, occurredAt, leafIndex, mode: group.mode, model: group.model }] : [];
  });
}
