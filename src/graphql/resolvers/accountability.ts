/** `servedAt`: which version answered, and whether it had been approved. */
import type { Served, ServedArgs, ServedModel } from '../../governance/accountability-service.js';
import { toAsOf, type WithAsOf } from '../as-of.js';
import type { RequestContext } from '../context.js';
import { artifactAsOf, type ArtifactSource } from './artifact.js';

type ServedParent = ServedModel & { readonly asOf: number };

export const accountabilityResolvers = {
  Query: {
    servedAt: (
      _: unknown,
      { asOf, ...question }: WithAsOf<ServedArgs>,
      { services }: RequestContext,
    ): Promise<Served> => services.accountability.servedAt({ ...question, asOf: toAsOf(asOf) }),
  },
  Served: {
    items: ({ items, asOf }: Served): readonly ServedParent[] => items.map((item) => ({ ...item, asOf })),
  },
  ServedModel: {
    model: (
      { model, asOf }: ServedParent,
      _: unknown,
      { loaders }: RequestContext,
    ): Promise<ArtifactSource> => artifactAsOf(loaders, model, asOf),
  },
};
