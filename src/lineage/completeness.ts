/** What is missing in a decision's storyline. A gap is named; it is never filled with a guess. */
import type { ArtifactKind, EdgeType } from '../domain/kinds.js';
import { kindOfUrn } from '../domain/urn.js';
import { openValues, type StoredProps } from '../store/stored-values.js';
import type { Ancestry } from './ancestry.js';
import type { RowEnd, TracedRow } from './row-trace.js';
import { isFinished, runState } from './run-state.js';

export type GapCode =
  | 'NOT_DECLARED'
  | 'NO_CODE_VERSION'
  | 'RUN_UNFINISHED'
  | 'NO_TRAINING_DATA'
  | 'NO_TRAINING_RUN'
  | 'NO_WEIGHTS_DIGEST'
  | 'NO_INPUT_DATA'
  | 'NO_PREPROCESSING_VERSION'
  | 'NO_FEATURE_VALUE'
  | 'NOT_SAMPLED'
  | 'NO_FEATURE_DEFINITION'
  | 'VALUE_ERASED'
  | 'ROWS_NOT_DECLARED'
  | 'TOO_LARGE';

export interface Gap {
  readonly code: GapCode;
  /** The artifact at which something is missing. */
  readonly artifact: string;
  readonly message: string;
}

export interface Completeness {
  readonly complete: boolean;
  readonly missing: readonly Gap[];
  /** Artifacts looked at, the decision included. */
  readonly checked: number;
}

/** A feature as the storyline has it, as far as completeness is concerned. */
interface FeatureCheck {
  readonly name: string;
  readonly state: 'OPEN' | 'WITHHELD' | 'ERASED' | 'MISSING';
  readonly definition?: string;
}

/** The verdict over an ancestry, its features and its rows. */
export function judgeCompleteness(
  ancestry: Ancestry,
  features: readonly FeatureCheck[],
  rows: readonly TracedRow[],
): Completeness {
  const ids = [ancestry.id, ...ancestry.ancestors.map(({ id }) => id)];
  const missing = [
    ...ids.flatMap((id) => artifactGaps(ancestry, id)),
    ...features.flatMap((feature) => featureGaps(ancestry, feature)),
    ...rows.flatMap(rowGaps),
    ...(ancestry.truncated
      ? [gap('TOO_LARGE', ancestry.id, 'the ancestry is larger than a storyline holds: read it with lineage')]
      : []),
  ];
  return { complete: missing.length === 0, missing, checked: ids.length };
}

type GapFinder = (ancestry: Ancestry, id: string, props: StoredProps) => (Gap | false)[];

const FINDERS: Readonly<Record<ArtifactKind, GapFinder>> = {
  Dataset: () => [],
  FeatureDef: (_, id, props) => [
    lacks(props, 'codeCommit') && gap('NO_CODE_VERSION', id, 'the definition names no code commit'),
  ],
  Transform: (ancestry, id, props) => {
    const state = runState(id, ancestry.attestations);
    return [
      lacks(props, 'codeCommit') && !state.code && gap('NO_CODE_VERSION', id, 'the run names no code commit'),
      !isFinished(state) && gap('RUN_UNFINISHED', id, 'the run never said that it ended'),
    ];
  },
  Model: (ancestry, id, props) => [
    !has(ancestry, id, 'TRAINED_ON') &&
      gap('NO_TRAINING_DATA', id, 'the model names no data set it was trained on'),
    !has(ancestry, id, 'TRAINED_BY') && gap('NO_TRAINING_RUN', id, 'the model names no run that trained it'),
    lacks(props, 'weightsDigest') && gap('NO_WEIGHTS_DIGEST', id, 'the model names no digest of its weights'),
  ],
  Prediction: (ancestry, id, props) => [
    !has(ancestry, id, 'SCORED') &&
      gap('NO_INPUT_DATA', id, 'the decision names no data set it was made from'),
    lacks(props, 'codeCommit') &&
      gap('NO_PREPROCESSING_VERSION', id, 'the decision names no commit of its preprocessing'),
  ],
};

function artifactGaps(ancestry: Ancestry, id: string): Gap[] {
  const props = ancestry.nodes.get(id);
  if (props?.declared !== true)
    return [gap('NOT_DECLARED', id, 'others name this artifact, but nobody has declared it')];
  return FINDERS[kindOfUrn(id) as ArtifactKind](ancestry, id, props).filter((found) => found !== false);
}

function featureGaps(ancestry: Ancestry, { name, state, definition }: FeatureCheck): Gap[] {
  const { id } = ancestry;
  const quoted = JSON.stringify(name);
  return [
    ...(state === 'MISSING' ? [missingValue(ancestry, quoted)] : []),
    ...(state === 'ERASED' ? [gap('VALUE_ERASED', id, `the value of ${quoted} was erased`)] : []),
    ...(definition === undefined
      ? [gap('NO_FEATURE_DEFINITION', id, `the model names no definition of ${quoted}`)]
      : []),
  ];
}

/** A value that the producer's sampling policy left out is known to be policy and not loss: the decision says so. */
function missingValue({ id, nodes }: Ancestry, quoted: string): Gap {
  const extra = openValues(nodes.get(id) ?? {}).get('value/extra') as
    { sampling?: { omitted?: number } } | undefined;
  return (extra?.sampling?.omitted ?? 0) > 0
    ? gap('NOT_SAMPLED', id, `the producer's sampling policy left out the value of ${quoted}`)
    : gap('NO_FEATURE_VALUE', id, `the model uses ${quoted}, but the decision has no value of it`);
}

const ROW_GAPS: Partial<Record<RowEnd, readonly [GapCode, string]>> = {
  NOT_DECLARED: [
    'ROWS_NOT_DECLARED',
    'its producer did not say how its rows come from its inputs: exact to the data set from here on',
  ],
  LIMIT_REACHED: ['TOO_LARGE', 'more rows lead back from here than a storyline follows'],
};

function rowGaps({ dataset, ends }: TracedRow): Gap[] {
  const found = ends === undefined ? undefined : ROW_GAPS[ends];
  return found ? [gap(found[0], dataset, found[1])] : [];
}

function has(ancestry: Ancestry, id: string, type: EdgeType): boolean {
  return ancestry.edgesOf(id, type).length > 0;
}

function lacks(props: StoredProps, name: string): boolean {
  return props[name] === undefined || props[name] === null;
}

function gap(code: GapCode, artifact: string, message: string): Gap {
  return { code, artifact, message };
}
