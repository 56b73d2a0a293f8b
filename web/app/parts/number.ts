/** Numbers for people: enough digits to tell two apart, and a real minus sign. */
const PLAIN = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 4 });
const COUNT = new Intl.NumberFormat('en-GB');
const SHARE = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 1 });

export function showNumber(value: number): string {
  return PLAIN.format(value).replace('-', '−');
}

/** With its sign, also where it is positive. */
export function showSigned(value: number): string {
  return value > 0 ? `+${showNumber(value)}` : showNumber(value);
}

/** A count, which is exact: the API gives large ones as text. */
export function showCount(value: number | string): string {
  return COUNT.format(typeof value === 'string' ? BigInt(value) : value);
}

export function showShare(value: number): string {
  return SHARE.format(value);
}

/** `1 run`, `4 runs`. */
export function countOf(count: number | string, [one, several]: readonly [string, string]): string {
  return `${showCount(count)} ${String(count) === '1' ? one : several}`;
}
