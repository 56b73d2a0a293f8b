/** `impact`: what an artifact affects – artifacts, models, deployments, decisions – as of one point. */
import type { CursorSealer } from '../access/cursor.js';
import { PedigreeError, required } from '../domain/errors.js';
import type { Json } from '../domain/json.js';
import type { PredictionMode } from '../domain/kinds.js';
import { parseUrn } from '../domain/urn.js';
import type { Database, StatementRunner } from '../store/database.js';
import {
  ANY_TIME,
  ImpactReader,
  type Deployment,
  type PlacedDecision,
  type TimeOrder,
  type TimeWindow,
} from '../store/impact-reader.js';
import { LineageReader, type Bounded, type KindCount } from '../store/lineage-reader.js';
import { readHead } from '../store/log-head.js';
import { findAffected, type AffectedDecisions, type Precision } from './affected-decisions.js';
import { resolveAsOf, type AsOfInput } from './as-of.js';
import { countDecisions, type DecisionCount } from './decision-count.js';
import { beforeFirst, nextDecisions } from './impact-page.js';
import { requireArtifact } from './lineage-service.js';

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
    private readonly database: Database,
    private readonly cursors: CursorSealer,
  ) {}

  /** Errors: `BAD_URN`, `URN_KIND_MISMATCH`, `NOT_FOUND`, `AS_OF_IN_FUTURE`, `BAD_INPUT`, `TIMEOUT`. */
  async impact(args: ImpactArgs): Promise<Impact> {
    const window = checkArgs(args);
    const { of } = args;
    const asOf = await this.database.read((runner) => pointOf(runner, args));
    const graph = new LineageReader(this.database);
    return {
      of,
      asOf,
      artifacts: () => graph.counts({ of, direction: 'DOWNSTREAM', asOf }, false),
      models: (page, reader) => this.models(of, asOf, page, reader),
      deployments: (first) => new ImpactReader(this.database, asOf).deployments(of, first),
      decisions: () =>
        this.database.read(async (runner) => {
          const reader = new ImpactReader(runner, asOf);
          return countDecisions(reader, inModes(await findAffected(reader, of), args.modes), window);
        }),
    };
  }

  /**
   * One page of affected decisions by the time at which they were decided, those of one moment in log order.
   *
   * Errors: as `impact`, and `BAD_CURSOR`.
   */
  async decisions(args: ImpactedArgs, principal: string): Promise<ImpactedPage> {
    const window = checkArgs(args);
    const scope = { reader: principal, question: questionOf(args) };
    const resumed = args.after == null ? undefined : this.cursors.open(args.after, scope);
    return this.database.read(async (runner) => {
      const asOf = resumed?.asOf ?? (await pointOf(runner, args));
      const reader = new ImpactReader(runner, asOf);
      const affected = inModes(await findAffected(reader, args.of), args.modes);
      const [occurredAt, leafIndex] = resumed?.position ?? [];
      const after =
        occurredAt === undefined || leafIndex === undefined
          ? beforeFirst(args.order, window)
          : { occurredAt, leafIndex };
      const { order } = args;
      const found = await nextDecisions(reader, affected, { order, window, after, first: args.first + 1 });
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
    const walk = { of, direction: 'DOWNSTREAM', asOf, kinds: ['Model'] } as const;
    const found = await new LineageReader(this.database).page(walk, { depth, seq }, first + 1);
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

async function pointOf(runner: StatementRunner, { of, asOf }: ImpactArgs): Promise<number> {
  const graph = new LineageReader(runner);
  const size = await resolveAsOf(asOf, await readHead(runner), graph);
  await requireArtifact(graph, of, size);
  return size;
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

function inModes(
  affected: AffectedDecisions,
  modes: readonly PredictionMode[] | null | undefined,
): AffectedDecisions {
  if (modes == null) return affected;
  return {
    ...affected,
    groups: affected.groups.filter(({ mode }) => modes.includes(mode)),
    single: affected.single.filter(({ group }) => modes.includes(group.mode)),
  };
}

/** Everything that decides which list the pages come from; the as-of point is in the cursor itself. */
function questionOf({ of, modes, from, to, order }: ImpactedArgs): Json {
  return ['impactedDecisions', of, [...(modes ?? ['all'])].sort(), from ?? 'any', to ?? 'any', order];
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
