/**
 * Binds unversioned reads to the versions they saw, and binds them anew when an event changes the answer. Whoever
 * wrote last has looked again after writing, so all servers and all orders of events come to the same bindings.
 */
import { hash } from 'node:crypto';
import type { AttestationDeclaration } from '../../domain/declaration.js';
import { parseUrn } from '../../domain/urn.js';
import type { Binding, RunBindings, RunTimes } from '../../store/run-bindings.js';
import type { CaptureService } from '../capture-service.js';
import { Coalescer } from '../coalescer.js';
import type { Producer } from '../producer.js';
import { attestationId } from './event-ids.js';

/** A binding is the server's own conclusion, and it stands in its name. */
const SERVER: Producer = { name: 'pedigree', tokenId: 'pedigree', namespaces: ['*'] };
const LIMITS = { maxBatch: 1_000, maxQueue: 50_000 };

export class ReadBinder {
  private readonly coalescer: Coalescer<RunTimes, undefined>;

  constructor(
    private readonly bindings: RunBindings,
    private readonly capture: CaptureService,
  ) {
    this.coalescer = new Coalescer((events) => this.bind(events), LIMITS);
  }

  /** Resolves when what these events say is bound. Error: `OVERLOADED`. */
  async add(events: readonly RunTimes[]): Promise<void> {
    await this.coalescer.add(events);
  }

  private async bind(events: readonly RunTimes[]): Promise<undefined[]> {
    const runs = [...new Set(events.map(({ run }) => run))];
    await this.bindings.note(events);
    // A refused one (its own lineage says otherwise) is left as it is: the gap is visible, and nothing is invented.
    const refused = new Set<string>();
    for (;;) {
      const found = await this.bindings.find(runs);
      const due = found.filter(({ read, target, current }) => target !== current && !refused.has(read));
      if (due.length === 0) return events.map(() => undefined);
      const receipts = await this.capture.declareItems(
        due.map((binding) => ({ value: toAttestation(binding) })),
        SERVER,
      );
      receipts.forEach((receipt, i) => {
        if ('error' in receipt) refused.add((due[i] as Binding).read);
      });
    }
  }
}

/** Named by what it replaces, so that a binding that becomes true again later is a new entry. */
function toAttestation({ read, run, startedAt, target, current, since }: Binding): AttestationDeclaration {
  const version = hash('sha256', JSON.stringify([read, target, since, startedAt]));
  return {
    id: attestationId(parseUrn(run).namespace, 'RESOLVED', version),
    kind: 'Attestation',
    type: 'RESOLVED',
    about: [read],
    occurredAt: startedAt,
    fields: { reason: target === null ? NOTHING_BEFORE : LATEST_BEFORE },
    ...(target === null
      ? { withdraws: [{ type: 'RESOLVED_TO', from: read, to: current as string }] }
      : { edges: [{ type: 'RESOLVED_TO', from: read, to: target }] }),
  };
}

const LATEST_BEFORE = "the latest version that was completed at or before the run's start";
const NOTHING_BEFORE = "no version is known that was completed at or before the run's start";
