/**
 * Who read personal values: the intent of a read is durable in the access log before the first byte of the answer leaves,
 * its outcome follows. Both are entries of a log of their own, as tamper-evident as that of lineage. What cannot be
 * recorded is not served. Many reads share one transaction.
 */
import { randomUUID } from 'node:crypto';
import type { Principal } from '../access/principal.js';
import { Coalescer } from '../capture/coalescer.js';
import type { Clock } from '../domain/clock.js';
import { PedigreeError } from '../domain/errors.js';
import type { Json } from '../domain/json.js';
import { subjectMark } from '../ledger/keys.js';
import type { GrantedGraph } from '../lineage/granted/granted-graph.js';
import type { AccessLog, AccessLook, PreparedAccess } from '../store/access-log.js';
import type { KeyReader } from '../store/keys/key-store.js';
import { prepareAccess, type LogKeys } from './access-entry.js';

/** Where a read comes in. */
export type Door = 'graphql' | 'evidence' | 'export' | 'stream';

export interface ReadIntent {
  readonly principal: Principal;
  readonly door: Door;
  /** Why, in the reader's words. */
  readonly purpose?: string | undefined;
  /** The operation's name, where it has one. */
  readonly operation?: string | undefined;
  /** SHA-256 of the operation's text, 64 hex digits. */
  readonly operationDigest: string;
  readonly arguments: Json;
}

/** How a read ended: answered in full, answered with a failure, or broken off while it was sent. */
export type ReadEnd = 'COMPLETE' | 'FAILED' | 'ABORTED';

const LIMITS = { maxBatch: 1_000, maxQueue: 20_000 };

/** How long outcomes wait for each other: nobody waits for them, and one transaction then serves many reads. */
const OUTCOME_DELAY_MS = 250;

