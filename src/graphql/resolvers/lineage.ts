/** `lineage`: pages of nodes; what hangs on a node comes through the loaders. */
import { kindOfUrn } from '../../domain/urn.js';
import type { GraphQLResolveInfo } from 'graphql';
import type {
  Collapse,
  LineageArgs,
  LineageGroups,
  LineageNode,
  LineagePage,
  LineageParts,
  TotalsWanted,
} from '../../lineage/lineage-service.js';
import type { KindCount } from '../../store/lineage-totals.js';
import { toAsOf, type WithAsOf } from '../as-of.js';
import type { RequestContext } from '../context.js';
import { selections } from '../selection.js';
import { toList, type ArtifactSource } from './artifact.js';
import { decisionsBelow, type ModelDecisionGroupList } from './decision-groups.js';

interface First {
  readonly first: number;
}

export const lineageResolvers = {
  Query: {
    lineage: (
      _: unknown,
      { asOf, ...args }: WithAsOf<LineageArgs>,
      { services, principal }: RequestContext,
      info: GraphQLResolveInfo,
    ): Promise<LineagePage> =>
      services.lineage.lineage({ ...args, asOf: toAsOf(asOf) }, principal.name, partsOf(info)),
    lineageGroups: (
      _: unknown,
      { asOf, collapse, ...args }: WithAsOf<LineageArgs> & { readonly collapse: Collapse },
      { services, principal }: RequestContext,
    ): Promise<LineageGroups> =>
      services.lineage.groups({ ...args, asOf: toAsOf(asOf) }, collapse, principal.name),
  },
  Lineage: {
    totals: ({ totals }: LineagePage) => summarise(totals),
    incomplete: ({ root }: LineagePage, _: unknown, { granted }: RequestContext) =>
      granted?.incomplete(root.id, root.direction),
    surrogates: ({ root }: LineagePage, { first }: First, { granted }: RequestContext) => {
      const all = granted?.surrogates(root.id, root.direction) ?? [];
      return toList({ items: all.slice(0, first), total: all.length });
    },
    decisions: (
      { root }: LineagePage,
      args: First,
      context: RequestContext,
    ): Promise<ModelDecisionGroupList> => decisionsBelow(root, args, context),
  },
  Surrogate: {
    reason: () => 'OUTSIDE_GRANT',
  },
  LineageGroups: {
    incomplete: ({ root }: LineageGroups, _: unknown, { granted }: RequestContext) =>
      granted?.incomplete(root.id, root.direction),
    decisions: (
      { root }: LineageGroups,
      args: First,
      context: RequestContext,
    ): Promise<ModelDecisionGroupList> => decisionsBelow(root, args, context),
  },
  LineageNode: {
    kind: ({ id }: LineageNode) => kindOfUrn(id),
    artifact: async (
      { id, asOf }: LineageNode,
      _: unknown,
      { loaders }: RequestContext,
    ): Promise<ArtifactSource> => {
      const props = await loaders.artifacts.load({ id, asOf });
      return { props: props ?? { id }, asOf };
    },
    edges: async (
      { id, asOf, direction }: LineageNode,
      { first }: { first: number },
      { loaders }: RequestContext,
    ) => toList(await loaders.edges.load({ id, asOf, first, direction })),
  },
};

const OF_THE_PAGE = ['nodes', 'hasNextPage', 'endCursor'];

function partsOf(info: GraphQLResolveInfo): LineageParts {
  const page = OF_THE_PAGE.some((field) => selections(info, field).length > 0);
  return { page, totals: totalsWanted(info) };
}

function totalsWanted(info: GraphQLResolveInfo): TotalsWanted {
  if (selections(info, 'totals').length === 0) return 'NONE';
  return selections(info, 'totals', 'byDepth').length > 0 ? 'BY_DEPTH' : 'BY_KIND';
}

interface Totals {
  readonly nodes: number;
  readonly byKind: readonly { readonly kind: string; readonly count: number }[];
  readonly byDepth: readonly KindCount[];
  readonly maxDepth: number;
}

function summarise(counts: readonly KindCount[]): Totals {
  const kinds = new Map<string, number>();
  for (const { kind, count } of counts) kinds.set(kind, (kinds.get(kind) ?? 0) + count);
  return {
    nodes: counts.reduce((sum, { count }) => sum + count, 0),
    byKind: [...kinds].map(([kind, count]) => ({ kind, count })),
    byDepth: counts,
    maxDepth: counts.reduce((max, { deepest }) => Math.max(max, deepest), 0),
  };
}
