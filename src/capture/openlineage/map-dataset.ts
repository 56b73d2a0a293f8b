/** What an event says about its data sets → the `datasets` of the entry that supplements them. */
import type { SupplementedColumn, SupplementedDataset } from '../../domain/supplement.js';
import type { DatasetUse } from './event-ids.js';
import { listOf, objectOf, present, textOf } from './loose.js';
import { deletedFacets, descriptionOf, liveFacet, ownersOf, tagsOf } from './map-run.js';

export function mapDataset({ id, role, dataset }: DatasetUse): SupplementedDataset {
  const { facets } = dataset;
  const source = liveFacet(facets, 'dataSource');
  const lifecycle = liveFacet(facets, 'lifecycleStateChange');
  return {
    id,
    role,
    ...present({
      schema: columnsOf(liveFacet(facets, 'schema').fields),
      location: textOf(source.uri),
      source: textOf(source.name),
      description: descriptionOf(facets),
      owners: ownersOf(facets),
      tags: tagsOf(facets),
      symlinks: symlinksOf(liveFacet(facets, 'symlinks').identifiers),
      storage: storageOf(liveFacet(facets, 'storage')),
      lifecycle: textOf(lifecycle.lifecycleStateChange),
      previous: identifierOf(lifecycle.previousIdentifier),
      deleted: deletedFacets(facets),
    }),
  };
}

const MAX_NESTING = 32;

/** Columns in order; a struct's members follow it under `struct.member`, as column lineage names them. */
function columnsOf(fields: unknown, prefix = '', depth = 0): SupplementedColumn[] {
  if (depth > MAX_NESTING) return [];
  return listOf(fields).flatMap((field): SupplementedColumn[] => {
    const { name, type, description, fields: nested } = objectOf(field);
    const own = textOf(name);
    if (own === undefined) return [];
    const column = {
      name: `${prefix}${own}`,
      ...present({ type: textOf(type), description: textOf(description) }),
    };
    return [column, ...columnsOf(nested, `${prefix}${own}.`, depth + 1)];
  });
}

interface Identifier {
  readonly namespace: string;
  readonly name: string;
  readonly type?: string;
}

function symlinksOf(identifiers: unknown): Identifier[] {
  return listOf(identifiers).flatMap((identifier) => identifierOf(identifier) ?? []);
}

function identifierOf(identifier: unknown): Identifier | undefined {
  const { namespace, name, type } = objectOf(identifier);
  const known = { namespace: textOf(namespace), name: textOf(name) };
  if (known.namespace === undefined || known.name === undefined) return undefined;
  return present({ ...known, type: textOf(type) }) as Identifier;
}

function storageOf({
  storageLayer,
  fileFormat,
}: Readonly<Record<string, unknown>>): SupplementedDataset['storage'] {
  return present({ layer: textOf(storageLayer), format: textOf(fileFormat) });
}
