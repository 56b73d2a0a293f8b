/**
 * Ends what goes on for longer than one answer – streams, exports, evidence – soon after its grant was revoked on any server.
 * One look at the database serves everybody who waits; where the database cannot be asked, everything ends: a revocation
 * that cannot be seen must not be taken for none.
 */
import type { GrantService } from './grant-service.js';

/** How often revocations are looked for, in milliseconds. */
const LOOK_MS = 1_000;
/** Longest without an answer from the database before everything under a grant ends. */
const PATIENCE_MS = 4_000;

interface Watched {
  readonly grant: string;
  readonly end: () => void;
}

export class GrantWatch {
  private readonly watched = new Set<Watched>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private lastAnswer = 0;

  constructor(private readonly grants: Pick<GrantService, 'revoked'>) {}

  /** Calls `end`, once, when the grant is revoked; the result stops watching. */
  watch(grant: string, end: () => void): () => void {
    const item = { grant, end };
    if (this.watched.size === 0) this.lastAnswer = performance.now();
    this.watched.add(item);
    this.timer ??= setInterval(() => {
      if (this.looking && performance.now() - this.lastAnswer > PATIENCE_MS) this.end(() => true);
      this.looking ??= this.look();
    }, LOOK_MS).unref();
    return () => {
      this.watched.delete(item);
      this.restWhenIdle();
    };
  }

  /** Resolves when no look is under way; nothing is watched any more. */
  async stop(): Promise<void> {
    this.watched.clear();
    this.restWhenIdle();
    await this.looking;
  }

  private async look(): Promise<void> {
    try {
      const revoked = await this.grants.revoked([...new Set([...this.watched].map(({ grant }) => grant))]);
      this.lastAnswer = performance.now();
      this.end(({ grant }) => revoked.has(grant));
    } catch {
      if (performance.now() - this.lastAnswer > PATIENCE_MS) this.end(() => true);
    } finally {
      this.looking = undefined;
    }
  }

  private end(isOver: (item: Watched) => boolean): void {
    for (const item of [...this.watched].filter(isOver)) {
      this.watched.delete(item);
      item.end();
    }
    this.restWhenIdle();
  }

  private restWhenIdle(): void {
    if (this.watched.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
