/** Which decisions count as odd: an outcome, a range of scores and a range of time, all from the page's address. */
import { membersOf, numberOf, textOf } from '../../api/json.js';
import type { ImpactedDecisionsQuery } from '../../graphql/operations.gen.js';

export interface Point {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly outcome: string | undefined;
  readonly score: number | undefined;
}

/** Bounds that are given must hold; without any, nothing is odd. Bounds are included. */
export interface Odd {
  readonly outcome: string | undefined;
  readonly lowest: number | undefined;
  readonly highest: number | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

export function toPoint({
  id,
  decidedAt,
  artifact,
}: ImpactedDecisionsQuery['impactedDecisions']['items'][number]): Point {
  const { outcome, score } = membersOf(artifact.fields);
  return { id, time: Date.parse(decidedAt), outcome: textOf(outcome), score: numberOf(score) };
}

/** What the decisions lie between; scores at least from 0 to 1. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
}

export function spanOf(points: readonly Point[]): Span {
  const times = points.map(({ time }) => time);
  const scores = points.flatMap(({ score }) => score ?? []);
  return {
    from: Math.min(...times),
    to: Math.max(...times),
    low: Math.min(0, ...scores),
    high: Math.max(1, ...scores),
  };
}

export function readOdd(search: URLSearchParams): Odd {
  const number = (name: string, read: (text: string) => number): number | undefined => {
    const value = read(search.get(name) ?? '');
    return Number.isNaN(value) || !search.get(name) ? undefined : value;
  };
  return {
    outcome: search.get('outcome') ?? undefined,
    lowest: number('lowest', Number),
    highest: number('highest', Number),
    from: number('from', Date.parse),
    to: number('to', Date.parse),
  };
}

export function changeOdd(
  before: URLSearchParams,
  changes: Readonly<Record<string, string>>,
): URLSearchParams {
  const search = new URLSearchParams(before);
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') search.delete(name);
    else search.set(name, value);
  }
  return search;
}

export interface Parted {
  readonly suspects: readonly string[];
  readonly controls: readonly string[];
}

/** Odd decisions, and all the others. */
export function partOdd(points: readonly Point[], odd: Odd): Parted {
  const isOdd = (point: Point): boolean =>
    Object.values(odd).some((bound) => bound !== undefined) && fits(point, odd);
  return {
    suspects: points.filter(isOdd).map(({ id }) => id),
    controls: points.filter((point) => !isOdd(point)).map(({ id }) => id),
  };
}

export function fits(point: Point, odd: Odd): boolean {
  return (
    (odd.outcome === undefined || point.outcome === odd.outcome) &&
    within(point.score, odd.lowest, odd.highest) &&
    within(point.time, odd.from, odd.to)
  );
}

function within(value: number | undefined, least: number | undefined, most: number | undefined): boolean {
  if (least === undefined && most === undefined) return true;
  return value !== undefined && value >= (least ?? -Infinity) && value <= (most ?? Infinity);
}
