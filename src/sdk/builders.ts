/** Declarations from friendly arguments: an id from its parts, edges by what they mean. */
import type {
  ArtifactDeclaration,
  DatasetFields,
  EdgeDeclaration,
  FeatureDefFields,
  FeatureValue,
  ModelFields,
  PredictionFields,
  RowKey,
  RowLineage,
  TransformFields,
} from '../domain/declaration.js';
import type { ArtifactKind, SCORED_ROLES } from '../domain/kinds.js';
import { formatUrn } from '../domain/urn.js';
import { edgesOf, idOf, listOf, type Link, type Links, type Ref } from './links.js';

/** The parts of an id, as plain text, and when the artifact came to be. */
export interface Identity {
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
  /** Milliseconds since the epoch or an ISO 8601 time with zone. */
  readonly occurredAt: number | string;
}

interface CommonArgs extends Identity {
  /** Edges in the wire format, beside those named here. */
  readonly edges?: readonly EdgeDeclaration[];
}

/** How rows come from the rows of one input. */
export type RowLineageArgs = Omit<RowLineage, 'from'> & { readonly from: Ref };

export interface DatasetArgs extends CommonArgs, DatasetFields {
  /** The run that wrote it and, for each of its inputs, how rows come from rows. */
  readonly producedBy?:
    Ref | { readonly to: Ref; readonly toDigest?: string; readonly rows?: readonly RowLineageArgs[] };
}

export interface TransformArgs extends CommonArgs, TransformFields {
  /** The data sets that it read. */
  readonly reads?: Links<{ readonly columns?: readonly string[] }>;
  /** The feature definitions that it computed. */
  readonly applied?: Links;
}

export interface FeatureDefArgs extends CommonArgs, FeatureDefFields {
  /** What the definition was first derived from. */
  readonly derivedFrom?: Links<{ readonly columns?: readonly string[] }>;
}

export interface ModelArgs extends CommonArgs, ModelFields {
  readonly trainedOn?: Links<{ readonly split?: string }>;
  readonly evaluatedOn?: Links<{ readonly split?: string }>;
  readonly trainedBy?: Links;
  /** The feature definitions, each by the name of the model's input. */
  readonly uses?: Links<{ readonly input?: string }>;
  readonly tunedFrom?: Links;
  /** The models of an ensemble. */
  readonly members?: Links<{ readonly weight?: number }>;
}

interface ScoredProps {
  /** `INPUT` if left out. */
  readonly role?: (typeof SCORED_ROLES)[number];
  /** The row's key in the data set. */
  readonly row?: RowKey;
}

export interface PredictionArgs extends CommonArgs, PredictionFields {
  /** The model that decided. */
  readonly model: Ref;
  /** Whom the decision concerns; empty if nobody. Their values are encrypted under keys of their own. */
  readonly subjects: readonly string[];
  /** The data that the model saw. */
  readonly scored?: Links<ScoredProps>;
  /** Decisions that went into this one. */
  readonly usedOutputOf?: Links;
  /** Values by the names of the model's inputs. */
  readonly features?: Readonly<Record<string, FeatureValue>>;
  /** Fields that are personal although they are not by default. */
  readonly personal?: readonly string[];
}

/** One version of a data set. */
export function dataset({ producedBy, ...rest }: DatasetArgs): ArtifactDeclaration<'Dataset'> {
  return artifact('Dataset', rest, edgesOf('PRODUCED_BY', producedBy && withRowIds(producedBy)));
}

/** One run of a processing step; its version is the run's id. */
export function transform({ reads, applied, ...rest }: TransformArgs): ArtifactDeclaration<'Transform'> {
  return artifact('Transform', rest, [...edgesOf('READ', reads), ...edgesOf('APPLIED', applied)]);
}

/** One version of a feature's definition. */
export function featureDef({ derivedFrom, ...rest }: FeatureDefArgs): ArtifactDeclaration<'FeatureDef'> {
  return artifact('FeatureDef', rest, edgesOf('DERIVED_FROM', derivedFrom));
}

/** One trained version of a model. */
export function model(args: ModelArgs): ArtifactDeclaration<'Model'> {
  const { trainedOn, evaluatedOn, trainedBy, uses, tunedFrom, members, ...rest } = args;
  return artifact('Model', rest, [
    ...edgesOf('TRAINED_ON', trainedOn),
    ...edgesOf('EVALUATED_ON', evaluatedOn),
    ...edgesOf('TRAINED_BY', trainedBy),
    ...edgesOf('USES', uses),
    ...edgesOf('TUNED_FROM', tunedFrom),
    ...edgesOf('MEMBER', members),
  ]);
}

/** One decision; `occurredAt` is when it was taken. */
export function prediction(args: PredictionArgs): ArtifactDeclaration<'Prediction'> {
  const { model: madeBy, scored, usedOutputOf, features, subjects, personal, ...rest } = args;
  return {
    ...artifact('Prediction', rest, [
      ...edgesOf('MADE_BY', madeBy),
      ...edgesOf('SCORED', withRoles(scored)),
      ...edgesOf('USED_OUTPUT_OF', usedOutputOf),
    ]),
    subjects,
    ...(features === undefined ? {} : { features }),
    ...(personal === undefined ? {} : { personal }),
  };
}

function artifact<K extends ArtifactKind>(
  kind: K,
  { namespace, name, version, occurredAt, edges = [], ...fields }: CommonArgs,
  links: readonly EdgeDeclaration[],
): ArtifactDeclaration<K> {
  return {
    id: formatUrn({ kind, namespace, name, version }),
    kind,
    occurredAt,
    fields,
    edges: [...links, ...edges],
  };
}

function withRowIds(
  link: NonNullable<DatasetArgs['producedBy']>,
): Link<{ readonly rows?: readonly RowLineage[] }> {
  if (typeof link === 'string' || !('to' in link)) return link;
  const { rows, ...rest } = link;
  if (rows === undefined) return rest;
  return { ...rest, rows: rows.map(({ from, ...row }) => ({ from: idOf(from), ...row })) };
}

function withRoles(links: Links<ScoredProps> | undefined): readonly Link[] {
  return listOf(links).map((link) =>
    typeof link === 'string' || !('to' in link) ? { to: link, role: 'INPUT' } : { role: 'INPUT', ...link },
  );
}
