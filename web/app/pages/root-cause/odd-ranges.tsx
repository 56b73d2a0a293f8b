/** The sides of the chart's box as sliders: what the pointer draws, for the keyboard. */
import type { ReactNode } from 'react';

import { showNumber } from '../../parts/number.js';
import { spanOf, type Odd, type Point } from './odd.js';

interface OddRangesProps {
  readonly points: readonly Point[];
  readonly odd: Odd;
  readonly change: (changes: Readonly<Record<string, string>>) => void;
}

/** Steps from one end of a slider to the other. */
const STEPS = 200;

const SIDES = [
  ['from', 'Left side of the box: time', 'time'],
  ['to', 'Right side of the box: time', 'time'],
  ['lowest', 'Lower side of the box: score', 'score'],
  ['highest', 'Upper side of the box: score', 'score'],
] as const;

export function OddRanges({ points, odd, change }: OddRangesProps): ReactNode {
  const span = spanOf(points);
  return (
    <div className="odd-ranges" role="group" aria-label="Sides of the box">
      {SIDES.map(([name, label, what]) => {
        const [least, most] = what === 'time' ? [span.from, span.to] : [span.low, span.high];
        const isLower = name === 'from' || name === 'lowest';
        const value = odd[name] ?? (isLower ? least : most);
        const words = odd[name] === undefined ? 'no bound' : shown(what, value);
        const step = Math.round(((value - least) / Math.max(most - least, Number.EPSILON)) * STEPS);
        const settle = (at: number): void => {
          const isOpen = at === (isLower ? 0 : STEPS);
          change({ [name]: isOpen ? '' : written(what, least + (at / STEPS) * (most - least)) });
        };
        return (
          <label key={name}>
            <span>
              {label}, <strong>{words}</strong>
            </span>
            <input
              type="range"
              min={0}
              max={STEPS}
              value={Math.min(Math.max(step, 0), STEPS)}
              aria-valuetext={words}
              onChange={({ target }) => settle(Number(target.value))}
            />
          </label>
        );
      })}
    </div>
  );
}

function shown(what: 'time' | 'score', value: number): string {
  return what === 'score'
    ? showNumber(value)
    : `${new Date(value).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** As the address has it, to the second and to four digits. */
function written(what: 'time' | 'score', value: number): string {
  return what === 'score' ? value.toFixed(4) : `${new Date(value).toISOString().slice(0, 19)}Z`;
}
