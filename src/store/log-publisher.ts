/**
 * Makes tiles and signed checkpoints out of committed entries, within a second, on whichever server is there. All of it
 * can be made again from the entries; only which head was signed last is remembered, outside the database.
 *
 * Order: entries are committed → full tiles are stored → the head is signed and kept, by compare-and-swap → served. At
 * each step a server may die: the next one goes on from the last signed head. A head is signed only if the tree before it
 * has the root of the last signed one, so no two servers ever sign two histories.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { base64 } from '@scure/base';
import type { Clock } from '../domain/clock.js';
import { isPedigreeError, PedigreeError, required } from '../domain/errors.js';
import { signCheckpoint } from '../ledger/checkpoint.js';
import { leafHash } from '../ledger/merkle.js';
import { TileBuilder } from '../ledger/tile-builder.js';
import type { LogName } from './as-of.js';
import { forEverybody } from './cancellation.js';
import type { Database, StatementRunner } from './database.js';
import type { HeadStore, NewOriginOrder, SignedHead, Standing } from './keys/head-store.js';
import type { LogKey } from './keys/log-key.js';
import { behind, compareWithSigned, headLost, requireSound } from './log-standing.js';
import { LogTiles } from './log-tiles.js';
import { logPinOrigin, logReadHead } from './queries.gen.js';
import { unlessReadOnly } from './write-access.js';

/** Longest that a committed entry waits for its checkpoint, so that many entries share one. */
const DELAY_MS = 200;
/** How often the head is looked at without being told: entries of a server that died before it published. */
const POLL_MS = 5_000;
const CHUNK = 4_096;
/** Longest that stopping waits for a last checkpoint. */
const STOP_MS = 3_000;

export interface LogPublisherParts {
  readonly log: LogName;
  readonly database: Database;
  readonly heads: HeadStore;
  readonly key: LogKey;
  /** The log's name if it has none yet. */
  readonly origin: string;
  readonly clock: Clock;
  /** Told when the standing changes, and of failures to publish, which are tried again. */
  readonly onStanding: (standing: Standing) => void;
  readonly onFailure: (error: unknown) => void;
  /** Writes the entry that begins a new origin; resolves to its leaf index. */
  readonly declareOrigin: (order: NewOriginOrder, signed: SignedHead) => Promise<number>;
}

/** What the write transaction asks and tells. */
export interface WriteGuard {
  /**
   * Called under the lock, with the number of entries in the database, before anything is written.
   * Errors: `LOG_BEHIND`, `LOG_DIVERGED`.
   */
  check(size: number): Promise<void>;
  /** Called after a commit. */
  committed(): void;
}

export class LogPublisher implements WriteGuard {
  private readonly runner: StatementRunner;
  private readonly tiles: LogTiles;
  private last: Standing = { state: 'SOUND', size: 0, message: '' };
  /** False until the database was compared with the last signed head once. */
  private compared = false;
  private running: Promise<void> | undefined;
  private again = false;
  private timer: NodeJS.Timeout | undefined;
  private poll: NodeJS.Timeout | undefined;

  constructor(private readonly parts: LogPublisherParts) {
    const database = parts.database.unobserved();
    // In write transactions, because a secondary of a cluster may not have the newest entries yet.
    this.runner = {
      run: (statement, params) => database.write((tx) => tx.run(statement, params)),
    };
    this.tiles = new LogTiles(this.runner, parts.log);
  }

  /** What was found when the database was last compared with the last signed head. */
  get standing(): Standing {
    return this.last;
  }

  /** Compares the database with the last signed head, publishes what is not, and goes on doing so. */
  async start(): Promise<void> {
    // What is not signed yet is signed when the database takes writes again.
    await this.publish().catch((error: unknown) => {
      unlessReadOnly(error);
      this.parts.onFailure(error);
    });
    this.poll = setInterval(() => void this.publishOrReport(), POLL_MS).unref();
  }

  /** Publishes what waits, unless the database no longer answers: another server, or the next start, does it then. */
  async stop(): Promise<void> {
    clearInterval(this.poll);
    const waiting = this.timer !== undefined || this.running !== undefined;
    clearTimeout(this.timer);
    const patience = sleep(STOP_MS, undefined, { ref: false });
    if (waiting) await Promise.race([this.publishOrReport(), patience]);
  }

