/** Most characters in one request, so that few large declarations do not make a giant one. */
const MAX_LENGTH = 4_194_304;

/** How many of these lines, from the first on, travel together: at most `maxItems`, and at least one if there is one. */
export function batchSize(lines: readonly string[], maxItems: number): number {
  let length = 0;
  const end = lines.findIndex((line, i) => {
    length += line.length;
    return i >= maxItems || (i > 0 && length > MAX_LENGTH);
  });
  return end === -1 ? lines.length : end;
}
