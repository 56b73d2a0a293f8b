/** Moves an answer back in time: to a tree size of the log, because that is exact, and says what was known then. */
import { useState, type ReactNode } from 'react';

import { useAnswer } from '../../api/use-answer.js';
import { LogSizeDocument } from '../../graphql/operations.gen.js';
import { showCount } from '../../parts/number.js';

interface TimeSliderProps {
  readonly at: string | null;
  readonly change: (at: string | null) => void;
}

export function TimeSlider({ at, change }: TimeSliderProps): ReactNode {
  const { data } = useAnswer(LogSizeDocument, {});
  const size = Number(data?.log.treeSize ?? at ?? 1);
  const [moving, setMoving] = useState<number>();
  const shown = moving ?? (at === null ? size : Number(at));
  const settle = (): void => {
    if (moving !== undefined) change(moving >= size ? null : String(moving));
    setMoving(undefined);
  };
  return (
    <label className="time-slider">
      <span>
        As known at <strong>{shown >= size ? 'now' : `entry ${showCount(shown)}`}</strong> of{' '}
        {showCount(size)}
      </span>
      <input
        type="range"
        min={1}
        max={size}
        value={shown}
        aria-valuetext={shown >= size ? 'now' : `entry ${showCount(shown)} of ${showCount(size)}`}
        onChange={({ target }) => setMoving(Number(target.value))}
        onPointerUp={settle}
        onKeyUp={settle}
        onBlur={settle}
      />
    </label>
  );
}
