/** The heads of the logs: each ends where its bundles end, and says of the database what is so. */
import { ENTRY_FORMAT } from '../../ledger/entry.js';
import { BUNDLE_SIZE } from '../../ledger/bundle.js';
import { LINEAGE_LOG } from '../../store/as-of.js';
import type { FsckReader } from '../../store/fsck-reader.js';
import type { FsckFindStraysRow, FsckReadHeadsRow } from '../../store/queries.gen.js';
import type { KeyStore } from '../../store/keys/key-store.js';
import type { StoredProps } from '../../store/stored-values.js';
import { logId, type CheckedLog } from './check-tree.js';
import { compareProps, compareValues, type Finding } from './finding.js';

interface HeadParts {
  readonly reader: FsckReader;
  readonly keyStore: Pick<KeyStore, 'id' | 'lastSerial'>;
}

/** @param keySerial the newest of the keys that were met, as far as they are still in the key store */
export async function checkHeads(
  { reader, keyStore }: HeadParts,
  logs: readonly CheckedLog[],
  keySerial: number,
): Promise<Finding[]> {
  const heads = await reader.heads();
  const findings: Finding[] = [];
  for (const log of logs) {
    const row = heads.find(({ props }) => props.log === log.log);
    if (!row) {
      findings.push({ kind: 'missing', id: logId(log.log), part: 'its head' });
      continue;
    }
    findings.push(...(await checkSize(reader, log)), ...checkProps(row, log, keyStore.id));
    if (log.log !== LINEAGE_LOG) continue;
    findings.push(...checkSerial(row.props.keySerial, keySerial, await keyStore.lastSerial()));
    // An erasure may begin while this runs: the count lies between what the head said before it and after it.
    const [before, after] = [row, (await reader.heads()).find(({ props }) => props.log === log.log)];
    const counted = [before, after].map(
      (head) => ((head?.props as StoredProps).erasures as number | undefined) ?? 0,
    );
    if (before.erasures < Number(counted[0]) || before.erasures > Number(counted[1]))
      findings.push(...compareValues(logId(log.log), 'erasures', counted[0], before.erasures));
  }
  return findings;
}

/** Read now, because the log may have grown since the check began. */
async function checkSize(reader: FsckReader, { log, size: checked, signed }: CheckedLog): Promise<Finding[]> {
  const id = logId(log);
  const signedSize = signed?.size ?? 0;
  const head = await reader.headOf(log);
  // One that says no number is compared with all that there is.
  const size = typeof head.size === 'number' ? head.size : checked;
  const bundles = await reader.bundles(log, Math.max(0, size - BUNDLE_SIZE), BUNDLE_SIZE);
  const last = bundles.filter(({ start }) => start < size).at(-1);
  const end = last ? last.start + Number(last.count) : 0;
  return [
    ...(size >= checked ? [] : compareValues(id, 'size', head.size, checked)),
    ...(size >= signedSize
      ? []
      : compareValues(id, 'size', head.size, `${String(signedSize)}, which is signed`)),
    ...compareValues(id, 'size', head.size, end),
    ...compareValues(id, 'at', head.at, last?.at ?? 0),
    ...(signed ? compareValues(id, 'origin', head.origin, signed.origin) : []),
  ];
}

/** What is fixed, and names that nothing else has; `size` and the like are compared by themselves. */
function checkProps(
  { props: stored, community }: FsckReadHeadsRow,
  { log }: CheckedLog,
  keyStore: string,
): Finding[] {
  const props = stored;
  const { size, at, origin, nextSeq, nextGroup, erasures, keySerial } = props;
  const counters =
    log === LINEAGE_LOG ? { nextSeq, nextGroup, erasures, keySerial } : { nextSeq: 0, nextGroup: 0 };
  const fixed = { log, format: ENTRY_FORMAT, keyStore, inOrder: community };
  // Every writer sets it to take the lock: it is not there only if nobody has written yet.
  const lock = props.lock === undefined && size === 0 ? {} : { lock: true };
  return compareProps(logId(log), '', props, { size, at, origin, ...counters, ...fixed, ...lock });
}

/**
 * The number of the newest key under which there are values: by it a start recognises an older copy of the key store. It
 * was at least that of every key met, and the store has made that many.
 */
function checkSerial(stored: unknown, met: number, made: number): Finding[] {
  if (stored === undefined && met === 0) return [];
  if (typeof stored === 'number' && stored >= met && stored <= made) return [];
  return compareValues('log', 'keySerial', stored, `${String(met)} to ${String(made)}`);
}

/** Nodes that belong to nothing, under the name of what they are. */
export function straysToFindings(strays: readonly FsckFindStraysRow[]): Finding[] {
  return strays.map(({ labels, props: stored }) => {
    // Long texts and bytes say little here.
    const props = Object.entries(stored).filter(([name]) => !['bytes', 'root', 'values'].includes(name));
    return {
      kind: 'added',
      id: labels.join(':'),
      part: 'the node: it belongs to nothing that is recorded',
      stored: JSON.stringify(Object.fromEntries(props)),
    };
  });
}
