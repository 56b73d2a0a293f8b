/** Artifacts and attestations: a stored node becomes the type of the schema. */
import { PedigreeError } from '../../domain/errors.js';
import type { Json } from '../../domain/json.js';
import { kindOfUrn, parseUrn } from '../../domain/urn.js';
import type { PersonalMember } from '../../lineage/personal-service.js';
import type { Bounded } from '../../store/lineage-reader.js';
import { kidsOfPaths, openValues, type StoredProps } from '../../store/stored-values.js';
import { toAsOf, type AsOfArg } from '../as-of.js';
import type { RequestContext } from '../context.js';
import type { Loaders } from '../loaders.js';

/** The parent of the type `Artifact`: a node, and the tree size as of which it is shown. */
export interface ArtifactSource {
  readonly props: StoredProps;
  readonly asOf: number;
}

interface ListArgs {
  readonly first: number;
}

const VALUE_PATH = 'value/';
const FEATURE_PATH = 'value/features/';

export const artifactResolvers = {
  Query: {
    artifact: async (
      _: unknown,
      { id, asOf }: { id: string; asOf?: AsOfArg | null },
      { services, loaders }: RequestContext,
    ): Promise<ArtifactSource | null> => {
      parseUrn(id);
      const size = await services.graphs.read((graph) => graph.asOf(toAsOf(asOf)));
      const props = await loaders.artifacts.load({ id, asOf: size });
      return props ? { props, asOf: size } : null;
    },
  },
  Artifact: {
    id: ({ props }: ArtifactSource) => props.id,
    kind: ({ props }: ArtifactSource) => kindOfUrn(props.id as string),
    // Of the id and not of the node: an answer may name one that is not there as of its point.
    namespace: ({ props }: ArtifactSource) => parseUrn(props.id).namespace,
    name: ({ props }: ArtifactSource) => parseUrn(props.id).name,
    version: ({ props }: ArtifactSource) => parseUrn(props.id).version,
    declared: ({ props }: ArtifactSource) => props.declared === true,
    digest: ({ props }: ArtifactSource) => props.digest,
    occurredAt: ({ props }: ArtifactSource) => props.occurredAt,
    recordedAt: ({ props }: ArtifactSource) => props.recordedAt,
    declaredBy: ({ props }: ArtifactSource) => props.by,
    fields: ({ props }: ArtifactSource) => openFields(props),
    causes: async ({ props, asOf }: ArtifactSource, { first }: ListArgs, { loaders }: RequestContext) =>
      toList(await loaders.edges.load({ id: props.id as string, asOf, first, direction: 'UPSTREAM' })),
    attestations: async ({ props, asOf }: ArtifactSource, { first }: ListArgs, { loaders }: RequestContext) =>
      toList(await loaders.attestations.load({ id: props.id as string, asOf, first })),
    personal: ({ props }: ArtifactSource, _: unknown, context: RequestContext) => personalIn(props, context),
  },
  Attestation: {
    declaredBy: (props: StoredProps) => props.by,
    fields: (props: StoredProps) => openFields(props),
    about: async ({ id }: StoredProps, { first }: ListArgs, { loaders }: RequestContext) =>
      toList(await loaders.abouts.load({ id: id as string, first })),
    personal: (props: StoredProps, _: unknown, context: RequestContext) => personalIn(props, context),
  },
  PersonalMember: {
    state: ({ read }: PersonalMember) => read.state,
    value: personalValue,
  },
};

/** What could be read for the answer is noted in the record of this read, if there is one. */
async function personalIn(
  props: StoredProps,
  { services, principal, recording }: RequestContext,
): Promise<readonly PersonalMember[]> {
  const members = await services.personal.membersOf(props, principal.scopes.has('READ_PERSONAL'));
  const open = new Set(members.filter(({ read }) => 'value' in read).map(({ path }) => path));
  recording.read?.looked(props.id as string, open.size, kidsOfPaths(props, open));
  return members;
}

/** Only where reads are recorded: a subscription could pass the record by. Error: `FORBIDDEN`. */
function personalValue({ read }: PersonalMember, _: unknown, { recording }: RequestContext): Json | null {
  if (!('value' in read)) return null;
  if (recording.read) return read.value;
  throw new PedigreeError(
    'FORBIDDEN',
    'personal values are read by queries to /graphql, where the read is recorded',
  );
}

/** An artifact that another answer names, as of that answer's point; its id alone if it is no longer there. */
export async function artifactAsOf(loaders: Loaders, id: string, asOf: number): Promise<ArtifactSource> {
  const props = await loaders.artifacts.load({ id, asOf });
  return { props: props ?? { id }, asOf };
}

/** The open fields of a node by name, without single feature values. */
function openFields(props: StoredProps): Record<string, Json> {
  return Object.fromEntries(
    [...openValues(props)].flatMap(([path, value]) =>
      path.startsWith(VALUE_PATH) && !path.startsWith(FEATURE_PATH)
        ? [[path.slice(VALUE_PATH.length), value]]
        : [],
    ),
  );
}

export function toList<T>({ items, total, atLeast = false, hidden = false }: Bounded<T>): {
  items: readonly T[];
  total: number;
  totalIsExact: boolean;
  truncated: boolean;
  hidden: boolean;
} {
  return { items, total, totalIsExact: !atLeast, truncated: total > items.length, hidden };
}
