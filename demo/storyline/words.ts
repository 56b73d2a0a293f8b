/** Ids, times and numbers as a reader likes them. */
import { parseUrn, type CodeVersion } from '../../src/sdk/index.js';

/** `name@version` of an id: in one storyline, kind and namespace say themselves. */
export function nameOf(id: string): string {
  const { name, version } = parseUrn(id);
  return `${name}@${version}`;
}

/** The file, the commit in its usual short form, and the repository. */
export function codeText(code: CodeVersion | null): string {
  if (code === null) return 'no code version';
  return `${code.path ?? 'code'} @ ${code.commit.slice(0, 10)} of ${code.repository}`;
}

/** Up to four significant digits, thousands grouped. */
export function numberText(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en-US');
  return Number(value.toPrecision(4)).toString();
}

/** With a sign, three digits after the point. */
export function signedText(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}

export function dayOf(time: string): string {
  return time.slice(0, 10);
}
