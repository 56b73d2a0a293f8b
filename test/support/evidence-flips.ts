/** One-bit changes of an evidence file: of each of its texts and numbers, and of its bytes in steps. */

export interface AlteredFile {
  /** `entries[3].leaf`, or `byte 1234`. */
  readonly where: string;
  readonly text: string;
}

/**
 * Every member of a parsed file once, at a place that `seed` chooses, and every `step`-th byte of its text. The flips keep
 * to the low five bits, so that a text stays text and the change has to be found by what it means.
 */
export function* alteredFiles(
  text: string,
  { seed, step }: { readonly seed: number; readonly step: number },
): Generator<AlteredFile> {
  let turn = seed;
  const next = (below: number): number => (turn = (Math.imul(turn, 1_664_525) + 1_013_904_223) >>> 0) % below;
  for (const { where, path, value } of membersOf(JSON.parse(text) as object)) {
    yield { where, text: withMember(text, path, flipValue(value, next)) };
  }
  const bytes = Buffer.from(text);
  for (let at = next(step); at < bytes.length; at += 1 + next(2 * step - 1)) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] as number) ^ (1 << next(5));
    if (changed.toString('utf8').includes('\ufffd')) continue;
    yield { where: `byte ${String(at)}`, text: changed.toString('utf8') };
  }
}

type Path = readonly (string | number)[];

function* membersOf(
  value: unknown,
  path: Path = [],
): Generator<{ where: string; path: Path; value: unknown }> {
  if (typeof value !== 'object' || value === null) {
    yield {
      where: path
        .map((step) => (typeof step === 'number' ? `[${String(step)}]` : `.${step}`))
        .join('')
        .slice(1),
      path,
      value,
    };
    return;
  }
  for (const [name, member] of Object.entries(value)) {
    yield* membersOf(member, [...path, Array.isArray(value) ? Number(name) : name]);
  }
}

function flipValue(value: unknown, next: (below: number) => number): unknown {
  if (typeof value === 'number') return value ^ (1 << next(4));
  const text = value as string;
  const at = next(text.length);
  return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << next(5))) + text.slice(at + 1);
}

/** Members keep their order when one is replaced, so the text stays canonical. */
function withMember(text: string, path: Path, changed: unknown): string {
  const file = JSON.parse(text) as Record<string | number, unknown>;
  let place = file;
  for (const step of path.slice(0, -1)) place = place[step] as Record<string | number, unknown>;
  place[path.at(-1) as string | number] = changed;
  return `${JSON.stringify(file)}\n`;
}
