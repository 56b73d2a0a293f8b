/** `contracts` and `schemaChange`. */
import { toContractYaml } from '../../domain/contract/contract-yaml.js';
import type { JsonObject } from '../../domain/json.js';
import type {
  ContractList,
  ReachingChange,
  SchemaChange,
  SchemaChangeArgs,
  SchemaConsumer,
} from '../../governance/contracts/contract-service.js';
import { openValues, type StoredProps } from '../../store/stored-values.js';
import { toAsOf, type WithAsOf } from '../as-of.js';
import type { RequestContext } from '../context.js';
import { artifactAsOf, type ArtifactSource } from './artifact.js';

interface ContractsArgs {
  readonly of: string;
  readonly first: number;
}

/** The parent of the type `DataContract`: the attestation. */
const documentOf = (props: StoredProps): JsonObject => openValues(props).get('value/document') as JsonObject;

type ConsumerParent = SchemaConsumer & { readonly asOf: number };

export const contractResolvers = {
  Query: {
    contracts: (
      _: unknown,
      { of, first, asOf }: WithAsOf<ContractsArgs>,
      { services }: RequestContext,
    ): Promise<ContractList> => services.contracts.contracts(of, first, toAsOf(asOf)),
    schemaChange: (
      _: unknown,
      { asOf, ...question }: WithAsOf<SchemaChangeArgs>,
      { services }: RequestContext,
    ): Promise<SchemaChange> => services.contracts.schemaChange({ ...question, asOf: toAsOf(asOf) }),
  },
  DataContractList: {
    truncated: ({ items, total }: ContractList) => total > items.length,
  },
  DataContract: {
    name: (props: StoredProps) => documentOf(props).name ?? documentOf(props).id,
    version: (props: StoredProps) => documentOf(props).version,
    digest: (props: StoredProps) => openValues(props).get('value/contractDigest'),
    document: documentOf,
    yaml: (props: StoredProps) => toContractYaml(documentOf(props)),
    attestation: (props: StoredProps) => props,
  },
  ColumnChange: {
    reaches: ({ reaches }: ReachingChange) => reaches.items,
    reachesTruncated: ({ reaches }: ReachingChange) => reaches.atLeast === true,
  },
  SchemaChange: {
    breaking: ({ changes }: SchemaChange) => changes.filter(({ breaking }) => breaking).length,
    consumers: ({ consumers, asOf }: SchemaChange): ConsumerParent[] =>
      consumers.items.map((consumer) => ({ ...consumer, asOf })),
    consumersTotal: ({ consumers }: SchemaChange) => consumers.total,
    consumersTruncated: ({ consumers: { items, total, atLeast } }: SchemaChange) =>
      atLeast === true || total > items.length,
    models: ({ models: { items, total, atLeast } }: SchemaChange) => ({
      items,
      total,
      truncated: atLeast === true || total > items.length,
    }),
  },
  SchemaConsumer: {
    artifact: (
      { id, asOf }: ConsumerParent,
      _: unknown,
      { loaders }: RequestContext,
    ): Promise<ArtifactSource> => artifactAsOf(loaders, id, asOf),
  },
};
