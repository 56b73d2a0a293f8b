/** `contracts` and `schemaChange`: what data must be, and whom it breaks if it changes. */
import type { ColumnRef } from '../../domain/column-facts.js';
import { unversionedId } from '../../domain/column-facts.js';
import type { SchemaField } from '../../domain/declaration.js';
import { PedigreeError, required } from '../../domain/errors.js';
import { kindOfUrn } from '../../domain/urn.js';
import { resolveAsOf, type AsOfInput } from '../../lineage/as-of.js';
import { notFound } from '../../lineage/lineage-service.js';
import { ColumnReader } from '../../store/column-reader.js';
import { ContractReader } from '../../store/contract-reader.js';
import type { Database, StatementRunner } from '../../store/database.js';
import { LineageReader, type Bounded, type StoredEdge } from '../../store/lineage-reader.js';
import { openValues, type StoredProps } from '../../store/stored-values.js';
import { compareSchemas, type ColumnChange } from './compare-schemas.js';

/** Most readers that are looked at, most consumers that are listed and followed, most columns that one change is followed to, most models that are listed. */
const MAX_READERS = 10_000;
const MAX_CONSUMERS = 200;
const MAX_COLUMNS = 1_000;
const MAX_MODELS = 1_000;

export interface ContractList extends Bounded<StoredProps> {
  readonly asOf: number;
}

/** A change, and the columns and features that were made from the column. */
export interface ReachingChange extends ColumnChange {
  readonly reaches: Bounded<ColumnRef>;
}

/** Who reads the earlier version, by which edge. */
export interface SchemaConsumer {
  readonly id: string;
  readonly edge: StoredEdge['type'];
  /** The changed columns that it says it reads; empty if it does not say which it reads. */
  readonly columns: readonly string[];
  /** False if it does not say which columns it reads: it may be broken. */
  readonly certain: boolean;
}

export interface SchemaChange {
  readonly asOf: number;
  readonly from: string;
  readonly to: string;
  readonly changes: readonly ReachingChange[];
  readonly consumers: Bounded<SchemaConsumer>;
  /** Models downstream of the consumers. */
  readonly models: Bounded<string>;
}

export interface SchemaChangeArgs {
  readonly from: string;
  readonly to: string;
  readonly asOf?: AsOfInput | null | undefined;
}

export class ContractService {
  constructor(private readonly database: Database) {}

  /** Contracts of a data set, whichever version they were declared for; newest first. Errors: `BAD_URN`, `URN_KIND_MISMATCH`, `AS_OF_IN_FUTURE`. */
  async contracts(of: string, first: number, asOf?: AsOfInput | null): Promise<ContractList> {
    requireDataset(of);
    return this.database.read(async (runner) => {
      const size = await resolveAsOf(asOf, runner);
      return { asOf: size, ...(await new ContractReader(runner).of(unversionedId(of), size, first)) };
    });
  }

  /**
   * What changed in the columns from one version to another, and who reads what was changed.
   *
   * Errors: `BAD_URN`, `URN_KIND_MISMATCH`, `NOT_FOUND`, `BAD_INPUT` for a version that declared no columns, `AS_OF_IN_FUTURE`.
   */
  async schemaChange({ from, to, asOf }: SchemaChangeArgs): Promise<SchemaChange> {
    for (const id of [from, to]) requireDataset(id);
    return this.database.read(async (runner) => {
      const size = await resolveAsOf(asOf, runner);
      const nodes = await new LineageReader(runner).nodes([from, to], size);
      const [before, after] = [from, to].map((id) => schemaOf(id, nodes.get(id)));
      const found = compareSchemas(before ?? [], after ?? []);
      const changes: ReachingChange[] = [];
      for (const change of found)
        changes.push({ ...change, reaches: await reached(runner, from, change, size) });
      const broken = found.filter(({ breaking }) => breaking).map(({ column }) => column);
      const consumers = await consumersOf(runner, from, [...new Set(broken)], size);
      return { asOf: size, from, to, changes, consumers, models: await modelsOf(runner, consumers, size) };
    });
  }
}

function requireDataset(id: string): void {
  if (kindOfUrn(id) === 'Dataset') return;
  throw new PedigreeError('URN_KIND_MISMATCH', required('this must be the id of a data set', id));
}

function schemaOf(id: string, props: StoredProps | undefined): readonly SchemaField[] {
  if (props?.declared !== true) throw notFound(id);
  const schema = openValues(props).get('value/schema') as readonly SchemaField[] | undefined;
  if (schema) return schema;
  throw new PedigreeError('BAD_INPUT', `${id} must have declared its columns ("schema"), but it has not`);
}

/** What was made from a column that readers can no longer rely on; nothing for a change that breaks nobody. */
async function reached(
  runner: StatementRunner,
  from: string,
  { column, breaking }: ColumnChange,
  asOf: number,
): Promise<Bounded<ColumnRef>> {
  if (!breaking) return { items: [], total: 0 };
  const of = { dataset: unversionedId(from), column };
  const found = await new ColumnReader(runner).page(
    { of, direction: 'DOWNSTREAM', asOf },
    0,
    MAX_COLUMNS + 1,
  );
  const items = found.slice(0, MAX_COLUMNS);
  return { items, total: items.length, atLeast: found.length > items.length };
}

async function consumersOf(
  runner: StatementRunner,
  from: string,
  broken: readonly string[],
  asOf: number,
): Promise<Bounded<SchemaConsumer>> {
  if (broken.length === 0) return { items: [], total: 0 };
  const edges = await new LineageReader(runner).edges([from], 'DOWNSTREAM', asOf, MAX_READERS);
  const readers = (edges.get(from)?.items ?? []).flatMap((edge) => {
    const consumer = consumerOf(edge, broken);
    return consumer ? [consumer] : [];
  });
  const atLeast = edges.get(from)?.atLeast === true;
  return { items: readers.slice(0, MAX_CONSUMERS), total: readers.length, ...(atLeast ? { atLeast } : {}) };
}

function consumerOf(
  { type, from, props }: StoredEdge,
  broken: readonly string[],
): SchemaConsumer | undefined {
  // A version that an unversioned read was bound to is the same data.
  if (type === 'RESOLVED_TO') return undefined;
  const { columns } = props as { readonly columns?: readonly string[] };
  if (columns === undefined) return { id: from, edge: type, columns: [], certain: false };
  const used = columns.filter((column) => broken.includes(column));
  return used.length === 0 ? undefined : { id: from, edge: type, columns: used, certain: true };
}

async function modelsOf(
  runner: StatementRunner,
  { items }: Bounded<SchemaConsumer>,
  asOf: number,
): Promise<Bounded<string>> {
  const reader = new LineageReader(runner);
  const models = new Set<string>();
  let atLeast = false;
  for (const { id } of items) {
    if (kindOfUrn(id) === 'Model') models.add(id);
    const walk = { of: id, direction: 'DOWNSTREAM' as const, asOf, filter: { kinds: ['Model' as const] } };
    const found = await reader.page(walk, { depth: 0, seq: -1 }, MAX_MODELS + 1);
    if (found.length > MAX_MODELS) atLeast = true;
    for (const model of found) models.add(model.id);
  }
  const all = [...models].sort();
  return { items: all.slice(0, MAX_MODELS), total: all.length, ...(atLeast ? { atLeast } : {}) };
}
