/**
 * Erasing a person: mark the key as being erased, take what it sealed off the nodes, destroy the key, and say so in the
 * log. Each step is repeatable and leaves what the next one needs, so that after a crash anybody can go on: the same call,
 * another server, or the next start.
 */
import { randomBytes } from 'node:crypto';
import type { CaptureService } from '../capture/capture-service.js';
import type { Clock } from '../domain/clock.js';
import { PedigreeError, required } from '../domain/errors.js';
import type { Decide, Erasure, ErasureStore } from '../store/erasure-store.js';
import type { Generation, KeyStore } from '../store/keys/key-store.js';
import type { Certificates, ErasureCertificate } from './certificates.js';
import { erasedEntries, restrictedEntries } from './erased-entries.js';
import { refuseHeld } from './legal-holds.js';
import { dutyOf, verdictOn } from './retention/key-verdict.js';
import type { RetentionRules } from './retention/rules.js';

export interface EraseArgs {
  /** The person, by the name under which declarations have it. It is not stored, and no message repeats it. */
  readonly subject: string;
  /** Why: kept in the log for ever, so it must not name the person. */
  readonly basis: string;
}

/** A key that retention rules say something about. */
export interface EraseKeyArgs {
  readonly kid: string;
  readonly basis: string;
  /** The principal who asked for the run. */
  readonly by: string;
  readonly decide: Decide;
}

/** What a start found to do. */
export interface ResumeReport {
  /** Erasures that were under way. */
  readonly completed: number;
  /** Keys that an older copy of the key store had brought back, destroyed again. */
  readonly replayed: number;
}

export interface ErasureParts {
  readonly store: ErasureStore;
  readonly keyStore: KeyStore;
  readonly capture: Pick<CaptureService, 'write'>;
  /** Why nothing may be written now. */
  readonly refusing: () => PedigreeError | undefined;
  readonly certificates: Certificates;
  readonly clock: Clock;
  readonly rules: RetentionRules;
}

export class ErasureService {
  constructor(private readonly parts: ErasureParts) {}

  /**
   * Erases everything personal about a person, up to now. Called again it gives the same certificate, unless something
   * new was declared about the person since: then that is erased, too. What a duty of the retention rules keeps is
   * restricted instead, and erased by the first run or call after the duty has ended.
   *
   * Errors: `BAD_INPUT`, `NOT_FOUND` if nothing was ever kept about this name, `LEGAL_HOLD`, `KEY_LOST`.
   */
  async erase(args: EraseArgs, principal: string): Promise<ErasureCertificate> {
    checkArgs(args);
    const { keyStore, store, refusing, certificates } = this.parts;
    const refusal = refusing();
    if (refusal) throw refusal;
    const generations = await keyStore.generationsOf(args.subject);
    if (generations.length === 0) {
      throw new PedigreeError('NOT_FOUND', 'nothing was ever kept about a person of this name');
    }
    const known = await store.ofKeys(generations.map(({ kid }) => kid));
    const erasures: Erasure[] = [];
    for (const generation of generations) {
      const mark = known.get(generation.kid);
      const begun =
        mark && mark.state !== 'RESTRICTED' ? mark : await this.begin(generation, args.basis, principal);
      erasures.push(await this.complete(begun));
    }
    const waiting = erasures.find(({ state }) => state === 'RESTRICTED');
    const newest = waiting ?? erasures.findLast(({ entries }) => entries?.length) ?? erasures.at(-1);
    return certificates.of(newest as Erasure);
  }

  /** Erases or restricts what one key sealed, if that is decided under the log's lock; undefined if it is not. */
  async eraseKey({ kid, basis, by, decide }: EraseKeyArgs): Promise<Erasure | undefined> {
    const refusal = this.parts.refusing();
    if (refusal) throw refusal;
    const order = { id: newId(), kid, basis, by, requestedAt: this.parts.clock() };
    const begun = await this.parts.store.begin(order, decide);
    return begun && this.complete(begun);
  }

  /** The certificate of an erasure by its id. Errors: `NOT_FOUND`, also while the erasure is under way. */
  async certificate(id: string): Promise<ErasureCertificate> {
    const erasure = await this.parts.store.find(id);
    if (erasure?.state === 'ERASED') return this.parts.certificates.of(erasure);
    throw new PedigreeError('NOT_FOUND', required('an id of a finished erasure is required', id));
  }

