/**
 * Checks, drift and other facts by time: a lane for each feature or contract, a mark for each fact. A mark says by its
 * shape, and by its colour as well, whether the fact speaks against something; the list below the chart says the same.
 */
import type { ReactNode } from 'react';

import type { FactFragment } from '../../graphql/operations.gen.js';
import { tell } from '../../parts/fact.js';
import { showCount } from '../../parts/number.js';
import { lanesOf, type Lane, type Mark } from './lanes.js';

const WIDTH = 1000;
const LANE = 34;
/** Room for names at the left, and for half a mark at the right. */
const LEFT = 230;
const RIGHT = 20;
/** Lanes that are drawn at most: those with the newest facts. */
const MOST_LANES = 20;

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

export function FactsOverTime({ facts }: { readonly facts: readonly FactFragment[] }): ReactNode {
  const { lanes, from, to } = lanesOf(facts, tell);
  if (facts.length < 2) return null;
  const shown = lanes.slice(0, MOST_LANES);
  const x = (time: number): number =>
    LEFT + (to === from ? 0.5 : (time - from) / (to - from)) * (WIDTH - LEFT - RIGHT);
  const height = shown.length * LANE + 26;
  const bad = facts.filter((fact) => tell(fact).tone === 'bad').length;
  return (
    <figure className="over-time">
      <svg
        viewBox={`0 0 ${String(WIDTH)} ${String(height)}`}
        role="img"
        aria-label={`${String(facts.length)} facts by time, ${String(bad)} of them speak against something; the list below has each of them`}
      >
        {shown.map((lane, i) => (
          <LaneRow key={lane.name} lane={lane} y={i * LANE + LANE / 2} x={x} />
        ))}
        <text x={LEFT} y={height - 6}>
          {DAY.format(from)}
        </text>
        <text x={WIDTH - RIGHT} y={height - 6} textAnchor="end">
          {DAY.format(to)}
        </text>
      </svg>
      <figcaption className="fine">
        <span>▲ against something</span> <span>● in order</span> <span>■ neither</span> Drift: the line is the
        distance, the dotted line its limit.
        {lanes.length > MOST_LANES
          ? ` ${showCount(MOST_LANES)} of ${showCount(lanes.length)} lanes are drawn: those with the newest facts.`
          : ''}
      </figcaption>
    </figure>
  );
}

interface LaneRowProps {
  readonly lane: Lane;
  readonly y: number;
  readonly x: (time: number) => number;
}

function LaneRow({ lane: { name, marks, limit, most }, y, x }: LaneRowProps): ReactNode {
  const at = ({ value }: Mark): number =>
    value === undefined || most === 0 ? y : y + LANE / 2 - 4 - (value / most) * (LANE - 8);
  const line = marks.filter(({ value }) => value !== undefined);
  const limitAt = limit === undefined ? undefined : at({ time: 0, tone: 'plain', title: '', value: limit });
  return (
    <g>
      <text x="10" y={y + 4} className="lane-name">
        {name.length > 32 ? `${name.slice(0, 31)}…` : name}
      </text>
      <line x1={LEFT} x2={WIDTH - RIGHT} y1={y + LANE / 2} y2={y + LANE / 2} className="lane-ground" />
      {limitAt === undefined ? null : (
        <line x1={LEFT} x2={WIDTH - RIGHT} y1={limitAt} y2={limitAt} className="lane-limit" />
      )}
      {line.length > 1 ? (
        <polyline
          className="lane-line"
          points={line.map((mark) => `${String(x(mark.time))},${String(at(mark))}`).join(' ')}
        />
      ) : null}
      {marks.map((mark) => (
        <path
          key={`${String(mark.time)} ${mark.title}`}
          className={`mark-${mark.tone}`}
          d={shapeOf(mark, x(mark.time), at(mark))}
        >
          <title>{mark.title}</title>
        </path>
      ))}
    </g>
  );
}

/** A triangle, a circle or a square. */
function shapeOf({ tone }: Mark, x: number, y: number): string {
  const at = (dx: number, dy: number): string => `${String(x + dx)},${String(y + dy)}`;
  if (tone === 'bad') return `M${at(-7, 6)} L${at(7, 6)} L${at(0, -7)} Z`;
  if (tone === 'good') return `M${at(-5, 0)} a5,5 0 1,0 10,0 a5,5 0 1,0 -10,0 Z`;
  return `M${at(-5, -5)} h10 v10 h-10 Z`;
}
