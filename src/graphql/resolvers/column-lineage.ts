/** `columnLineage`: pages of columns, with the links between them. */
import type { ColumnLink, ColumnRef } from '../../domain/column-facts.js';
import { EVERY_COLUMN } from '../../domain/columns.js';
import { kindOfUrn, parseUrn } from '../../domain/urn.js';
import type { ColumnLineageArgs, ColumnLineagePage, ColumnNode } from '../../lineage/column-service.js';
import type { RequestContext } from '../context.js';
import { toList } from './artifact.js';

export const columnLineageResolvers = {
  Query: {
    columnLineage: (
      _: unknown,
      args: ColumnLineageArgs,
      { services, principal }: RequestContext,
    ): Promise<ColumnLineagePage> => services.columns.columnLineage(args, principal.name),
  },
  ColumnNode: {
    column: (node: ColumnNode): ColumnRef => node,
    links: ({ links }: ColumnNode) => toList(links),
  },
  ColumnLink: {
    transformation: ({ transformation }: ColumnLink) => (transformation === '' ? null : transformation),
  },
  Column: {
    kind: ({ dataset }: ColumnRef) => kindOfUrn(dataset),
    namespace: ({ dataset }: ColumnRef) => partsOf(dataset).namespace,
    name: ({ dataset }: ColumnRef) => partsOf(dataset).name,
    column: ({ dataset, column }: ColumnRef) =>
      column === EVERY_COLUMN && kindOfUrn(dataset) === 'FeatureDef' ? null : column,
  },
};

/** An id without a version, taken apart. */
function partsOf(dataset: string): { namespace: string; name: string } {
  return parseUrn(`${dataset}@any`);
}
