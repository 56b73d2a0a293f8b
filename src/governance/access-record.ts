/** What is written of a record of the access log: its entry, and the properties of its node. */
import { canonicalJson, type Json } from '../domain/json.js';
import { makeEntry } from '../ledger/entry.js';
import { ACCESS_ENTRIES } from '../ledger/keys.js';
import type { Member } from '../ledger/members.js';
import type { PreparedAccess } from '../store/access-log.js';
import type { KeyStore } from '../store/keys/key-store.js';

export interface AccessFacts {
  /** `access:read/<request>@intent`, `…@outcome`, or `access:log/<origin>@origin`. */
  readonly id: string;
  readonly by: string;
  /** Milliseconds since the epoch. */
  readonly occurredAt: number;
  readonly fields: Readonly<Record<string, Json>>;
  /** The artifacts whose personal values were read. */
  readonly artifacts?: readonly string[];
}

/** @param props what the node has besides, to be found by */
export function prepareAccess(
  { id, by, occurredAt, fields, artifacts = [] }: AccessFacts,
  props: Readonly<Record<string, string>>,
  keyStore: Pick<KeyStore, 'currentLogKey' | 'logKey'>,
): PreparedAccess {
  const values = Object.entries(fields).map(([name, value]): Member => ({
    path: `value/${name}`,
    json: canonicalJson(value),
  }));
  const edges = artifacts.map((artifact): Member => ({
    path: `edge/READ/${artifact}`,
    json: '{"props":{}}',
  }));
  const k = keyStore.currentLogKey;
  const head = canonicalJson({ id, kind: 'Access', occurredAt });
  const keys = { k, logKey: keyStore.logKey(k), subjectKey: noSubject, log: ACCESS_ENTRIES } as const;
  const entry = makeEntry(id, { head, values, edges }, by, keys);
  return {
    id,
    entry,
    props: {
      ...{ id, ...props, occurredAt, by, k, digest: entry.digest },
      values: `{${values.map(({ path, json }) => `${JSON.stringify(path)}:${json}`).join(',')}}`,
      ...(artifacts.length > 0 ? { artifacts } : {}),
    },
  };
}

/** Records of the access log hold nothing that is sealed under a subject's key. */
function noSubject(): never {
  throw new TypeError('a record of the access log has no subjects');
}
