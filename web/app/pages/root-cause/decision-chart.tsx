/** Decisions by time and score. A box drawn with the pointer sets the same bounds as the fields below the chart. */
import { useRef, useState, type PointerEvent, type ReactNode } from 'react';

import { showNumber } from '../../parts/number.js';
import { fits, spanOf, type Odd, type Point, type Span } from './odd.js';

interface DecisionChartProps {
  readonly points: readonly Point[];
  readonly odd: Odd;
  readonly change: (changes: Readonly<Record<string, string>>) => void;
}

const WIDTH = 1000;
const HEIGHT = 260;

interface Corner {
  readonly x: number;
  readonly y: number;
}

export function DecisionChart({ points, odd, change }: DecisionChartProps): ReactNode {
  const chart = useRef<SVGSVGElement>(null);
  const [box, setBox] = useState<readonly [Corner, Corner]>();
  const scale = scaleOf(points);
  const at = ({ clientX, clientY }: PointerEvent): Corner => {
    const { left, top, width, height } = chart.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    return { x: ((clientX - left) / width) * WIDTH, y: ((clientY - top) / height) * HEIGHT };
  };
  const finish = (): void => {
    if (box) change(boundsOf(box, scale));
    setBox(undefined);
  };
  return (
    <figure className="chart">
      <svg
        ref={chart}
        viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${String(points.length)} decisions by time and score`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setBox([at(event), at(event)]);
        }}
        onPointerMove={(event) => box && setBox([box[0], at(event)])}
        onPointerUp={finish}
      >
        <Bounds odd={odd} scale={scale} />
        <Dots points={points} odd={odd} scale={scale} />
        {box ? <rect className="brush" {...rectOf(box)} /> : null}
      </svg>
      <Axes scale={scale} />
    </figure>
  );
}

interface DotsProps {
  readonly points: readonly Point[];
  readonly odd: Odd;
  readonly scale: Scale;
}

function Dots({ points, odd, scale }: DotsProps): ReactNode {
  const isMarked = Object.values(odd).some((bound) => bound !== undefined);
  return points.map((point) => (
    <circle
      key={point.id}
      cx={scale.x(point.time)}
      cy={scale.y(point.score ?? scale.low)}
      r="4"
      className={isMarked && fits(point, odd) ? 'dot odd' : 'dot'}
    />
  ));
}

/** What the fields and sliders mark, as the box that would do the same. */
function Bounds({ odd, scale }: { readonly odd: Odd; readonly scale: Scale }): ReactNode {
  const { lowest, highest, from, to } = odd;
  if ([lowest, highest, from, to].every((bound) => bound === undefined)) return null;
  const [left, right] = [scale.x(from ?? scale.from), scale.x(to ?? scale.to)];
  const [top, bottom] = [scale.y(highest ?? scale.high), scale.y(lowest ?? scale.low)];
  const size = { width: Math.max(right - left, 0), height: Math.max(bottom - top, 0) };
  return <rect className="brush" x={left} y={top} {...size} />;
}

function Axes({ scale }: { readonly scale: Scale }): ReactNode {
  return (
    <figcaption className="fine">
      <span>{new Date(scale.from).toISOString().slice(0, 10)}</span>
      <span>
        time, and score from {showNumber(scale.low)} to {showNumber(scale.high)}
      </span>
      <span>{new Date(scale.to).toISOString().slice(0, 10)}</span>
    </figcaption>
  );
}

interface Scale extends Span {
  readonly x: (time: number) => number;
  readonly y: (score: number) => number;
}

function scaleOf(points: readonly Point[]): Scale {
  const span = spanOf(points);
  const { from, to, low, high } = span;
  const inner = (share: number, size: number): number => 8 + share * (size - 16);
  return {
    ...span,
    x: (time) => inner((time - from) / Math.max(to - from, 1), WIDTH),
    y: (score) => inner(1 - (score - low) / (high - low), HEIGHT),
  };
}

function rectOf([a, b]: readonly [Corner, Corner]): { x: number; y: number; width: number; height: number } {
  return {
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  };
}

/** A box is at least a few pixels; a mere click takes the bounds away. */
function boundsOf(box: readonly [Corner, Corner], { from, to, low, high }: Scale): Record<string, string> {
  const { x, y, width, height } = rectOf(box);
  if (width < 5 && height < 5) return { from: '', to: '', lowest: '', highest: '' };
  const outer = (at: number, size: number): number => Math.min(1, Math.max(0, (at - 8) / (size - 16)));
  const time = (at: number): string =>
    new Date(Math.round(from + outer(at, WIDTH) * (to - from))).toISOString();
  const score = (at: number): string => (high - outer(at, HEIGHT) * (high - low)).toFixed(4);
  return { from: time(x), to: time(x + width), lowest: score(y + height), highest: score(y) };
}