interface WaitingOutcome {
  readonly record: PreparedAccess;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export class ReadAudit {
  private readonly writing: Coalescer<PreparedAccess, number | undefined>;
  private readonly outcomes: WaitingOutcome[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    log: Pick<AccessLog, 'append'>,
    private readonly keys: KeyReader & LogKeys,
    private readonly clock: Clock,
  ) {
    this.writing = new Coalescer((records) => log.append(records), LIMITS);
  }

  /** Begins to record a read; whoever answers it waits for `recorded` first. */
  begin(intent: ReadIntent): AuditedRead {
    const request = randomUUID();
    const { principal, operation } = intent;
    const { grant } = principal;
    const purpose = intent.purpose ?? grant?.purpose;
    const fields = {
      ...(grant ? { grant: grant.id, holder: grant.holder } : {}),
      ...(grant?.caseRef === undefined ? {} : { caseRef: grant.caseRef }),
      ...(purpose === undefined ? {} : { purpose }),
      ...(operation === undefined ? {} : { operation }),
      operationDigest: intent.operationDigest,
      arguments: intent.arguments,
      door: intent.door,
      principal: principal.name,
      roles: principal.roles,
      tokenId: principal.tokenId,
    };
    const prepare = (
      phase: 'intent' | 'outcome',
      said: Readonly<Record<string, Json>>,
      artifacts: readonly string[] = [],
    ): PreparedAccess => {
      const record = { id: `access:read/${request}@${phase}`, request, phase, by: principal.name };
      return prepareAccess({ ...record, occurredAt: this.clock() }, said, this.keys, artifacts);
    };
    const record = { ...prepare('intent', fields), ...(grant ? { grant: grant.id } : {}) };
    return new AuditedRead(this.writeIntent(record), async (intentLeaf, outcome, looked) => {
      const looks = await this.looksAt(looked, { request, intent: intentLeaf });
      const prepared = prepare('outcome', { ...outcome, looks: looks.length }, [...looked.keys()]);
      return this.writeLater({ ...prepared, looks });
    });
  }

  /** One for each artifact and person. */
  private async looksAt(looked: Looked, read: Pick<AccessLook, 'request' | 'intent'>): Promise<AccessLook[]> {
    const kids = new Set([...looked.values()].flatMap((each) => [...each]));
    const keys = await this.keys.keysOf([...kids]);
    return [...looked].flatMap(([artifact, under]) => {
      const marks = [...under].flatMap((kid) => {
        const key = keys.get(kid);
        return key instanceof Uint8Array ? [subjectMark(key)] : [];
      });
      const subjects: readonly (string | null)[] = marks.length === 0 ? [null] : marks;
      return subjects.map((subject): AccessLook => ({ artifact, ...read, subject }));
    });
  }

  /** Resolves when everything that was begun is written. */
  async idle(): Promise<void> {
    await this.writeOutcomes();
    await this.writing.idle();
  }

  private async writeIntent(record: PreparedAccess): Promise<number> {
    const [leafIndex] = await this.writing.add([record]);
    if (leafIndex === undefined) throw grantEnded();
    return leafIndex;
  }

  private writeLater(record: PreparedAccess): Promise<void> {
    return new Promise((resolve, reject) => {
      this.outcomes.push({ record, resolve, reject });
      this.timer ??= setTimeout(() => void this.writeOutcomes(), OUTCOME_DELAY_MS);
    });
  }

  private async writeOutcomes(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const outcomes = this.outcomes.splice(0);
    try {
      await this.writing.add(
        outcomes.map(({ record }) => record),
        { patient: true },
      );
      for (const { resolve } of outcomes) resolve();
    } catch (error) {
      for (const { reject } of outcomes) reject(error);
    }
  }
}

/** The same for a grant that was revoked, that is over, and that never was. */
export function grantEnded(): PedigreeError {
  return new PedigreeError('GRANT_ENDED', 'this grant is not good any more: it has expired or was revoked');
}

/** The artifacts whose personal values were read, each with the names of the keys that those were sealed under. */
type Looked = ReadonlyMap<string, ReadonlySet<string>>;

type WriteOutcome = (intent: number, fields: Readonly<Record<string, Json>>, looked: Looked) => Promise<void>;

/** One read while it is answered: it collects what the outcome says. */
export class AuditedRead {
  private readonly artifacts = new Map<string, Set<string>>();
  private values = 0;
  private hidden: Readonly<Record<string, Json>> = {};
  private result: Readonly<Record<string, Json>> = {};
  private ended: Promise<void> | undefined;

  constructor(
    private readonly intent: Promise<number>,
    private readonly writeOutcome: WriteOutcome,
  ) {
    // Whoever answers waits for it and gets the failure; until then it is nobody's unhandled rejection.
    intent.catch(() => undefined);
  }

  /** Resolves when the intent is durable. Errors: what the database reports, `OVERLOADED`, `GRANT_ENDED`; then nothing may be served. */
  async recorded(): Promise<void> {
    await this.intent;
  }

  /** Personal values of an artifact were read for the answer. @param kids the names of their keys */
  looked(artifact: string, values: number, kids: Iterable<string>): void {
    const known = this.artifacts.get(artifact) ?? new Set();
    for (const kid of kids) known.add(kid);
    this.artifacts.set(artifact, known);
    this.values += values;
  }

  /** How many artifacts a grant hid from the reader: told to the log, never to the reader. */
  hid(granted: Pick<GrantedGraph, 'parts'> | undefined): void {
    if (granted) this.hidden = { hidden: granted.parts.shown.standsFor.size };
  }

  /** What is about to be sent. @param resultDigest SHA-256 of the answer, 64 hex digits */
  answering(resultDigest: string, asOf?: number): void {
    this.result = { resultDigest, ...(asOf === undefined ? {} : { asOf }) };
  }

  /** Writes the outcome, once; without a recorded intent there is nothing to end. */
  end(state: ReadEnd): Promise<void> {
    this.ended ??= this.intent.then(
      (leafIndex) =>
        this.writeOutcome(
          leafIndex,
          { ...this.hidden, ...this.result, state, values: this.values },
          this.artifacts,
        ),
      () => undefined,
    );
    return this.ended;
  }
}
