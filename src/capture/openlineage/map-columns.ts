/** The columnLineage facet of an output → the `columns` of its PRODUCED_BY edge. */
import { EVERY_COLUMN, type ColumnLineage, type ColumnSource } from '../../domain/columns.js';
import { unversionedId } from '../../domain/column-facts.js';
import { datasetId, type DatasetUse } from './event-ids.js';
import { listOf, objectOf, present, textOf } from './loose.js';
import { liveFacet } from './map-run.js';

/**
 * Columns by name, each with its sources: one for each way in which it depends on an input's column. What the facet
 * says of the data set as a whole (`dataset`: a join, a filter) is said of the column `*`.
 *
 * @param inputs the event's inputs: a source is a column of the version that was read
 */
export function mapColumns(
  output: DatasetUse,
  inputs: readonly DatasetUse[],
  runId: string,
): ColumnLineage[] {
  const facet = liveFacet(output.dataset.facets, 'columnLineage');
  const versionOf = versionsRead(inputs, runId);
  const fields = Object.entries(objectOf(facet.fields)).map(([column, field]): ColumnLineage => {
    const { inputFields, transformationType } = objectOf(field);
    return { column, from: sourcesOf(inputFields, versionOf, textOf(transformationType)) };
  });
  const whole = { column: EVERY_COLUMN, from: sourcesOf(facet.dataset, versionOf, undefined) };
  return [...fields, whole]
    .filter(({ column, from }) => textOf(column) !== undefined && from.length > 0)
    .sort((a, b) => (a.column < b.column ? -1 : 1));
}

function sourcesOf(
  inputFields: unknown,
  versionOf: (dataset: DatasetName) => string,
  otherwise: string | undefined,
): ColumnSource[] {
  const sources = listOf(inputFields).flatMap((input): ColumnSource[] => {
    const { namespace, name, field, transformations } = objectOf(input);
    const parts = { namespace: textOf(namespace), name: textOf(name), column: textOf(field) };
    if (parts.namespace === undefined || parts.name === undefined || parts.column === undefined) return [];
    const dataset = versionOf({ namespace: parts.namespace, name: parts.name });
    const ways = listOf(transformations).map(wayOf);
    return (ways.length === 0 ? [present({ transformation: otherwise })] : ways).map((way) => ({
      dataset,
      column: parts.column as string,
      ...way,
    }));
  });
  return [...new Map(sources.map((source) => [JSON.stringify(source), source])).values()];
}

/** `DIRECT/IDENTITY`, and whether the value was masked on the way. */
function wayOf(transformation: unknown): { transformation?: string; masking?: boolean } {
  const { type, subtype, masking } = objectOf(transformation);
  const name = [textOf(type), textOf(subtype)].filter((part) => part !== undefined).join('/');
  return present({ transformation: textOf(name), masking: masking === true ? true : undefined });
}

interface DatasetName {
  readonly namespace: string;
  readonly name: string;
}

/** The version of each data set that the event read; an event names the same few for all of its columns. */
function versionsRead(inputs: readonly DatasetUse[], runId: string): (dataset: DatasetName) => string {
  const stated = new Map(inputs.toReversed().map(({ id }) => [unversionedId(id), id]));
  const known = new Map<string, string>();
  return (dataset) => {
    const key = JSON.stringify([dataset.namespace, dataset.name]);
    let id = known.get(key);
    if (id === undefined) {
      const read = datasetId(dataset, `read:${runId}`);
      known.set(key, (id = stated.get(unversionedId(read)) ?? read));
    }
    return id;
  };
}
