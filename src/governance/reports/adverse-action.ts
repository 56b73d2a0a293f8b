/**
 * Whether the reasons that a person was told are the factors that counted in the score (US Regulation B, 12 CFR 1002.9(b)(2):
 * the specific principal reasons, which must relate to the factors actually scored).
 */
import type { Trace } from '../../lineage/trace-service.js';
import type { TracedFeature } from '../../lineage/traced-features.js';
import { attestedStatements } from './attested.js';
import {
  fieldStatements,
  gap,
  statement,
  timeText,
  type ReportBody,
  type ReportGap,
  type Statement,
} from './report.js';

/** Which way a contribution counts against the person: `HIGHER` where a higher output of the model does. */
export type AdverseDirection = 'HIGHER' | 'LOWER';

export interface Stated {
  /** Names of features, most important first; undefined to take those that the decision declares. */
  readonly reasons?: readonly string[] | undefined;
  readonly adverse?: AdverseDirection | undefined;
}

/** More reasons than four are unlikely to help (12 CFR 1002, Supplement I, 9(b)(2)-1). */
const PRINCIPAL = 4;

interface Factor extends TracedFeature {
  /** How much it counted against the person; undefined where no contribution can be read. */
  readonly against: number | undefined;
}

/** What is compared with what. */
interface Comparison {
  readonly trace: Trace;
  readonly stated: Stated;
  readonly reasons: readonly string[];
  /** Why the declared reasons cannot be read; undefined where they can, or are not asked for. */
  readonly unread: string | undefined;
  /** All factors, and those that counted against the person: most first. */
  readonly factors: readonly Factor[];
  readonly ranked: readonly Factor[];
}

export function adverseAction(trace: Trace, stated: Stated): ReportBody {
  const { prediction } = trace;
  const compared = compare(trace, stated);
  const { reasons, ranked } = compared;
  const principal = ranked.slice(0, Math.max(reasons.length, PRINCIPAL));
  const listed = principal.map((factor, i) =>
    statement(`${String(i + 1)}. ${factor.name}`, weighed(factor), prediction, ...definition(trace, factor)),
  );
  return {
    title: `Stated reasons and scored factors of ${String(prediction.id)}`,
    asks: 'US Regulation B, 12 CFR 1002.9(b)(2) and 1002.12: do the stated reasons match the factors actually scored?',
    sections: [
      { title: 'The decision', statements: decided(trace) },
      { title: 'Stated reasons', statements: reasons.map((name, i) => judged(name, i, compared)) },
      { title: 'Factors that counted most against the person', statements: listed },
      {
        title: 'Do they match?',
        statements: verdict(compared).map((text) => statement('Finding', text, prediction)),
      },
      { title: 'What people did', statements: attestedStatements(trace.attestations, ['HUMAN_DECISION']) },
    ],
    gaps: [
      ...reasonGaps(compared),
      ...factorGaps(compared),
      gap(
        'Was the person told in time and in writing?',
        'The notice is kept elsewhere; 12 CFR 1002.12 asks for 25 months.',
      ),
    ],
  };
}

function compare(trace: Trace, stated: Stated): Comparison {
  const declared = declaredReasons(trace);
  const factors = factorsOf(trace, stated.adverse);
  return {
    ...{ trace, stated, factors },
    reasons: stated.reasons ?? declared.reasons,
    unread: stated.reasons === undefined ? declared.unread : undefined,
    ranked: factors.filter(({ against }) => against !== undefined && against > 0),
  };
}

function decided({ prediction, model, values, nodes }: Trace): Statement[] {
  const outcome = values.get('value/outcome');
  const made = nodes.get(model);
  return [
    statement('Decided', timeText(prediction.occurredAt), prediction),
    ...(outcome?.state === 'OPEN' ? [statement('Outcome', outcome.value, prediction)] : []),
    ...(made
      ? [statement('By', model, made), ...fieldStatements(made, { architecture: 'Architecture' })]
      : []),
  ];
}

