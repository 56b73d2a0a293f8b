/** `accessLog`: pages of reads, newest first, at one as-of point. */
import type { CursorSealer } from '../access/cursor.js';
import { PedigreeError, required } from '../domain/errors.js';
import type { Json } from '../domain/json.js';
import { subjectMark } from '../ledger/keys.js';
import type { AccessLog, AccessPair } from '../store/access-log.js';
import { ACCESS_LOG } from '../store/as-of.js';
import type { StatementRunner } from '../store/database.js';
import type { KeyStore } from '../store/keys/key-store.js';
import { readHead } from '../store/log-head.js';
import { openValues } from '../store/stored-values.js';

interface PageArgs {
  /** Milliseconds since the epoch. */
  readonly from?: number | null;
  readonly to?: number | null;
  readonly first: number;
  readonly after?: string | null;
}

export interface AccessLogArgs extends PageArgs {
  readonly by?: string | null;
  readonly artifact?: string | null;
}

export interface SubjectArgs extends PageArgs {
  /** The person, by the name that declarations have. It is not kept. */
  readonly subject: string;
}

/** One read. `OPEN`: its outcome is not recorded, because it goes on or the server ended with it. */
export interface Access {
  readonly id: string;
  readonly leafIndex: number;
  readonly recordedAt: number;
  readonly endedAt: number | null;
  readonly state: 'OPEN' | 'COMPLETE' | 'FAILED' | 'ABORTED';
  readonly artifacts: readonly string[];
  /** What the intent and the outcome say, by the names of their fields. */
  readonly said: ReadonlyMap<string, Json>;
}

export interface AccessPage {
  readonly asOf: number;
  readonly items: readonly Access[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

/** Reads of one person's values. */
export interface SubjectAccesses extends AccessPage {
  /** How many of the person's keys were destroyed: reads of what they sealed cannot be told to be of this person. */
  readonly erasedKeys: number;
}

/** Before every time and after it. */
const ALWAYS = { from: 0, to: Number.MAX_SAFE_INTEGER };

export class AccessLogService {
  constructor(
    private readonly runner: StatementRunner,
    private readonly log: Pick<AccessLog, 'list' | 'listOfSubject'>,
    private readonly cursors: CursorSealer,
    private readonly keyStore: Pick<KeyStore, 'generationsOf' | 'keysOf'>,
  ) {}

  /** Errors: `BAD_INPUT`, `BAD_CURSOR`. */
  async page({ by, artifact, ...args }: AccessLogArgs, reader: string): Promise<AccessPage> {
    const artifacts = artifact == null ? undefined : [artifact];
    return this.pageOf(args, { reader, question: ['accessLog', by ?? '', artifact ?? ''] }, (when, ...page) =>
      this.log.list({ by: by ?? undefined, artifacts, ...when }, ...page),
    );
  }

  /**
   * Who read values of a person, as far as the person's keys are there to tell: an empty page for a person of whom nothing
   * was ever kept. Errors: `BAD_INPUT`, `BAD_CURSOR`.
   */
  async ofSubject({ subject, ...args }: SubjectArgs, reader: string): Promise<SubjectAccesses> {
    const generations = await this.keyStore.generationsOf(subject);
    const keys = [...(await this.keyStore.keysOf(generations.map(({ kid }) => kid))).values()];
    const marks = keys.flatMap((key) => (key instanceof Uint8Array ? [subjectMark(key)] : []));
    const page = await this.pageOf(
      args,
      { reader, question: ['subjectAccesses', subject] },
      (when, ...rest) => this.log.listOfSubject(marks, when, ...rest),
    );
    return { ...page, erasedKeys: keys.length - marks.length };
  }

  private async pageOf(
    { first, after, ...when }: PageArgs,
    { reader, question }: { readonly reader: string; readonly question: readonly string[] },
    list: (when: typeof ALWAYS, before: number, first: number) => Promise<readonly Row[]>,
  ): Promise<AccessPage> {
    const from = when.from ?? ALWAYS.from;
    const to = when.to ?? ALWAYS.to;
    if (from > to)
      throw new PedigreeError('BAD_INPUT', required('"from" must not be after "to"', { from, to }));
    const scope = { reader, question: [...question, from, to] };
    const start = after == null ? await this.now() : this.cursors.open(after, scope);
    const rows = await list({ from, to }, start.position[0] ?? 0, first + 1);
    const items = rows.slice(0, first).map(toAccess);
    const last = items.at(-1);
    return {
      asOf: start.asOf,
      items,
      endCursor: last ? this.cursors.seal({ asOf: start.asOf, position: [last.leafIndex] }, scope) : null,
      hasNextPage: rows.length > first,
    };
  }

  private async now(): Promise<{ asOf: number; position: readonly number[] }> {
    const { size } = await readHead(this.runner, ACCESS_LOG);
    return { asOf: size, position: [size] };
  }
}

/** With the artifacts to be shown, if these are not all that were read. */
type Row = AccessPair & { readonly artifacts?: readonly string[] };

function toAccess({ intent, outcome, artifacts }: Row): Access {
  const ended = outcome ? openValues(outcome) : new Map<string, Json>();
  return {
    id: (intent.id as string).replace(/@intent$/, ''),
    leafIndex: intent.leafIndex as number,
    recordedAt: intent.recordedAt as number,
    endedAt: (outcome?.recordedAt as number | undefined) ?? null,
    state: (ended.get('value/state') as Access['state'] | undefined) ?? 'OPEN',
    artifacts: artifacts ?? (outcome?.artifacts as string[] | undefined) ?? [],
    said: new Map([...openValues(intent), ...ended]),
  };
}
