/** Records of the access log: each is an entry of its own log, with salted members, and a node that keeps what it says. */
import { canonicalJson, type Json } from '../domain/json.js';
import { makeEntry } from '../ledger/entry.js';
import { ACCESS_ENTRIES } from '../ledger/keys.js';
import type { Member } from '../ledger/members.js';
import type { PreparedAccess } from '../store/access-log.js';
import type { KeyStore } from '../store/keys/key-store.js';

export type LogKeys = Pick<KeyStore, 'currentLogKey' | 'logKey'>;

export interface AccessHead {
  /** `access:read/<request>@intent` or `@outcome`, `access:grant/<id>@issued` or `@revoked`, `access:log/<origin>@origin`. */
  readonly id: string;
  /** What belongs together: an intent and its outcome, a grant and its revocation. */
  readonly request?: string;
  readonly phase: 'intent' | 'outcome' | 'granted' | 'revoked' | 'profile' | 'origin';
  /** Name of the principal. */
  readonly by: string;
  /** Milliseconds since the epoch. */
  readonly occurredAt: number;
}

/** A record ready to be written: what it says by name, and the artifacts whose personal values were read. */
export function prepareAccess(
  head: AccessHead,
  said: Readonly<Record<string, Json>>,
  keys: LogKeys,
  artifacts: readonly string[] = [],
): PreparedAccess {
  const { id, occurredAt, by } = head;
  const values = Object.entries(said).map(([name, value]): Member => ({
    path: `value/${name}`,
    json: canonicalJson(value),
  }));
  const edges = artifacts.map((artifact): Member => ({
    path: `edge/READ/${artifact}`,
    json: '{"props":{}}',
  }));
  const k = keys.currentLogKey;
  const members = { head: canonicalJson({ id, kind: 'Access', occurredAt }), values, edges };
  const logKeys = { k, logKey: keys.logKey(k), subjectKey: noSubject, log: ACCESS_ENTRIES } as const;
  const entry = makeEntry(id, members, by, logKeys);
  return {
    id,
    entry,
    props: {
      ...{ ...head, k, digest: entry.digest },
      values: `{${values.map(({ path, json }) => `${JSON.stringify(path)}:${json}`).join(',')}}`,
      ...(artifacts.length > 0 ? { artifacts } : {}),
    },
  };
}

/** Records of the access log hold nothing that is sealed under a subject's key. */
function noSubject(): never {
  throw new TypeError('a record of the access log has no subjects');
}
