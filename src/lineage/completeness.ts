/** What is missing in a decision's storyline. A gap is named; it is never filled with a guess. */
import type { ArtifactKind, EdgeType } from '../domain/kinds.js';
import { kindOfUrn } from '../domain/urn.js';
import { openValues, type StoredProps } from '../store/stored-values.js';
import type { Ancestry } from './ancestry.js';
import type { RowEnd, TracedRow } from './row-trace.js';
import { isFinished, runState } from './run-state.js';
import type { ReadState, ReadValue } from './traced-features.js';

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
  | 'KEY_LOST'
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
  readonly state: ReadState;
  readonly definition?: string;
}

/** A scored row whose key this reader does not get. */
export interface UnreadRow {
  readonly dataset: string;
  readonly state: Exclude<ReadValue['state'], 'OPEN'>;
}

/** The verdict over an ancestry, its features and its rows. */
export function judgeCompleteness(
  ancestry: Ancestry,
  features: readonly FeatureCheck[],
  rows: readonly TracedRow[],
  unread: readonly UnreadRow[] = [],
): Completeness {
  const ids = [ancestry.id, ...ancestry.ancestors.map(({ id }) => id)];
  const missing = [
    ...ids.flatMap((id) => artifactGaps(ancestry, id)),
    ...features.flatMap((feature) => featureGaps(ancestry, feature)),
    ...rows.flatMap(rowGaps),
    ...unread.flatMap(({ dataset, state }) =>
      goneGaps(ancestry.id, state, `the key of the row in ${dataset}`),
    ),
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
    ...goneGaps(id, state, `the value of ${quoted}`),
    ...(definition === undefined
      ? [gap('NO_FEATURE_DEFINITION', id, `the model names no definition of ${quoted}`)]
      : []),
  ];
}

function goneGaps(id: string, state: ReadState, what: string): Gap[] {
  if (state === 'ERASED') return [gap('VALUE_ERASED', id, `${what} was erased`)];
  if (state !== 'KEY_LOST') return [];
  return [gap('KEY_LOST', id, `${what} cannot be read: its key is missing, though nobody erased it`)];
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
