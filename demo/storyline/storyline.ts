/** One decision's storyline as a readable text tree. */
import { PedigreeClient, type PedigreeClientOptions } from '../../src/sdk/index.js';
import { attestedTree } from './attested.js';
import { alignCells, renderTree, type TextTree } from './text-tree.js';
import { TRACE_QUERY, type Trace, type TracedFeature, type TracedRow } from './trace-query.js';
import { codeText, dayOf, nameOf, numberText, signedText } from './words.js';

export interface StorylineOptions extends Pick<PedigreeClientOptions, 'url' | 'token' | 'fetch'> {
  /** Id of the decision. */
  readonly prediction: string;
}

/** Asks for a decision's trace and tells it. What the token may not read is left out and said so. */
export async function tellStoryline({ prediction, ...options }: StorylineOptions): Promise<string> {
  const client = new PedigreeClient(options);
  const { trace } = await client.query<{ trace: Trace | null }>(TRACE_QUERY, { prediction });
  return trace === null
    ? `There is no decision ${prediction} that this token may read.`
    : renderStoryline(trace);
}

export function renderStoryline(trace: Trace): string {
  const { prediction } = trace;
  const score = prediction.score === null ? '' : `, probability of denial ${numberText(prediction.score)}`;
  return renderTree({
    text: `${prediction.outcome ?? 'no outcome'}${score}  (${prediction.id})`,
    children: [
      decisionTree(trace),
      featureTree(trace),
      rowTree(trace.rows),
      modelTree(trace),
      stepTree(trace),
      attestedTree(trace.attestations),
      verdictTree(trace),
    ],
  });
}

function decisionTree({
  prediction: { decidedAt, mode, endpoint, preprocessing, explanation },
}: Trace): TextTree {
  const lines = [
    `preprocessed by ${codeText(preprocessing)}`,
    ...(explanation === null ? [] : [explanation]),
  ];
  return {
    text: `decided ${decidedAt} at ${endpoint ?? 'no endpoint'}, mode ${mode}`,
    children: lines.map((text) => ({ text })),
  };
}

function featureTree({ features, prediction: { baseValue } }: Trace): TextTree {
  const base = baseValue === null ? '' : `, from a base of ${signedText(baseValue)}`;
  const lines = alignCells(features.map(featureCells), [1, 2]);
  return {
    text: `why: ${features.length} features, the strongest first (log-odds${base})`,
    children: lines.map((text) => ({ text })),
  };
}

function featureCells({ name, state, value, contribution, definition }: TracedFeature): string[] {
  const shown = typeof value === 'number' ? numberText(value) : JSON.stringify(value);
  const fields = (definition?.fields ?? {}) as {
    expression?: string;
    owner?: string;
    code?: { commit: string };
  };
  return [
    name,
    state === 'OPEN' ? shown : state.toLowerCase(),
    contribution === null ? '' : signedText(contribution),
    `= ${fields.expression ?? 'not defined'}`,
    definition === null ? '' : nameOf(definition.id),
    fields.code === undefined ? '' : `code ${fields.code.commit.slice(0, 10)}`,
    fields.owner ?? '',
  ];
}

function rowTree(rows: Trace['rows']): TextTree {
  const text = 'the row, back to its source';
  if (rows === null || rows.length === 0) return { text: `${text}: not to be seen with this token` };
  return { text, children: rowsFrom(rows, null) };
}

function rowsFrom(rows: readonly TracedRow[], from: string | null): TextTree[] {
  return rows
    .filter((row) => row.from === from)
    .map((row) => ({ text: rowText(row), children: rowsFrom(rows, row.dataset) }));
}

const ENDS: Readonly<Record<NonNullable<TracedRow['ends']>, string>> = {
  SOURCE: 'raw record',
  AGGREGATED: 'exact to the data set from here on (aggregated)',
  NOT_DECLARED: 'exact to the data set from here on (rows not declared)',
  DATASET_NOT_DECLARED: 'this data set was never declared',
};

function rowText({ dataset, key, exact, ends, location, contentDigest }: TracedRow): string {
  const place = ends === 'SOURCE' && location !== null ? ` in ${location}` : '';
  const digest = ends === 'SOURCE' && contentDigest !== null ? ` (${contentDigest.slice(0, 19)}…)` : '';
  const doubt = exact ? '' : ', one of several candidates';
  const end = ends === null ? '' : `: ${ENDS[ends]}${place}${digest}`;
  return `row ${key.join(', ')} of ${nameOf(dataset)}${doubt}${end}`;
}

function modelTree({ model: { id, artifact, trainedOn, evaluatedOn } }: Trace): TextTree {
  const { architecture, framework, weightsDigest } = artifact.fields as Readonly<
    Record<string, string | undefined>
  >;
  const rows = (one: Trace['model']['trainedOn'][number]): string =>
    `${nameOf(one.id)}${typeof one.fields.rowCount === 'number' ? `, ${numberText(one.fields.rowCount)} rows` : ''}`;
  return {
    text: `model ${nameOf(id)}`,
    children: [
      { text: `${architecture ?? 'architecture not said'}, ${framework ?? 'framework not said'}` },
      { text: `weights ${weightsDigest ?? 'without a digest'}` },
      ...trainedOn.map((one) => ({ text: `trained on ${rows(one)}` })),
      ...evaluatedOn.map((one) => ({ text: `evaluated on ${rows(one)}` })),
    ],
  };
}

function stepTree({ steps }: Trace): TextTree {
  const cells = steps.map(({ job, state, endedAt, code }) => [
    job,
    state ?? 'never said that it ran',
    endedAt === null ? '' : dayOf(endedAt),
    codeText(code),
  ]);
  return { text: 'runs, the nearest first', children: alignCells(cells).map((text) => ({ text })) };
}

function verdictTree({ asOf, completeness: { complete, checked, missing } }: Trace): TextTree {
  const where = `${checked} artifacts looked at, as of ${asOf} entries`;
  if (complete) return { text: `COMPLETE: every link is there (${where})` };
  return {
    text: `INCOMPLETE: ${missing.length} links are missing (${where})`,
    children: missing.map(({ artifact, message }) => ({ text: `${artifact}: ${message}` })),
  };
}
