/** In which forms an operation asks: so that a run can show that it has tried them all, and was answered. */
import type { Operation } from './operations.js';

const FORMS: Readonly<Record<string, RegExp>> = {
  filter: /where: |filter: |kinds: |edges: \[|types: /,
  'filter in a filter': /NOT|OR/,
  order: /sort: /,
  count: /total|count/,
  path: /paths\(/,
  'nested argument': /\{[^]*\w\(first: /,
  variable: /\$(filter|where|sort)2?:/,
  fragment: /fragment /,
  alias: /(alias_\w+|one|answer): /,
  'two questions': /one: [^]*two: /,
};

/** @param pages how many pages were read: more than one used a cursor */
export function formsOf(operation: Operation, pages: number): string[] {
  if (operation.door !== 'graphql') return [operation.door];
  const text = `${operation.query} ${JSON.stringify(operation.variables)}`;
  const asked = Object.entries(FORMS).flatMap(([form, pattern]) => (pattern.test(text) ? [form] : []));
  return pages > 1 ? [...asked, 'cursor'] : asked;
}
