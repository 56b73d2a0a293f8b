/** Retention: what the rules would do with each key, and doing it. Both go by pages of keys. */
import type { Clock } from '../../domain/clock.js';
import { PedigreeError, required } from '../../domain/errors.js';
import type { ErasureStore, KeyFacts, SealingKey } from '../../store/erasure-store.js';
import type { KeyStore } from '../../store/keys/key-store.js';
import type { ErasureService } from '../erasure-service.js';
import type { Verdict } from './judge.js';
import { dutyOf, verdictOn, type Weighed } from './key-verdict.js';
import type { RetentionRules } from './rules.js';

export interface RetentionQuestion {
  readonly first: number;
  /** The `endCursor` of the page before. */
  readonly after?: string | null | undefined;
}

/** One key, and what the rules say of it. */
export interface RetentionItem extends Verdict {
  /** Name of the key: random, and no person's. */
  readonly key: string;
  /** Declarations that have values under it. */
  readonly declarations: number;
  /** Those whose deadline has passed. */
  readonly overdue: number;
  /** True if it is restricted already. */
  readonly restricted: boolean;
  /** True if its erasure or restriction has begun and did not come to its end: the next run goes on with it. */
  readonly begun: boolean;
  /** In a run: the erasure that was done or restricted. */
  readonly erasure?: string;
}

export interface RetentionPage {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly rules: string;
  readonly version: string;
  readonly items: readonly RetentionItem[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

interface RetentionParts {
  readonly store: ErasureStore;
  readonly keyStore: Pick<KeyStore, 'retire'>;
  readonly erasure: Pick<ErasureService, 'eraseKey'>;
  readonly rules: RetentionRules;
  readonly clock: Clock;
}

/** A key's name, as the key store makes them. */
const KEY_NAME = /^[\w-]{1,64}$/;

export class RetentionService {
  constructor(private readonly parts: RetentionParts) {}

  get rules(): RetentionRules {
    return this.parts.rules;
  }

  /** What a run would do now, or at another time. Changes nothing. Errors: `BAD_INPUT`, `BAD_CURSOR`. */
  async preview({
    first,
    after,
    at = this.parts.clock(),
  }: RetentionQuestion & { readonly at?: number | undefined }): Promise<RetentionPage> {
    const { store, rules } = this.parts;
    const page = { after: openCursor(after), first: first + 1 };
    const looked = await store.surveyed(page, (key, facts) => this.look(key, facts, at));
    const shown = looked.slice(0, first);
    return {
      at,
      rules: rules.digest,
      version: rules.version,
      items: shown.flatMap(({ item }) => item ?? []),
      endCursor: shown.at(-1)?.kid ?? null,
      hasNextPage: looked.length > first,
    };
  }

  /**
   * Does what {@link preview} says, for a page of keys: each is judged again under the log's lock. It can be repeated from
   * any cursor. What a run had begun when it failed is completed by the next run, or by the next server that starts.
   *
   * @param rules the digest of the rules that were previewed
   * Errors: `BAD_INPUT` if the rules are others or there are none, `BAD_CURSOR`, `KEY_LOST`.
   */
  async run(
    { rules: seen, ...question }: RetentionQuestion & { readonly rules: string },
    principal: string,
  ): Promise<RetentionPage> {
    const { rules, keyStore } = this.parts;
    if (rules.items.length === 0)
      throw new PedigreeError(
        'BAD_INPUT',
        'a run needs retention rules: PEDIGREE_RETENTION names their file',
      );
    if (seen !== rules.digest)
      throw new PedigreeError(
        'BAD_INPUT',
        required(`rules must be the digest that retentionPreview gives, ${rules.digest}`, seen),
      );
    const page = await this.preview(question);
    const items: RetentionItem[] = [];
    for (const item of page.items) items.push(await this.apply(item, principal));
    const ending = items.filter(({ action, overdue }) => action === 'KEEP' && overdue > 0);
    // What is newly declared may not put off what is due already: it gets a key of its own.
    if (ending.length > 0) await keyStore.retire(ending.map(({ key }) => key));
    return { ...page, items };
  }

  private async look(
    { kid, erasure }: SealingKey,
    facts: Pick<KeyFacts, 'holds' | 'items'>,
    now: number,
  ): Promise<{ readonly kid: string; readonly item: RetentionItem | undefined }> {
    if (erasure?.state === 'ERASED') return { kid, item: undefined };
    const weighed = await verdictOn({ ...facts, known: erasure }, this.parts.rules, {
      now,
      requested: false,
    });
    const item = toItem(kid, weighed);
    // No duty and no hold can bring back what has begun to go.
    if (erasure?.state === 'ERASING') {
      const { key, declarations, overdue } = item;
      const goesOn = { action: 'ERASE', reason: 'REQUESTED', restricted: false, begun: true } as const;
      return { kid, item: { key, declarations, overdue, ...goesOn } };
    }
    const begun = erasure !== undefined && erasure.restriction === undefined;
    return { kid, item: { ...item, restricted: erasure !== undefined, begun } };
  }

  private async apply(item: RetentionItem, by: string): Promise<RetentionItem> {
    const { key: kid, action, restricted, begun } = item;
    if (action === 'KEEP' || (action === 'RESTRICT' && restricted && !begun)) return item;
    const { erasure, rules, clock } = this.parts;
    let weighed: Weighed | undefined;
    const done = await erasure.eraseKey({
      kid,
      by,
      basis: basisOf(item, rules),
      decide: async (facts) => {
        weighed = await verdictOn(facts, rules, { now: clock(), requested: false });
        const { verdict } = weighed;
        if (verdict.action === 'KEEP') return undefined;
        return verdict.action === 'ERASE' ? 'ERASE' : dutyOf(verdict);
      },
    });
    const said = weighed ? toItem(kid, weighed) : item;
    return {
      ...said,
      ...{ restricted: done?.state === 'RESTRICTED', begun: false },
      ...(done ? { erasure: done.id } : {}),
    };
  }
}

function toItem(key: string, { balance, verdict }: Weighed): Omit<RetentionItem, 'begun' | 'restricted'> {
  return { key, declarations: balance.things, overdue: balance.overdue, ...verdict };
}

/** Kept in the log for ever. */
function basisOf({ by, basis, reason }: RetentionItem, { version, digest }: RetentionRules): string {
  const why = by === undefined ? reason : `${by} (${basis ?? reason})`;
  return `retention rules ${version}, sha256:${digest}: ${why}`;
}

function openCursor(after: string | null | undefined): string {
  if (after === undefined || after === null) return '';
  if (KEY_NAME.test(after)) return after;
  throw new PedigreeError('BAD_CURSOR', required('"after" must be the endCursor of an earlier page', after));
}
