/**
 * `fsck`: every entry of both logs is made again from the graph and compared with the log, everything in the graph is looked
 * up in the log, and whatever is derived from entries is derived again. Page by page, so that memory stays flat and a check
 * that was interrupted goes on where it was.
 *
 * It holds for the logs as they were when the check began; what is recorded meanwhile is the next check's matter.
 */
import { systemClock, type Clock } from '../../domain/clock.js';
import { isPedigreeError, PedigreeError } from '../../domain/errors.js';
import { ACCESS_LOG, LINEAGE_LOG, type LogName } from '../../store/as-of.js';
import type { Database } from '../../store/database.js';
import { DerivedReader } from '../../store/derived-reader.js';
import { ErasureStore } from '../../store/erasure-store.js';
import { FsckReader } from '../../store/fsck-reader.js';
import type { HeadStore } from '../../store/keys/head-store.js';
import { readHead } from '../../store/log-head.js';
import { checkHeads, straysToFindings } from './check-heads.js';
import { LOG_BEGIN, type CheckedLog } from './check-tree.js';
import type { Finding } from './finding.js';
import { phaseIndex, PHASES, type CheckParts, type Position } from './phases.js';
import { SequenceNumbers } from './sequence-numbers.js';
import type { Step } from './step.js';

/** All that a check needs to go on; plain JSON. */
export interface FsckState {
  readonly format: 2;
  /** Whose log it is. */
  readonly keyStore: string;
  /** When it began, in milliseconds since the epoch. */
  readonly startedAt: number;
  readonly lineage: CheckedLog;
  readonly access: CheckedLog;
  readonly nextSeq: number;
  readonly nextGroup: number;
  readonly phase: string;
  readonly next: Position;
  /** Entries, nodes and groups checked so far, and how many there are in all. */
  readonly checked: number;
  readonly total: number;
  readonly found: number;
  /** Sequence numbers met. */
  readonly seqs: string;
  /** The newest key met, by its serial. */
  readonly keySerial: number;
}

export interface FsckStep {
  readonly findings: readonly Finding[];
  /** Asked for only when it is to be kept: it is not free. */
  state(): FsckState;
  readonly checked: number;
  readonly total: number;
}

export class FsckService {
  private readonly reader: FsckReader;
  private readonly derived: DerivedReader;

  constructor(
    private readonly database: Database,
    private readonly keyStore: CheckParts['keyStore'],
    private readonly heads: Pick<HeadStore, 'read'>,
    private readonly clock: Clock = systemClock,
  ) {
    this.reader = new FsckReader(database);
    this.derived = new DerivedReader(database);
  }

  /** The state of a check that has not begun. */
  async begin(): Promise<FsckState> {
    const lineage = await this.readLog(LINEAGE_LOG);
    const access = await this.readLog(ACCESS_LOG);
    const { artifacts, attestations, groups, nextSeq, nextGroup } = await this.reader.counts();
    const { columns, furtherKeys, erasures, runs, records, looks, terms, awaited } =
      await this.derived.counts();
    const derived = columns + furtherKeys + erasures + runs + records + looks + terms + awaited;
    return {
      ...{ format: 2, keyStore: this.keyStore.id, startedAt: this.clock(), lineage, access },
      ...{ nextSeq, nextGroup, phase: 'log', next: LOG_BEGIN, checked: 0, found: 0, seqs: '', keySerial: 0 },
      total: lineage.size + access.size + artifacts + attestations + groups + derived,
    };
  }

  /** Goes on from a state, a page a step, to the end. Error: `KEY_STORE_MISMATCH` for a state of another log. */
  async *run(from: FsckState): AsyncGenerator<FsckStep> {
    if (from.keyStore !== this.keyStore.id) {
      throw new PedigreeError(
        'KEY_STORE_MISMATCH',
        'the state file belongs to the check of another log: delete it or name another',
      );
    }
    const seqs = new SequenceNumbers(from.nextSeq, from.seqs);
    let { checked, found, keySerial } = from;
    const parts = this.partsOf(from, seqs, (serial) => (keySerial = Math.max(keySerial, serial)));
    const stepOf = (phase: string, step: Step<Position>): FsckStep => {
      checked += step.checked;
      found += step.findings.length;
      const now = { ...from, phase, next: step.next, checked, found, keySerial };
      return {
        findings: step.findings,
        checked,
        total: from.total,
        state: () => ({ ...now, seqs: seqs.toString() }),
      };
    };
    const first = phaseIndex(from.phase);
    for (const [i, phase] of PHASES.entries()) {
      if (i < first) continue;
      const start = i === first ? from.next : phase.begin;
      for await (const step of phase.run(parts, start as never)) yield stepOf(phase.name, step);
      if (phase.name === 'artifacts')
        yield stepOf('attestations', { next: '', checked: 0, findings: lost(seqs) });
    }
    const findings = [
      ...(await checkHeads(parts, [from.lineage, from.access], keySerial)),
      ...straysToFindings(await this.reader.strays()),
    ];
    yield stepOf('done', { next: 0, checked: 0, findings });
  }

  /** The signed head first: the database has at least what was signed before it was looked at. */
  private async readLog(log: LogName): Promise<CheckedLog> {
    const head = await this.heads.read(log);
    const signed = head ? { origin: head.origin, size: head.size, root: head.root } : null;
    // A head that is gone is a finding, and not the end of the check.
    const known = await readHead(this.database, log).catch((error: unknown) => {
      if (isPedigreeError(error, 'UNKNOWN_FORMAT')) return undefined;
      throw error;
    });
    return { log, size: known?.size ?? signed?.size ?? 0, signed };
  }

  private partsOf(
    { lineage, access, nextGroup, startedAt }: FsckState,
    seqs: SequenceNumbers,
    onSerial: (serial: number) => void,
  ): CheckParts {
    const { reader, derived, keyStore } = this;
    const erasures = new ErasureStore(this.database);
    return { reader, derived, erasures, keyStore, lineage, access, nextGroup, startedAt, seqs, onSerial };
  }
}

function lost(seqs: SequenceNumbers): Finding[] {
  if (seqs.missing === 0) return [];
  return [
    {
      kind: 'missing',
      id: 'log',
      part: `${String(seqs.missing)} artifacts whose sequence numbers were given`,
    },
  ];
}