  async check(size: number): Promise<void> {
    const signed = await this.parts.heads.read(this.parts.log);
    if (signed && size < signed.size) await this.stand(behind(this.parts.log, signed, size));
    // A database that was wrong may have been restored since: only a full comparison shows that it is right again.
    else if (signed && this.last.state !== 'SOUND') {
      await this.stand((await compareWithSigned(this.tiles, signed, size)).standing);
    }
    requireSound(this.last);
  }

  committed(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.publishOrReport();
    }, DELAY_MS).unref();
  }

  /** Publishes what is committed now. Resolves when it is signed, or when the standing says why it cannot be. */
  async publish(): Promise<void> {
    this.again = true;
    this.running ??= forEverybody(() => this.drain());
    await this.running;
  }

  private async drain(): Promise<void> {
    try {
      while (this.again) {
        this.again = false;
        // Another server was faster when it is false: what that one signed is the head to go on from.
        while (!(await this.attempt()));
      }
    } finally {
      this.running = undefined;
    }
  }

  private async publishOrReport(): Promise<void> {
    await this.publish().catch(this.parts.onFailure);
  }

  /** Entries that cannot be signed are a standing and no failure: trying again would not help. */
  private async attempt(): Promise<boolean> {
    try {
      return await this.publishOnce();
    } catch (error) {
      if (!isPedigreeError(error, 'LOG_DIVERGED')) throw error;
      return this.stand({ state: 'DIVERGED', size: this.last.size, message: error.message });
    }
  }

  /** False if there is a new head to look at, by this server or by another. */
  private async publishOnce(): Promise<boolean> {
    const { log, heads, origin } = this.parts;
    // In this order: what was signed is in the database by then, so a smaller database is one that lost something.
    const signed = await heads.read(log);
    const [head] = await this.runner.run(logReadHead, { log });
    const size = head?.size ?? 0;
    if (!signed) {
      const signedAs = head?.origin ?? undefined;
      if (signedAs !== undefined) return this.stand(headLost(log, signedAs, size));
      await this.sign(undefined, origin, new TileBuilder(), size);
      return false;
    }
    const pinned = !head || head.origin === signed.origin;
    const known = this.compared && this.last.state === 'SOUND';
    if (known && pinned && signed.size === size) return true;
    const { standing, builder } = await compareWithSigned(this.tiles, signed, size);
    if (!builder) return (await this.beginOrigin(signed, size)) ?? this.stand(standing);
    await this.stand(standing);
    if (!pinned) await this.runner.run(logPinOrigin, { log, origin: signed.origin });
    return signed.size === size || this.sign(signed, signed.origin, builder, size);
  }

  private async sign(
    signed: SignedHead | undefined,
    origin: string,
    builder: TileBuilder,
    size: number,
  ): Promise<boolean> {
    while (builder.size < size) {
      const leaves = await this.tiles.leaves(builder.size, Math.min(size, builder.size + CHUNK));
      await this.tiles.store(leaves.flatMap((leaf) => builder.add(leafHash(leaf))));
    }
    const { log, heads, key, clock } = this.parts;
    const root = builder.root();
    const note = signCheckpoint({ size, root }, key(origin));
    const next = { origin, size, root: base64.encode(root), note, signedAt: clock() };
    return heads.replace(log, signed, next);
  }

  /** Carries out the operator's order, if there is one for this head; undefined if there is none. */
  private async beginOrigin(signed: SignedHead, size: number): Promise<false | undefined> {
    const { log, heads, declareOrigin } = this.parts;
    const order = await heads.order(log);
    if (order?.givesUp !== signed.note) return undefined;
    // One more if a server died after it had written the first entry of the new origin.
    if (size !== order.kept && size !== order.kept + 1) throw changed(order, size);
    const index = await declareOrigin(order, signed);
    if (index !== order.kept) throw changed(order, index);
    // Tiles that were kept may be those of the old tree.
    await this.tiles.drop();
    await this.sign(signed, order.origin, new TileBuilder(), order.kept + 1);
    return false;
  }

  private async stand(standing: Standing): Promise<true> {
    const { log, heads, onStanding } = this.parts;
    const changed = standing.state !== this.last.state || standing.message !== this.last.message;
    this.last = standing;
    this.compared = true;
    if (changed) {
      await heads.putStanding(log, standing);
      onStanding(standing);
    }
    return true;
  }
}

function changed({ kept, origin }: NewOriginOrder, size: number): PedigreeError {
  return new PedigreeError(
    'LOG_DIVERGED',
    required(
      `the new origin ${origin} was ordered for a database of ${String(kept)} entries: order it again`,
      size,
    ),
  );
}
