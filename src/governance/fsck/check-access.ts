/** The access log: every record of a read made again and compared with its leaf, and nothing noted that no record says. */
import { canonicalJson, type Json } from '../../domain/json.js';
import { makeEntry, type Entry } from '../../ledger/entry.js';
import { ACCESS_ENTRIES } from '../../ledger/keys.js';
import { ACCESS_LOG } from '../../store/as-of.js';
import type { DerivedReader } from '../../store/derived-reader.js';
import type { FsckReader, StoredBundle } from '../../store/fsck-reader.js';
import type { KeyStore } from '../../store/keys/key-store.js';
import type { StoredProps } from '../../store/stored-values.js';
import { compareMade } from './compare-made.js';
import { checkTree, type CheckedLog, type LogPosition } from './check-tree.js';
import { artifactsOf, checkNoted, intentOf } from './check-looks.js';
import { compareProps, type Finding } from './finding.js';
import { scanned, type Step } from './step.js';

const PAGE = 1_000;

interface AccessParts {
  readonly reader: FsckReader;
  readonly derived: DerivedReader;
  readonly keyStore: Pick<KeyStore, 'logKey' | 'keysOf' | 'restrictedOf'>;
}

/** From the log to the records: the entries below its size, from a position on. */
export function checkAccessLog(
  parts: AccessParts,
  log: CheckedLog,
  from: LogPosition,
): AsyncGenerator<Step<LogPosition>> {
  return checkTree(parts.reader, log, from, (bundles) => checkPage(parts, bundles));
}

async function checkPage(parts: AccessParts, bundles: readonly StoredBundle[]): Promise<readonly Finding[]> {
  const { derived, keyStore } = parts;
  const placed = bundles.flatMap(({ start, ids, leaves }) =>
    (leaves ?? []).map((leaf, i) => ({ leaf, leafIndex: start + i, id: ids[i] ?? '' })),
  );
  const ids = new Set(placed.flatMap(({ id }) => [id, intentOf(id)]));
  const records = await derived.records([...ids]);
  const outcomes = placed.flatMap(({ id }) => {
    const [props, intent] = [records.get(id), records.get(intentOf(id))?.leafIndex];
    return props && id !== intentOf(id) && typeof intent === 'number' ? [{ props, intent }] : [];
  });
  return [
    ...placed.flatMap(({ leaf, leafIndex, id }): Finding[] => {
      const props = records.get(id);
      if (props) return checkRecord(id, props, leaf, leafIndex, keyStore);
      const part = `the record of leaf ${String(leafIndex)}`;
      return [{ kind: 'missing', id, part, expected: leaf.toString('latin1') }];
    }),
    ...(await checkNoted(parts, outcomes)),
  ];
}

function checkRecord(
  id: string,
  props: StoredProps,
  leaf: Buffer,
  leafIndex: number,
  keyStore: Pick<KeyStore, 'logKey'>,
): Finding[] {
  const { occurredAt, by, k, digest, values, recordedAt, artifacts } = props;
  const seen = artifacts === undefined ? {} : { artifacts };
  const expected = { id, ...partsOf(id), occurredAt, by, k, digest, values, leafIndex, recordedAt, ...seen };
  return [
    ...compareProps(id, '', props, expected),
    ...compareMade(id, props, leaf, () => makeRecord(id, props, keyStore)),
  ];
}

const PHASES: Readonly<Record<string, string>> = { issued: 'granted' };

/**
 * What a record is found by follows from its id: `access:read/<request>@outcome`, `access:grant/<id>@issued`,
 * `access:profile/<name>@<digest>`.
 */
function partsOf(id: string): { readonly request?: string; readonly phase: string } {
  const [, about, request, end = ''] = /^access:(read|grant|profile)\/(.*)@([^@]*)$/su.exec(id) ?? [];
  if (request === undefined) return { phase: id.slice(id.lastIndexOf('@') + 1) };
  return { request, phase: about === 'profile' ? about : (PHASES[end] ?? end) };
}

/** The entry as `prepareAccess` made it. Throws whatever JSON says of values that are not what was written. */
function makeRecord(id: string, props: StoredProps, keyStore: Pick<KeyStore, 'logKey'>): Entry {
  const values = Object.entries(JSON.parse(props.values as string) as Record<string, Json>);
  const members = {
    head: canonicalJson({ id, kind: 'Access', occurredAt: props.occurredAt as number }),
    values: values.map(([path, value]) => ({ path, json: canonicalJson(value) })),
    edges: artifactsOf(props).map((artifact) => ({ path: `edge/READ/${artifact}`, json: '{"props":{}}' })),
  };
  const k = props.k as number;
  const keys = { k, logKey: keyStore.logKey(k), subjectKey: noSubject, log: ACCESS_ENTRIES } as const;
  const text = `{${members.values.map(({ path, json }) => `${JSON.stringify(path)}:${json}`).join(',')}}`;
  if (text !== props.values) throw new TypeError('another spelling of JSON than the canonical one');
  return makeEntry(id, members, props.by as string, keys);
}

function noSubject(): never {
  throw new TypeError('a record of the access log has no subjects');
}

/** From records to the log: all after a given one. */
export function checkRecords(
  { reader, derived }: AccessParts,
  size: number,
  from: string,
): AsyncGenerator<Step<string>> {
  return scanned(from, {
    read: (after) => derived.scanRecords(after, PAGE),
    placeOf: ({ id }) => id,
    async check(page) {
      const leaves = page.map(({ leafIndex }) => leafIndex);
      const names = await reader.stored.namesAt(leaves, ACCESS_LOG);
      return page.flatMap(({ id, leafIndex }): Finding[] => {
        const isLater = typeof leafIndex === 'number' && leafIndex >= size && names.has(leafIndex);
        if (isLater || names.get(leafIndex as number) === id) return [];
        const stored = `leaf ${JSON.stringify(leafIndex ?? null)}`;
        return [{ kind: 'added', id, part: 'the record: no entry of the access log is about it', stored }];
      });
    },
  });
}
