/** What a piece of work throws; undefined if it does not. */
export function failureOf(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}
