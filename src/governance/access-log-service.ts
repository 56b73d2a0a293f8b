/** `accessLog`: pages of reads, newest first, at one as-of point. */
import type { CursorSealer } from '../access/cursor.js';
import { PedigreeError, required } from '../domain/errors.js';
import type { Json } from '../domain/json.js';
import type { AccessLog, AccessPair } from '../store/access-log.js';
import { ACCESS_LOG } from '../store/as-of.js';
import type { StatementRunner } from '../store/database.js';
import { readHead } from '../store/log-head.js';
import { openValues } from '../store/stored-values.js';

export interface AccessLogArgs {
  readonly by?: string | null;
  readonly artifact?: string | null;
  /** Milliseconds since the epoch. */
  readonly from?: number | null;
  readonly to?: number | null;
  readonly first: number;
  readonly after?: string | null;
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

/** Before every time and after it. */
const ALWAYS = { from: 0, to: Number.MAX_SAFE_INTEGER };

export class AccessLogService {
  constructor(
    private readonly runner: StatementRunner,
    private readonly log: Pick<AccessLog, 'list'>,
    private readonly cursors: CursorSealer,
  ) {}

  /** Errors: `BAD_INPUT`, `BAD_CURSOR`. */
  async page({ first, after, ...question }: AccessLogArgs, reader: string): Promise<AccessPage> {
    const { by, artifact } = question;
    const from = question.from ?? ALWAYS.from;
    const to = question.to ?? ALWAYS.to;
    if (from > to)
      throw new PedigreeError('BAD_INPUT', required('"from" must not be after "to"', { from, to }));
    const scope = { reader, question: ['accessLog', by ?? '', artifact ?? '', from, to] };
    const start = after == null ? await this.now() : this.cursors.open(after, scope);
    const filter = { by: by ?? undefined, artifacts: artifact == null ? undefined : [artifact], from, to };
    const rows = await this.log.list(filter, start.position[0] ?? 0, first + 1);
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

function toAccess({ intent, outcome }: AccessPair): Access {
  const ended = outcome ? openValues(outcome) : new Map<string, Json>();
  return {
    id: (intent.id as string).replace(/@intent$/, ''),
    leafIndex: intent.leafIndex as number,
    recordedAt: intent.recordedAt as number,
    endedAt: (outcome?.recordedAt as number | undefined) ?? null,
    state: (ended.get('value/state') as Access['state'] | undefined) ?? 'OPEN',
    artifacts: (outcome?.artifacts as string[] | undefined) ?? [],
    said: new Map([...openValues(intent), ...ended]),
  };
}
