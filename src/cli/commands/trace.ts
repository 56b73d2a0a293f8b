/** `pedigree trace`: why did this model say that? The storyline of one decision. */
import { Option, type Command } from 'commander';
import { PedigreeError } from '../../domain/errors.js';
import { toCell } from '../output/clean-text.js';
import type { Row } from '../output/table.js';
import { renderTree, type Tree } from '../output/tree.js';
import type { CommandAnswer } from '../output/answer.js';
import { AS_OF, toCommand, type Ask } from '../read/read-command.js';
import { parseAsOf } from '../read/server-options.js';

interface Options {
  readonly personal?: true;
  readonly asOf?: string;
}

interface Feature {
  readonly name: string;
  readonly state: string;
  readonly value?: unknown;
  readonly contribution?: number | null;
  readonly definition: { readonly id: string } | null;
}

interface Trace {
  readonly prediction: Readonly<Record<string, unknown>> & { readonly id: string };
  readonly model: {
    readonly id: string;
    readonly trainedOn: readonly { readonly id: string }[];
    readonly evaluatedOn: readonly { readonly id: string }[];
  };
  readonly features: readonly Feature[];
  readonly rows?:
    readonly (Row & { readonly dataset: string; readonly key: unknown; readonly exact: boolean })[] | null;
  readonly rowState: string;
  readonly steps: readonly (Row & {
    readonly id: string;
    readonly depth: number;
    readonly code: { readonly commit: string } | null;
    readonly state: string | null;
  })[];
  readonly attestations: readonly {
    readonly attestation: { readonly id: string; readonly type: string; readonly occurredAt: string };
    readonly about: readonly string[];
  }[];
  readonly completeness: {
    readonly complete: boolean;
    readonly checked: number;
    readonly missing: readonly {
      readonly code: string;
      readonly artifact: string;
      readonly message: string;
    }[];
  };
}

const CODE = 'code { repository commit path }';
const query = (personal: boolean): string => `query Trace($prediction: ID!, $asOf: AsOf) {
  trace(prediction: $prediction, asOf: $asOf) {
    asOf rowState
    prediction { id decidedAt recordedAt outcome score mode endpoint digest preprocessing { repository commit }
      ${personal ? 'subjects explanation' : ''} }
    model { id trainedOn { id } evaluatedOn { id } }
    features { name state definition { id } ${personal ? 'value contribution' : ''} }
    ${personal ? 'rows { dataset key depth from exact ends location contentDigest }' : ''}
    steps { id depth job state startedAt endedAt ${CODE} }
    attestations { attestation { id type occurredAt } about }
    completeness { complete checked missing { code artifact message } }
  }
}`;

export function traceCommand(): Command {
  return toCommand<Options>({
    name: 'trace',
    description: 'show why one decision came out as it did, back to the raw data, and what is missing',
    parameters: { '<prediction>': 'the decision, as prediction:namespace/name@version' },
    options: [
      new Option(
        '--personal',
        'with personal values: needs a token that may, and is recorded in the access log',
      ),
      AS_OF,
    ],
    figures: ['missing', 'features', 'steps', 'attestations'],
    examples: [
      'trace prediction:lending/loan@1',
      "trace prediction:lending/loan@1 --json --fail-on 'missing>100'",
    ],
    role: ({ personal }) => (personal ? 'auditor' : 'reader'),
    ask: answer,
  });
}

async function answer(
  ask: Ask,
  [prediction = '']: readonly string[],
  { personal, asOf }: Options,
): Promise<CommandAnswer> {
  const { trace } = await ask<{ trace: Trace | null }>(query(personal === true), {
    prediction,
    asOf: parseAsOf(asOf),
  });
  if (!trace) throw new PedigreeError('NOT_FOUND', `there is no decision ${prediction} that you may read`);
  const { features, steps, attestations, completeness } = trace;
  return {
    json: trace,
    rows: rowsOf(trace),
    columns: ['record', 'id', 'name', 'state', 'value', 'detail'],
    text: () => renderTree(treeOf(trace)),
    figures: {
      missing: completeness.missing.length,
      features: features.length,
      steps: steps.length,
      attestations: attestations.length,
    },
  };
}

function rowsOf({ prediction, model, features, rows, steps, attestations, completeness }: Trace): Row[] {
  const { id, outcome, ...decision } = prediction;
  return [
    { record: 'decision', id, value: outcome, detail: decision },
    { record: 'model', id: model.id },
    ...features.map(({ name, state, value, contribution, definition }) => ({
      ...{ record: 'feature', id: definition?.id, name, state, value },
      ...(contribution == null ? {} : { detail: { contribution } }),
    })),
    ...(rows ?? []).map(({ dataset, key, ...detail }) => ({
      record: 'row',
      id: dataset,
      value: key,
      detail,
    })),
    ...model.trainedOn.map((data) => ({ record: 'trainedOn', id: data.id })),
    ...model.evaluatedOn.map((data) => ({ record: 'evaluatedOn', id: data.id })),
    ...steps.map(({ id: run, state, ...detail }) => ({ record: 'step', id: run, state, detail })),
    ...attestations.map(({ attestation, about }) => ({
      ...{ record: 'attestation', id: attestation.id, name: attestation.type, detail: { about } },
    })),
    ...completeness.missing.map(({ code, artifact, message }) => ({
      ...{ record: 'missing', id: artifact, name: code, detail: message },
    })),
  ];
}

function treeOf(trace: Trace): Tree {
  const { prediction, model, features, rows, rowState, steps, attestations, completeness } = trace;
  const { complete, checked, missing } = completeness;
  const verdict = complete
    ? `complete: ${String(checked)} links checked`
    : `not complete: ${String(missing.length)} missing`;
  return {
    text: `${prediction.id}: ${toCell(prediction.outcome)} ${toCell(prediction.score)}`.trimEnd(),
    children: [
      { text: `decided at ${toCell(prediction.decidedAt)}, ${toCell(prediction.mode)}` },
      {
        text: `model ${model.id}`,
        children: [
          ...model.trainedOn.map(({ id }) => ({ text: `trained on ${id}` })),
          ...model.evaluatedOn.map(({ id }) => ({ text: `evaluated on ${id}` })),
        ],
      },
      { text: `features: ${String(features.length)}`, children: features.map(featureLine) },
      {
        text: rows ? `rows: ${String(rows.length)}` : `rows: ${rowState.toLowerCase()}`,
        children: (rows ?? []).map(({ dataset, key, exact }) => ({
          text: `${dataset} ${toCell(key)}${exact ? '' : ' (one of several)'}`,
        })),
      },
      {
        text: `steps: ${String(steps.length)}`,
        children: steps.map(({ id, state, code }) => ({
          text: `${id} ${state ?? 'end not told'}${code ? `, commit ${code.commit}` : ''}`,
        })),
      },
      {
        text: `attestations: ${String(attestations.length)}`,
        children: attestations.map(({ attestation, about }) => ({
          text: `${attestation.type} about ${about.join(', ')}`,
        })),
      },
      { text: verdict, children: missing.map(({ code, message }) => ({ text: `${code}: ${message}` })) },
    ],
  };
}

function featureLine({ name, state, value, contribution, definition }: Feature): Tree {
  const shown =
    state === 'OPEN' ? (value === undefined ? '' : ` = ${toCell(value)}`) : ` (${state.toLowerCase()})`;
  const share = contribution == null ? '' : `, contributes ${String(contribution)}`;
  return { text: `${name}${shown}${share}${definition ? `, ${definition.id}` : ', no definition'}` };
}