  /**
   * Plays every erasure of the database onto the key store, so that no older copy of it can bring a key back, and
   * completes those that were under way when a server ended.
   */
  async resume(): Promise<ResumeReport> {
    const { store, keyStore, refusing } = this.parts;
    const report = { completed: 0, replayed: 0 };
    for await (const page of store.pages()) {
      const keys = await keyStore.keysOf(page.map(({ kid }) => kid));
      const back = page.filter(({ kid, state }) => state === 'ERASED' && keys.get(kid) !== 'DESTROYED');
      if (back.length > 0) await keyStore.destroy(back.map(({ kid }) => kid));
      report.replayed += back.length;
      const restricted = page.filter(({ state }) => state === 'RESTRICTED').map(({ kid }) => kid);
      if (restricted.length > 0) await keyStore.restrict(restricted);
      for (const erasure of page) {
        const waits = erasure.state === 'RESTRICTED' && erasure.restriction !== undefined;
        if (erasure.state === 'ERASED' || waits || refusing()) continue;
        await this.complete(erasure);
        report.completed++;
      }
    }
    return report;
  }

  /** A key that is gone without a mark, as after restoring an older database, is marked; no hold can bring it back. */
  private async begin({ kid, generation, state }: Generation, basis: string, by: string): Promise<Erasure> {
    const { clock, rules, store } = this.parts;
    const now = clock();
    const order = { id: newId(), kid, generation, basis, by, requestedAt: now };
    const begun = await store.begin(order, async (facts) => {
      if (state === 'DESTROYED') return 'ERASE';
      refuseHeld(facts.holds, now);
      const { verdict } = await verdictOn(facts, rules, { now, requested: true });
      return verdict.action === 'ERASE' ? 'ERASE' : dutyOf(verdict);
    });
    return begun as Erasure;
  }

  /** Goes on from wherever an erasure stands. */
  private async complete(erasure: Erasure): Promise<Erasure> {
    if (erasure.state === 'ERASED') return erasure;
    const { store, keyStore } = this.parts;
    const { kid } = erasure;
    if (erasure.duty !== undefined) await this.restrict(erasure);
    if (erasure.state === 'RESTRICTED') return this.marked(kid);
    await keyStore.retire([kid]);
    const key = (await keyStore.keysOf([kid])).get(kid);
    await store.eraseValues(kid, key instanceof Uint8Array ? key : undefined);
    await keyStore.destroy([kid]);
    await store.finish(kid, await this.append(erasure, erasedEntries));
    return this.marked(kid);
  }

  /** From here on the values open for the duty's purpose alone; also what an erasure owes that was restricted before. */
  private async restrict(erasure: Erasure): Promise<void> {
    const { store, keyStore } = this.parts;
    await keyStore.restrict([erasure.kid]);
    if (erasure.restriction) return;
    await store.finishRestriction(erasure.kid, await this.append(erasure, restrictedEntries));
  }

  private async marked(kid: string): Promise<Erasure> {
    return (await this.parts.store.ofKeys([kid])).get(kid) as Erasure;
  }

  private async append(erasure: Erasure, entries: typeof erasedEntries): Promise<string[]> {
    const ids: string[] = [];
    for await (const declaration of entries(erasure, () => this.parts.store.items(erasure.kid))) {
      const [outcome] = await this.parts.capture.write([declaration], { name: erasure.by });
      if (outcome?.accepted !== true) throw outcome?.error ?? new Error('an entry was not written');
      ids.push(declaration.id);
    }
    return ids;
  }
}

function newId(): string {
  return randomBytes(12).toString('hex');
}

function checkArgs({ subject, basis }: EraseArgs): void {
  if (subject === '' || subject.length > 512)
    throw new PedigreeError('BAD_INPUT', 'the subject must be a name of 1 to 512 characters');
  if (basis.trim() === '' || basis.length > 65_536)
    throw new PedigreeError('BAD_INPUT', 'the basis must be a text of 1 to 65,536 characters');
  if (basis.includes(subject))
    throw new PedigreeError('BAD_INPUT', 'the basis is kept for ever, so it must not name the subject');
}