/** The reasons that the decision itself declares, as far as this reader may see them. */
function declaredReasons({ values }: Trace): { reasons: readonly string[]; unread?: string } {
  const read = values.get('value/reasons');
  if (read === undefined) return { reasons: [] };
  if (read.state === 'OPEN') return { reasons: read.value as readonly string[] };
  return { reasons: [], unread: read.state };
}

/** Most against the person first; without a direction, most moved first. */
function factorsOf({ features }: Trace, adverse: AdverseDirection | undefined): Factor[] {
  const sign = (value: number): number =>
    adverse === undefined ? Math.abs(value) : adverse === 'HIGHER' ? value : -value;
  return features
    .map((feature): Factor => {
      const share = feature.feature?.contribution;
      return { ...feature, against: share === undefined ? undefined : sign(share) };
    })
    .sort((a, b) => (b.against ?? -Infinity) - (a.against ?? -Infinity) || (a.name < b.name ? -1 : 1));
}

function judged(name: string, place: number, { trace, ranked, factors }: Comparison): Statement {
  const factor = factors.find((each) => each.name === name);
  const label = `${String(place + 1)}. ${name}`;
  if (factor === undefined || factor.state === 'MISSING') {
    return statement(
      label,
      'was not scored in this decision: it cannot be a reason for it',
      trace.prediction,
    );
  }
  const rank = ranked.indexOf(factor) + 1;
  const text =
    factor.against === undefined
      ? `was scored; how much it counted is not known (${factor.state.toLowerCase()})`
      : rank === 0
        ? `was scored, and did not count against the person: ${weighed(factor)}`
        : `was scored; number ${String(rank)} of those that counted: ${weighed(factor)}`;
  return statement(label, text, trace.prediction, ...definition(trace, factor));
}

function weighed({ feature }: Factor): string {
  const share = feature?.contribution ?? 0;
  return `was ${JSON.stringify(feature?.value)}; moved the model's output ${share < 0 ? 'down' : 'up'} by ${String(Math.abs(share))}`;
}

function definition({ nodes }: Trace, { definition: id }: Factor): Readonly<Record<string, unknown>>[] {
  const found = id === undefined ? undefined : nodes.get(id);
  return found ? [found] : [];
}

function verdict({ reasons, ranked }: Comparison): string[] {
  if (reasons.length === 0 || ranked.length === 0) return [];
  const names = new Set(ranked.map(({ name }) => name));
  const missed = ranked
    .slice(0, reasons.length)
    .flatMap(({ name }) => (reasons.includes(name) ? [] : [name]));
  const strange = reasons.filter((name) => !names.has(name));
  return [
    ...(strange.length > 0 ? [`Stated, and did not count against the person: ${strange.join(', ')}.`] : []),
    ...(missed.length > 0
      ? [`Counted more than a stated reason, and was not stated: ${missed.join(', ')}.`]
      : []),
    ...(strange.length === 0 && missed.length === 0
      ? [`They match: the stated reasons are the ${String(reasons.length)} factors that counted most.`]
      : []),
  ];
}

function reasonGaps({ trace, reasons, unread }: Comparison): ReportGap[] {
  if (reasons.length > 0) return [];
  const reason =
    unread === undefined
      ? 'The decision declares none, and none were given with the question.'
      : `They are ${unread.toLowerCase()}.`;
  return [gap('Which reasons was the person told?', reason, trace.prediction)];
}

function factorGaps({ trace: { prediction }, factors, stated }: Comparison): ReportGap[] {
  const silent = factors.filter(({ against }) => against === undefined);
  const unknown = ({ state }: Factor): string =>
    state === 'OPEN' ? 'No contribution was declared.' : `Its value is ${state.toLowerCase()}.`;
  return [
    ...silent.map((factor) => gap(`How much did ${factor.name} count?`, unknown(factor), prediction)),
    ...(factors.length === 0
      ? [gap('What was scored?', 'No feature was declared for this decision.', prediction)]
      : []),
    ...(stated.adverse === undefined
      ? [
          gap(
            'Which factors counted against the person?',
            'It was not said whether a higher or a lower output is adverse, so factors are ranked by how much they moved it either way.',
            prediction,
          ),
        ]
      : []),
  ];
}
