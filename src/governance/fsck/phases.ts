/** The parts of a check, in their order: each goes over one kind of thing from a position on, a page a step. */
import type { DerivedReader } from '../../store/derived-reader.js';
import type { ErasureStore } from '../../store/erasure-store.js';
import type { FsckReader } from '../../store/fsck-reader.js';
import type { KeyStore } from '../../store/keys/key-store.js';
import { checkAccessLog, checkRecords } from './check-access.js';
import { checkAwaited } from './check-awaited.js';
import { checkColumns } from './check-columns.js';
import { checkErasures } from './check-erasures.js';
import { checkArtifacts, checkAttestations } from './check-graph.js';
import { checkDecisionGroups } from './check-groups.js';
import { checkFurtherKeys } from './check-keys.js';
import { checkLog } from './check-log.js';
import { checkLooks } from './check-looks.js';
import { checkRuns } from './check-runs.js';
import { checkTerms } from './check-terms.js';
import { LOG_BEGIN, type CheckedLog, type LogPosition } from './check-tree.js';
import type { SequenceNumbers } from './sequence-numbers.js';
import type { Step } from './step.js';

/** Where a phase goes on; plain JSON. */
export type Position = LogPosition | string | number;

export interface CheckParts {
  readonly reader: FsckReader;
  readonly derived: DerivedReader;
  readonly erasures: ErasureStore;
  readonly keyStore: Pick<KeyStore, 'id' | 'keysOf' | 'restrictedOf' | 'logKey' | 'serialsOf' | 'lastSerial'>;
  readonly lineage: CheckedLog;
  readonly access: CheckedLog;
  /** Artifacts and groups whose numbers are not below these came while the check runs. */
  readonly nextGroup: number;
  readonly seqs: SequenceNumbers;
  readonly startedAt: number;
  readonly onSerial: (serial: number) => void;
}

interface Phase {
  readonly name: string;
  readonly begin: Position;
  /** `from` is this phase's `begin`, or a `next` of one of its steps. */
  run(parts: CheckParts, from: never): AsyncGenerator<Step<Position>>;
}

const phase = <P extends Position>(
  name: string,
  begin: P,
  run: (parts: CheckParts, from: P) => AsyncGenerator<Step<Position>>,
): Phase => ({ name, begin, run });

export const PHASES: readonly Phase[] = [
  phase('log', LOG_BEGIN, (parts, from) => checkLog(parts, parts.lineage, from)),
  phase('artifacts', '', (parts, from) => checkArtifacts(parts, parts.lineage.size, parts.seqs, from)),
  phase('attestations', '', ({ reader, lineage }, from) => checkAttestations(reader, lineage.size, from)),
  phase('groups', -1, (parts, from: number) =>
    checkDecisionGroups(
      parts.reader,
      parts.derived,
      { size: parts.lineage.size, nextGroup: parts.nextGroup },
      from,
    ),
  ),
  phase('columns', '', ({ reader, derived, lineage }, from) =>
    checkColumns(derived, reader.stored, lineage.size, from),
  ),
  phase('awaited', '', ({ reader, derived, lineage }, from) =>
    checkAwaited(derived, reader.stored, lineage.size, from),
  ),
  phase('search terms', '', ({ reader, derived, lineage }, from) =>
    checkTerms(derived, reader.stored, lineage.size, from),
  ),
  phase('keys', '', ({ derived }, from) => checkFurtherKeys(derived, from)),
  phase('erasures', '', ({ reader, erasures, keyStore }, from) =>
    checkErasures({ store: erasures, stored: reader.stored, keyStore }, from),
  ),
  phase('runs', '', ({ derived, startedAt }, from) => checkRuns(derived, startedAt, from)),
  phase('access log', LOG_BEGIN, (parts, from) => checkAccessLog(parts, parts.access, from)),
  phase('records', '', (parts, from) => checkRecords(parts, parts.access.size, from)),
  phase('looks', '', (parts, from) => checkLooks(parts, from)),
];

/** The place of a phase in the order; after the last one for any other name. */
export function phaseIndex(name: string): number {
  const index = PHASES.findIndex((one) => one.name === name);
  return index === -1 ? PHASES.length : index;
}
