/**
 * `fsck`: every entry is made again from the graph and compared with the log, and everything in the graph is looked up
 * in the log. Page by page, so that memory stays flat and a check that was interrupted goes on where it was.
 *
 * It holds for the log as it was when the check began; what is recorded meanwhile is the next check's matter.
 */
import { PedigreeError } from '../../domain/errors.js';
import { BUNDLE_SIZE } from '../../ledger/bundle.js';
import type { Database } from '../../store/database.js';
import { FsckReader } from '../../store/fsck-reader.js';
import { LINEAGE_LOG } from '../../store/as-of.js';
import type { HeadStore } from '../../store/keys/head-store.js';
import type { KeyStore } from '../../store/keys/key-store.js';
import { readHead } from '../../store/log-head.js';
import { checkArtifacts, checkAttestations } from './check-graph.js';
import { checkDecisionGroups } from './check-groups.js';
import { checkLog, type LogPosition, type SignedRoot } from './check-log.js';
import { compareValues, type Finding } from './finding.js';
import { SequenceNumbers } from './sequence-numbers.js';
import type { Step } from './step.js';

const PHASES = ['log', 'artifacts', 'attestations', 'groups'] as const;
type Phase = (typeof PHASES)[number];

/** All that a check needs to go on; plain JSON. */
export interface FsckState {
  readonly format: 1;
  /** Whose log it is. */
  readonly keyStore: string;
  /** Entries below this are checked. */
  readonly size: number;
  /** The last head that was signed when the check began; null if none ever was. */
  readonly signed: SignedRoot | null;
  readonly nextSeq: number;
  readonly nextGroup: number;
  readonly phase: Phase | 'done';
  readonly next: LogPosition | string | number;
  /** Entries, nodes and groups checked so far, and how many there are in all. */
  readonly checked: number;
  readonly total: number;
  readonly found: number;
  /** Sequence numbers met. */
  readonly seqs: string;
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

  constructor(
    private readonly database: Database,
    private readonly keyStore: Pick<KeyStore, 'id' | 'keysOf' | 'logKey'>,
    private readonly heads: Pick<HeadStore, 'read'>,
  ) {
    this.reader = new FsckReader(database);
  }

  /** The state of a check that has not begun. */
  async begin(): Promise<FsckState> {
    // The signed head first: the database has at least what was signed before it was looked at.
    const head = await this.heads.read(LINEAGE_LOG);
    const signed = head ? { origin: head.origin, size: head.size, root: head.root } : null;
    const { size } = await readHead(this.database);
    const { artifacts, attestations, groups, nextSeq, nextGroup } = await this.reader.counts();
    return {
      ...{
        format: 1,
        keyStore: this.keyStore.id,
        size,
        signed,
        nextSeq,
        nextGroup,
        phase: 'log',
        next: START.log,
      },
      ...{ checked: 0, total: size + artifacts + attestations + groups, found: 0, seqs: '' },
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
    let { checked, found } = from;
    const stepOf = (phase: FsckState['phase'], step: Step<FsckState['next']>): FsckStep => {
      checked += step.checked;
      found += step.findings.length;
      const now = { ...from, phase, next: step.next, checked, found };
      return {
        findings: step.findings,
        checked,
        total: from.total,
        state: () => ({ ...now, seqs: seqs.toString() }),
      };
    };
    for (const phase of PHASES.slice(from.phase === 'done' ? PHASES.length : PHASES.indexOf(from.phase))) {
      const start = phase === from.phase ? from.next : START[phase];
      for await (const step of this.check(phase, from, start, seqs)) yield stepOf(phase, step);
      if (phase === 'artifacts') yield stepOf('attestations', { next: '', checked: 0, findings: lost(seqs) });
    }
    yield stepOf('done', { next: 0, checked: 0, findings: await this.checkHead(from) });
  }

  private check(
    phase: Phase,
    { size, signed, nextGroup }: FsckState,
    next: FsckState['next'],
    seqs: SequenceNumbers,
  ): AsyncGenerator<Step<FsckState['next']>> {
    switch (phase) {
      case 'log':
        return checkLog(this.reader, this.keyStore, { size, signed }, next as LogPosition);
      case 'artifacts':
        return checkArtifacts(this.reader, size, seqs, next as string);
      case 'attestations':
        return checkAttestations(this.reader, size, next as string);
      case 'groups':
        return checkDecisionGroups(this.reader, { size, nextGroup }, next as number);
    }
  }

  /** The head ends where the bundles end. Read once more, because the log may have grown. */
  private async checkHead({ size: checkedSize, signed }: FsckState): Promise<Finding[]> {
    const signedSize = signed?.size ?? 0;
    const head = await this.reader.counts();
    const bundles = await this.reader.bundles(Math.max(0, head.size - BUNDLE_SIZE), BUNDLE_SIZE);
    const last = bundles.filter(({ start }) => start < head.size).at(-1);
    return [
      ...(head.size < checkedSize ? compareValues('log', 'size', head.size, checkedSize) : []),
      ...(head.size < signedSize
        ? compareValues('log', 'size', head.size, `${String(signedSize)}, which is signed`)
        : []),
      ...compareValues('log', 'size', head.size, last ? last.start + last.count : 0),
      ...compareValues('log', 'at', head.at, last?.at ?? 0),
      ...(signed ? compareValues('log', 'origin', head.origin, signed.origin) : []),
    ];
  }
}

const START = { log: { leaf: 0, at: 0, peaks: [] }, artifacts: '', attestations: '', groups: -1 } as const;

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
