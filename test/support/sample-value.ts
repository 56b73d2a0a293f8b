/** A value of a declared type, for planning a statement without running it. */
import type { CypherType } from '../../src/store/statement.js';

const SAMPLES = { String: '', Int: 1, Float: 1.5, Boolean: false, Bytes: new Uint8Array(1), Map: {}, Any: 1 };

/** For each name the plainest value of its type: nothing where it may be null, lists empty. */
export function sampleFields(fields: Readonly<Record<string, CypherType>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, sampleOf(type)]));
}

function sampleOf(type: CypherType): unknown {
  if (type.nullable === true) return null;
  if (type.is === 'List') return [];
  if (type.is === 'Record') return sampleFields(type.fields);
  return SAMPLES[type.is];
}
