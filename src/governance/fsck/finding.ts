/** What `fsck` finds: one difference between the graph and the log. */

export interface Finding {
  /** `altered`: stored otherwise than the log says; `missing`: the log has it and the graph not; `added`: the reverse. */
  readonly kind: 'altered' | 'missing' | 'added';
  /** The artifact, attestation or group; `log` for the log itself. */
  readonly id: string;
  /** The field, property, edge or part of the entry. */
  readonly part: string;
  readonly stored?: string;
  /** What follows from the log: a digest where the log holds no more, the value where it follows from other values. */
  readonly expected?: string;
}

/** A difference between two values, or none. Undefined stands for a value that is not there. */
export function compareValues(id: string, part: string, stored: unknown, expected: unknown): Finding[] {
  const [a, b] = [textOf(stored), textOf(expected)];
  if (a === b) return [];
  const kind = a === undefined ? 'missing' : b === undefined ? 'added' : 'altered';
  return [
    {
      kind,
      id,
      part,
      ...(a === undefined ? {} : { stored: a }),
      ...(b === undefined ? {} : { expected: b }),
    },
  ];
}

/** The properties that are there against those that should be: an added one is named with its value, a missing one too. */
export function compareNames(
  id: string,
  part: string,
  props: Readonly<Record<string, unknown>>,
  expected: readonly string[],
): Finding[] {
  const names = new Set([...expected, ...Object.keys(props)]);
  return [...names].flatMap((name) =>
    expected.includes(name)
      ? compareValues(id, `${part}: ${name}`, name in props ? true : undefined, true)
      : compareValues(id, `${part}: ${name}`, props[name], undefined),
  );
}

/** Each property that is there or should be there. */
export function compareProps(
  id: string,
  part: string,
  props: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>>,
): Finding[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(props)]);
  return [...names].flatMap((name) =>
    compareValues(id, part === '' ? name : `${part}: ${name}`, props[name], expected[name]),
  );
}

/** JSON tells `1` from `"1"`; a value that JSON has no text for is named. */
function textOf(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : JSON.stringify(value);
}
