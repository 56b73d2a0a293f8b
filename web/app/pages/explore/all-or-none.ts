/** Several answers as one: half a graph would be another graph. */
interface Answer<T> {
  data: T | undefined;
  error: Error | null;
  refetch: () => unknown;
}

export interface Combined<T> {
  /** Undefined until all are there. */
  readonly data: T[] | undefined;
  readonly error: Error | null;
  readonly again: () => void;
}

export function allOrNone<T>(answers: readonly Answer<T>[]): Combined<T> {
  const data = answers.flatMap((answer) => (answer.data === undefined ? [] : [answer.data]));
  return {
    data: data.length === answers.length ? data : undefined,
    error: answers.find(({ error }) => error !== null)?.error ?? null,
    again: () => answers.forEach(({ refetch }) => void refetch()),
  };
}
