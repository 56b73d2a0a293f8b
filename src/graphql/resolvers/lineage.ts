/** `lineage`: pages of nodes; what hangs on a node comes through the loaders. */
import { kindOfUrn } from '../../domain/urn.js';
import type { LineageArgs, LineageNode, LineagePage } from '../../lineage/lineage-service.js';
import type { DepthCount } from '../../store/lineage-reader.js';
import { toAsOf, type WithAsOf } from '../as-of.js';
import type { RequestContext } from '../context.js';
import { toList, type ArtifactSource } from './artifact.js';

export const lineageResolvers = {
  Query: {
    lineage: (
      _: unknown,
      { asOf, ...args }: WithAsOf<LineageArgs>,
      { services, principal }: RequestContext,
    ): Promise<LineagePage> => services.lineage.lineage({ ...args, asOf: toAsOf(asOf) }, principal.name),
  },
  Lineage: {
    totals: async ({ totals }: LineagePage) => summarise(await totals()),
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

interface Totals {
  readonly nodes: number;
  readonly byKind: readonly { readonly kind: string; readonly count: number }[];
  readonly byDepth: readonly DepthCount[];
  readonly maxDepth: number;
}

function summarise(byDepth: readonly DepthCount[]): Totals {
  const kinds = new Map<string, number>();
  for (const { kind, count } of byDepth) kinds.set(kind, (kinds.get(kind) ?? 0) + count);
  return {
    nodes: byDepth.reduce((sum, { count }) => sum + count, 0),
    byKind: [...kinds].map(([kind, count]) => ({ kind, count })),
    byDepth,
    maxDepth: byDepth.at(-1)?.depth ?? 0,
  };
}
