/**
 * Many small requests become few transactions: while one batch is being written, the items that arrive wait and go
 * together in the next. Producers take turns: each has a lane of its own, and every batch begins with the lane that has
 * waited longest, so a request at the head of its lane waits for at most as many batches as there are other producers.
 *
 * The queue is bounded; beyond that a caller is told to come back. A producer's share of it shrinks with the room that is
 * left (dynamic thresholds: Choudhury and Hahne, IEEE/ACM Transactions on Networking 6(2), 1998), so that one producer
 * alone cannot fill it, and there is always some room for another.
 */
import { PedigreeError } from '../domain/errors.js';

export interface CoalescerOptions {
  /** Most items in one transaction. */
  readonly maxBatch: number;
  /** Most items that may wait. */
  readonly maxQueue: number;
}

export interface AddOptions {
  /** Whose turn the request uses; callers that do not say take turns as one. */
  readonly producer?: string;
  /**
   * True for a caller who adds nothing more before this is written, and could not come back: such a request is never
   * refused and takes no room, because its caller bounds itself.
   */
  readonly patient?: boolean;
}

interface Waiting<T, R> {
  readonly items: readonly T[];
  /** How many of them take room in the queue. */
  readonly room: number;
  readonly resolve: (outcomes: readonly R[]) => void;
  readonly reject: (error: unknown) => void;
}

interface Lane<T, R> {
  readonly producer: string;
  readonly waiting: Waiting<T, R>[];
  room: number;
}

/** One producer alone may take 4/5 of the queue, two 4/9 each, and so on. */
const SHARE_OF_FREE = 4;

export class Coalescer<T, R> {
  /** By producer, in the order of their turns; none is empty. */
  private readonly lanes = new Map<string, Lane<T, R>>();
  private queued = 0;
  private running: Promise<void> | undefined;

  constructor(
    private readonly write: (items: readonly T[]) => Promise<readonly R[]>,
    private readonly options: CoalescerOptions,
  ) {}

  /** Writes items together with those of other callers; resolves with their outcomes, in order, once committed. */
  add(items: readonly T[], { producer = '', patient = false }: AddOptions = {}): Promise<readonly R[]> {
    if (items.length === 0) return Promise.resolve([]);
    const lane = this.lanes.get(producer) ?? { producer, waiting: [], room: 0 };
    const room = patient ? 0 : items.length;
    const free = this.options.maxQueue - this.queued;
    if (room > free || (room > 0 && lane.room + room > free * SHARE_OF_FREE)) {
      return Promise.reject(overloaded(this.options));
    }
    this.queued += room;
    lane.room += room;
    this.lanes.set(producer, lane);
    return new Promise((resolve, reject) => {
      lane.waiting.push({ items, room, resolve, reject });
      this.running ??= this.drain();
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.running) await this.running;
  }

  private async drain(): Promise<void> {
    // A turn of the event loop lets everything that arrived together travel together.
    await new Promise(setImmediate);
    while (this.lanes.size > 0) await this.writeBatch(this.takeBatch());
    // In the same turn as the look at the empty queue: an item added in between would wait for ever.
    this.running = undefined;
  }

  /**
   * Whole requests up to the limit, one of each lane in turn, round after round; a request is never split, so its items
   * share one fate. A lane whose next request does not fit keeps its turn: it is first in the next batch.
   */
  private takeBatch(): Waiting<T, R>[] {
    const batch: Waiting<T, R>[] = [];
    let size = 0;
    let open = [...this.lanes.values()];
    while (open.length > 0) {
      open = open.filter((lane) => {
        const { length } = (lane.waiting[0] as Waiting<T, R>).items;
        if (size > 0 && size + length > this.options.maxBatch) return false;
        size += length;
        batch.push(this.takeFrom(lane));
        return lane.waiting.length > 0;
      });
    }
    return batch;
  }

  /** The lane's next request; its other ones wait behind those of everybody else. */
  private takeFrom(lane: Lane<T, R>): Waiting<T, R> {
    const next = lane.waiting.shift() as Waiting<T, R>;
    lane.room -= next.room;
    this.queued -= next.room;
    this.lanes.delete(lane.producer);
    if (lane.waiting.length > 0) this.lanes.set(lane.producer, lane);
    return next;
  }

  private async writeBatch(batch: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const outcomes = await this.write(batch.flatMap(({ items }) => items));
      let offset = 0;
      for (const { items, resolve } of batch) resolve(outcomes.slice(offset, (offset += items.length)));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}

function overloaded({ maxQueue }: CoalescerOptions): PedigreeError {
  return new PedigreeError(
    'OVERLOADED',
    `at most ${String(maxQueue)} items may wait to be written, and a token may take no more than its share: try again in a second`,
    { retryAfterSeconds: 1 },
  );
}
