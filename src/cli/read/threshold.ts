/** `--fail-on 'models>0'`: a figure of the answer, compared with a number; if it holds, the exit code is 3. */
import { PedigreeError, required } from '../../domain/errors.js';

export interface Threshold {
  readonly text: string;
  readonly figure: string;
  readonly holds: (value: number) => boolean;
}

const COMPARE: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '>=': (value, limit) => value >= limit,
  '<=': (value, limit) => value <= limit,
  '!=': (value, limit) => value !== limit,
  '==': (value, limit) => value === limit,
  '=': (value, limit) => value === limit,
  '>': (value, limit) => value > limit,
  '<': (value, limit) => value < limit,
};

const SHAPE = /^\s*([A-Za-z][A-Za-z0-9]*)\s*(>=|<=|!=|==|=|>|<)\s*(-?\d+(?:\.\d+)?)\s*$/;

/** Error: `BAD_INPUT`, naming the figures that there are. */
export function parseThreshold(text: string, figures: readonly string[]): Threshold {
  const [, figure = '', operator = '', limit = ''] = SHAPE.exec(text) ?? [];
  const compare = COMPARE[operator];
  if (compare && figures.includes(figure)) {
    return { text, figure, holds: (value) => compare(value, Number(limit)) };
  }
  throw new PedigreeError(
    'BAD_INPUT',
    required(
      `--fail-on must be a figure, one of > >= < <= == != and a number, where the figures are ${figures.join(', ')}`,
      text,
    ),
  );
}

/** Those that hold. */
export function metThresholds(
  thresholds: readonly Threshold[],
  figures: Readonly<Record<string, number>>,
): readonly Threshold[] {
  return thresholds.filter(({ figure, holds }) => holds(figures[figure] ?? 0));
}
