/** Facts in lanes: those about the same feature, contract or endpoint are one, by time. Without a page. */
import { membersOf, numberOf, textOf } from '../../api/json.js';
import type { FactFragment } from '../../graphql/operations.gen.js';

/** How a fact is told: as `tell` of parts/fact has it. */
export type Tell = (fact: FactFragment) => {
  readonly tone: 'good' | 'bad' | 'warn' | 'plain';
  readonly title: string;
  readonly text?: string | undefined;
};

export interface Mark {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly tone: ReturnType<Tell>['tone'];
  readonly title: string;
  /** Of drift: the distance. */
  readonly value?: number | undefined;
}

export interface Lane {
  readonly name: string;
  /** Oldest first. */
  readonly marks: readonly Mark[];
  /** Of drift: the newest limit. */
  readonly limit?: number | undefined;
  /** The largest distance or limit, from which the lane's height is taken; 0 without any. */
  readonly most: number;
}

export interface Lanes {
  /** The lane with the newest fact first. */
  readonly lanes: readonly Lane[];
  readonly from: number;
  readonly to: number;
}

export function lanesOf(facts: readonly FactFragment[], tell: Tell): Lanes {
  const byName = new Map<string, FactFragment[]>();
  const oldestFirst = [...facts].sort((a, b) => timeOf(a) - timeOf(b));
  for (const fact of oldestFirst) {
    const name = laneName(fact);
    byName.set(name, [...(byName.get(name) ?? []), fact]);
  }
  const times = oldestFirst.map(timeOf);
  const newest = (lane: Lane): number => lane.marks.at(-1)?.time ?? 0;
  return {
    lanes: [...byName].map(([name, of]) => toLane(name, of, tell)).sort((a, b) => newest(b) - newest(a)),
    from: times[0] ?? 0,
    to: times.at(-1) ?? 0,
  };
}

function toLane(name: string, facts: readonly FactFragment[], tell: Tell): Lane {
  const marks = facts.map((fact) => {
    const { tone, title, text } = tell(fact);
    const value = fact.type === 'DRIFT' ? numberOf(membersOf(fact.fields).value) : undefined;
    return { time: timeOf(fact), tone, title: text === undefined ? title : `${title}: ${text}`, value };
  });
  const limits = facts.flatMap((fact) =>
    fact.type === 'DRIFT' ? (numberOf(membersOf(fact.fields).threshold) ?? []) : [],
  );
  const most = Math.max(0, ...limits, ...marks.flatMap(({ value }) => value ?? []));
  return { name, marks, limit: limits.at(-1), most };
}

/** When it happened, by its producer's word. */
function timeOf({ occurredAt }: FactFragment): number {
  return Date.parse(occurredAt);
}

function laneName({ type, fields }: FactFragment): string {
  const { feature, contract, endpoint } = membersOf(fields);
  const words = type.replaceAll('_', ' ').toLowerCase();
  const of = textOf(feature) ?? textOf(contract) ?? textOf(endpoint);
  return of === undefined ? words : `${words}: ${of}`;
}
