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
import { compareProps, compareValues, type Finding } from './finding.js';
import type { Step } from './step.js';

const PAGE = 1_000;

interface AccessParts {
  readonly reader: FsckReader;
  readonly derived: DerivedReader;
  readonly keyStore: Pick<KeyStore, 'logKey'>;
}

/** From the log to the records: the entries below its size, from a position on. */
export function checkAccessLog(
  parts: AccessParts,
  log: CheckedLog,
  from: LogPosition,
): AsyncGenerator<Step<LogPosition>> {
  return checkTree(parts.reader, log, from, (bundles) => checkPage(parts, bundles));
}

async function checkPage(
  { derived, keyStore }: AccessParts,
  bundles: readonly StoredBundle[],
): Promise<readonly Finding[]> {
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
    ...(await checkNoted(derived, outcomes)),
  ];
}

/** The id of the intent of the read that a record is about. */
function intentOf(id: string): string {
  return id.replace(/@outcome$/, '@intent');
}

function checkRecord(
  id: string,
  props: StoredProps,
  leaf: Buffer,
  leafIndex: number,
  keyStore: Pick<KeyStore, 'logKey'>,
): Finding[] {
  const [, request] = /^access:read\/(.*)@(?:intent|outcome)$/.exec(id) ?? [];
  const phase = id.slice(id.lastIndexOf('@') + 1);
  const { occurredAt, by, k, digest, values, recordedAt, artifacts } = props;
  const seen = artifacts === undefined ? {} : { artifacts };
  const expected = { id, request, phase, occurredAt, by, k, digest, values, leafIndex, recordedAt, ...seen };
  return [
    ...compareProps(id, '', props, expected),
    ...compareMade(id, props, leaf, () => makeRecord(id, props, keyStore)),
  ];
}

/** The entry as `read-audit` made it. Throws whatever JSON says of values that are not what was written. */
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

function artifactsOf({ artifacts }: StoredProps): readonly string[] {
  return Array.isArray(artifacts) ? (artifacts as string[]) : [];
}

/** What an outcome says was looked at is noted beside each artifact, once and for that read. */
async function checkNoted(
  derived: DerivedReader,
  outcomes: readonly { readonly props: StoredProps; readonly intent: number }[],
): Promise<Finding[]> {
  const rows = outcomes.flatMap(({ props, intent }) =>
    artifactsOf(props).map((artifact) => ({ artifact, intent, props })),
  );
  const looks = await derived.looks(rows.map(({ artifact, intent }) => ({ artifact, intent })));
  const noted = new Map(
    looks.map(({ artifact, intent, requests }) => [`${String(intent)} ${artifact}`, requests]),
  );
  return rows.flatMap(({ artifact, intent, props }): Finding[] => {
    const id = String(props.id);
    const requests = noted.get(`${String(intent)} ${artifact}`) ?? [];
    if (requests.length === 0) return [{ kind: 'missing', id, part: `the look at ${artifact}` }];
    return compareValues(id, `the look at ${artifact}`, requests, [props.request]);
  });
}

/** From records to the log: all after a given one. */
export async function* checkRecords(
  { reader, derived }: AccessParts,
  size: number,
  from: string,
): AsyncGenerator<Step<string>> {
  for (let next = from; ;) {
    const page = await derived.scanRecords(next, PAGE);
    if (page.length === 0) return;
    const names = await reader.stored.namesAt(
      page.map(({ leafIndex }) => leafIndex),
      ACCESS_LOG,
    );
    next = page.at(-1)?.id ?? next;
    const findings = page.flatMap(({ id, leafIndex }): Finding[] => {
      const isLater = typeof leafIndex === 'number' && leafIndex >= size && names.has(leafIndex);
      if (isLater || names.get(leafIndex as number) === id) return [];
      const stored = `leaf ${JSON.stringify(leafIndex ?? null)}`;
      return [{ kind: 'added', id, part: 'the record: no entry of the access log is about it', stored }];
    });
    yield { next, checked: page.length, findings };
  }
}

/** From notes to records: all after a given one, as `[artifact, intent]`. */
export async function* checkLooks(
  { reader, derived }: AccessParts,
  from: string,
): AsyncGenerator<Step<string>> {
  for (let next = from; ;) {
    const [artifact, intent] = next === '' ? ['', -1] : (JSON.parse(next) as [string, number]);
    const page = await derived.scanLooks({ artifact, intent }, PAGE);
    const last = page.at(-1);
    if (!last) return;
    next = JSON.stringify([last.artifact, last.intent]);
    const names = await reader.stored.namesAt(
      page.map((look) => look.intent),
      ACCESS_LOG,
    );
    const findings = page.flatMap(({ props: stored, outcome, ...look }) => {
      const props = stored;
      const part = `the look at ${look.artifact}`;
      const id = `access:read/${String(props.request)}@outcome`;
      const isSaid =
        names.get(look.intent) === intentOf(id) && artifactsOf(outcome ?? {}).includes(look.artifact);
      return [
        ...compareProps(id, part, props, { ...look, request: props.request }),
        ...(isSaid ? [] : [{ kind: 'added', id, part } as const]),
      ];
    });
    yield { next, checked: page.length, findings };
  }
}
