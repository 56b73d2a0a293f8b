/** The parts of an erasure on the run's database, to let it fail at any step and go on with new ones. */
import { CaptureService } from '../../src/capture/capture-service.js';
import type { Declaration } from '../../src/domain/declaration.js';
import { Certificates } from '../../src/governance/certificates.js';
import type { ErasureParts } from '../../src/governance/erasure-service.js';
import type { Database } from '../../src/store/database.js';
import { EntryWriter } from '../../src/store/entry-writer.js';
import { ErasureStore } from '../../src/store/erasure-store.js';
import type { KeyStore } from '../../src/store/keys/key-store.js';
import { RemainsReader } from '../../src/store/remains-reader.js';
import { edge, id, prediction } from './declarations.js';

export interface Erasable extends ErasureParts {
  readonly capture: CaptureService;
}

/** What a server has, without the server. */
export function erasableParts(database: Database, keyStore: KeyStore, clock = Date.now): Erasable {
  const store = new ErasureStore(database);
  const capture = new CaptureService(new EntryWriter(database, clock), keyStore);
  return {
    store,
    keyStore,
    capture,
    refusing: () => capture.refusing,
    certificates: new Certificates(store, new RemainsReader(database)),
    clock,
    rules: { version: '', digest: '', items: [] },
  };
}

/** Parts that die at the n-th boundary between two of their steps, before or after a call to one of them. */
export class DyingParts {
  /** True once they have died. */
  died = false;
  private boundary = 0;
  readonly parts: Erasable;

  constructor(
    { store, keyStore, capture, ...others }: Erasable,
    private readonly diesAt: number,
  ) {
    this.parts = {
      ...others,
      store: this.mortal(store),
      keyStore: this.mortal(keyStore),
      capture: this.mortal(capture),
    };
  }

  /** The same object, each asynchronous call of which is two boundaries. */
  private mortal<T extends object>(part: T): T {
    return new Proxy(part, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        if (name === 'items') return (...args: unknown[]): unknown => Reflect.apply(member, target, args);
        return async (...args: unknown[]): Promise<unknown> => {
          this.step();
          const result: unknown = await Reflect.apply(member, target, args);
          this.step();
          return result;
        };
      },
    });
  }

  private step(): void {
    if (this.boundary++ !== this.diesAt) return;
    this.died = true;
    throw new Error('killed');
  }
}

/** Passes on whatever is not the death of such parts. */
export function orKilled(error: unknown): void {
  if (!(error instanceof Error) || error.message !== 'killed') throw error;
}

/** A decision with a personal value of every sort. */
export function personalDecision(name: string, subjects: readonly string[]): Declaration {
  return prediction(
    name,
    'credit',
    [edge('SCORED', id('Dataset', 'clean'), { props: { role: 'INPUT' }, row: [`row of ${name}`] })],
    {
      subjects,
      fields: { outcome: 'DENIED', explanation: `because of ${name}` },
      features: { lvr: { value: 0.95 }, dir: { value: 0.31, subject: subjects.at(-1)! } },
    },
  );
}
