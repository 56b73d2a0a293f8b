/**
 * Lines on their way to the server, with the disk as a way around while it is away: a bounded queue in memory, sent in
 * batches; what cannot be sent is spilled, and from then on everything goes through the spill until it is empty again,
 * so that what was logged first is sent first.
 */
import type { Receipt } from '../domain/declaration.js';
import type { ClientClock } from './client-clock.js';
import { batchSize } from './batch-size.js';
import { deliverLines } from './delivery.js';
import { RequestFailed } from './errors.js';
import type { Losses } from './losses.js';
import type { OutboxOptions } from './outbox.js';
import { Retry, type RetryOptions } from './retry.js';
import type { Spill } from './spill.js';

export interface ForwardedLine {
  readonly id: string;
  /** The declaration's JSON text, on one line. */
  readonly line: string;
  /** When it was logged, in milliseconds since the epoch. */
  readonly since: number;
}

interface Surroundings {
  readonly send: (lines: readonly string[]) => AsyncIterable<Receipt>;
  readonly spill: Spill | undefined;
  readonly losses: Losses;
  readonly clock: ClientClock;
  readonly random: () => number;
}

/** Lines to be sent together, and where those go that could not be. */
interface Batch {
  readonly lines: readonly string[];
  settle(rest: readonly string[]): Promise<void>;
}

const ADOPT_EVERY_MS = 60_000;

export class Forwarder {
  delivered = 0;
  adopted = 0;
  /** The last failure of the server or of the disk, in words; undefined once all is well again. */
  lastError: string | undefined;

  private waiting: ForwardedLine[] = [];
  /** On its way to the server, from memory. */
  private inFlight: readonly ForwardedLine[] = [];
  /** On its way to the disk. */
  private leaving: readonly ForwardedLine[] = [];
  private moving: Promise<void> | undefined;
  private running: Promise<void> | undefined;
  private failures = 0;
  private sending = false;
  private stopped = false;
  private wake = new AbortController();
  private flushers: (() => void)[] = [];
  private nextAdoption = 0;
  private readonly retry: Retry;
  private readonly onExit = (): void => this.spillAtExit();
  private readonly onBeforeExit = (): void => void this.flush();

  constructor(
    private readonly around: Surroundings,
    private readonly options: OutboxOptions & Pick<RetryOptions, 'baseMs' | 'capMs'>,
  ) {
    // What fails is tried again from the disk, not while the queue fills up behind it.
    this.retry = new Retry({ ...options, attempts: 0 }, around.clock, around.random);
    // Something may have been left behind.
    if (around.spill) this.start();
  }

  /** Lines in memory. */
  get queued(): number {
    return this.waiting.length + this.inFlight.length + this.leaving.length;
  }

  /** Queues a line; false if there is no room. Takes microseconds. */
  push(line: ForwardedLine): boolean {
    const { maxBatch, maxQueue } = this.options;
    if (this.queued >= maxQueue) return false;
    this.waiting.push(line);
    if (this.waiting.length % maxBatch === 0) {
      this.wake.abort();
      if (this.sending && this.waiting.length >= maxQueue / 2) void this.moveToDisk();
    }
    this.start();
    return true;
  }

  /** Sends what waits without delay; resolves when all is delivered or, if the server does not take it, on disk. */
  async flush(): Promise<void> {
    if (this.stopped) return;
    const flushed = new Promise<void>((resolve) => this.flushers.push(resolve));
    this.start();
    this.wake.abort();
    await flushed;
  }

  /** Flushes and stops. What neither the server nor the disk took is lost, and counted. */
  async close(): Promise<void> {
    await this.flush();
    this.stopped = true;
    this.wake.abort();
    await this.running;
    await this.moving;
    await this.moveToDisk();
    this.giveUp([...this.waiting]);
    this.waiting = [];
  }

  private start(): void {
    if (this.stopped) return;
    this.running ??= this.run().finally(() => {
      this.running = undefined;
      if (this.stopped) this.releaseFlushers();
      // What came in the very last moment.
      else if (this.flushers.length > 0 || this.waiting.length > 0) this.start();
    });
  }

  private async run(): Promise<void> {
    process.on('exit', this.onExit);
    // Once: while the server is away, this process need not live on for it.
    process.once('beforeExit', this.onBeforeExit);
    // A turn of the event loop lets everything that is logged together travel together.
    await new Promise(setImmediate);
    await this.adopt();
    while (!this.stopped && !this.isIdle()) {
      const batch = await this.nextBatch();
      if (batch === undefined) continue;
      const failure = await this.attempt(batch);
      if (failure) await this.fallBack(failure);
      else [this.failures, this.lastError] = [0, undefined];
    }
    process.off('exit', this.onExit);
    process.off('beforeExit', this.onBeforeExit);
    this.releaseFlushers();
  }

  private isIdle(): boolean {
    return this.waiting.length === 0 && this.moving === undefined && this.around.spill?.isEmpty !== false;
  }

  /** The oldest lines: from the disk if there are any, else from memory, when it is time. */
  private async nextBatch(): Promise<Batch | undefined> {
    const { spill } = this.around;
    await this.moving;
    // The disk is replayed more slowly than new lines come: they have to queue behind it.
    if (spill?.isEmpty === false && this.waiting.length >= this.options.maxQueue / 2) await this.moveToDisk();
    const lines = await this.onDisk(() => spill?.peek(this.options.maxBatch));
    if (spill && lines === undefined)
      return this.fallBack(new RequestFailed('SPILL_UNREADABLE', this.lastError ?? '', { retriable: true }));
    if (lines && lines.length > 0) {
      return { lines, settle: async (rest) => spill?.settle(lines.length, rest) };
    }
    await this.waitForMore();
    await this.moving;
    if (this.waiting.length === 0 || spill?.isEmpty === false) return undefined;
    return this.batchFromMemory();
  }

  private batchFromMemory(): Batch {
    const batch = this.takeBatch();
    const place = this.around.spill?.reserve();
    this.inFlight = batch;
    const settle = async (rest: readonly string[]): Promise<void> => {
      const undelivered = new Set(rest);
      const left = batch.filter(({ line }) => undelivered.has(line));
      if (left.length > 0 && !(await this.keep(left, place))) this.waiting.unshift(...left);
      this.inFlight = [];
    };
    return { lines: batch.map(({ line }) => line), settle };
  }

  /** Sends once; what has no receipt goes back to where it is kept. */
  private async attempt(batch: Batch): Promise<RequestFailed | undefined> {
    this.sending = true;
    const { rest, failure } = await deliverLines(batch.lines, this.around.send, this.retry, (receipt) =>
      this.count(receipt),
    );
    await batch.settle(rest);
    this.sending = false;
    return failure;
  }

  private count(receipt: Receipt): void {
    if (!('error' in receipt)) this.delivered++;
    else
      this.around.losses.add(
        'REFUSED',
        receipt.error.message,
        receipt.id === undefined ? [] : [receipt.id],
        1,
      );
  }

  /** Waits before the next try; what is logged meanwhile goes to the disk, in batches by size and time. */
  private async fallBack(failure: RequestFailed): Promise<undefined> {
    const { clock, spill } = this.around;
    this.lastError = failure.message;
    this.failures++;
    // A move that is under way began with less than waits now.
    await this.moving;
    await this.moveToDisk();
    this.releaseFlushers();
    await spill?.touch();
    const until = clock.now() + this.retry.delayMs(failure, this.failures);
    while (!this.stopped && this.flushers.length === 0 && clock.now() < until) {
      await this.sleep(Math.min(until - clock.now(), this.options.maxDelayMs));
      await this.moveToDisk();
    }
  }

  private moveToDisk(): Promise<void> {
    if (!this.around.spill || this.waiting.length === 0) return this.moving ?? Promise.resolve();
    this.moving ??= this.move(this.waiting.length).finally(() => (this.moving = undefined));
    return this.moving;
  }

  private async move(count: number): Promise<void> {
    for (let left = count; left > 0; left -= this.leaving.length) {
      this.leaving = this.takeBatch();
      if (await this.keep(this.leaving)) continue;
      this.waiting.unshift(...this.leaving);
      break;
    }
    this.leaving = [];
  }

  /** Puts lines on disk; false if there is none or it does not take them. */
  private async keep(lines: readonly ForwardedLine[], place?: number): Promise<boolean> {
    const { spill } = this.around;
    if (!spill) return false;
    const kept = await this.onDisk(async () => {
      await spill.append(
        lines.map(({ line }) => line),
        place,
      );
      return true;
    });
    return kept === true;
  }

  /** Does something on disk; undefined if it failed, and then the reason is said by `lastError`. */
  private async onDisk<T>(work: () => Promise<T> | undefined): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.lastError = `the spill folder cannot be used: ${(error as Error).message}`;
      return undefined;
    }
  }

  private async adopt(): Promise<void> {
    const { clock, spill, losses } = this.around;
    if (spill === undefined || clock.now() < this.nextAdoption) return;
    this.nextAdoption = clock.now() + ADOPT_EVERY_MS;
    const found = await this.onDisk(() => spill.adopt(Date.now()));
    this.adopted += found?.items ?? 0;
    for (const reason of found?.unreadable ?? []) {
      process.emitWarning(
        `left behind in the spill folder, and unreadable: ${reason}`,
        'PedigreeSpillWarning',
      );
    }
    losses.add('TORN', 'a process was killed while it wrote to the spill folder', [], found?.torn);
  }

  private async waitForMore(): Promise<void> {
    const { maxBatch, maxDelayMs } = this.options;
    const since = this.waiting[0]?.since;
    if (since === undefined || this.waiting.length >= maxBatch || this.flushers.length > 0) return;
    const ms = since + maxDelayMs - this.around.clock.now();
    if (ms > 0) await this.sleep(ms);
  }

  private async sleep(ms: number): Promise<void> {
    this.wake = new AbortController();
    await this.around.clock.sleep(ms, { signal: this.wake.signal, ref: false });
  }

  private takeBatch(): ForwardedLine[] {
    const lines = this.waiting.slice(0, this.options.maxBatch).map(({ line }) => line);
    return this.waiting.splice(0, batchSize(lines, this.options.maxBatch));
  }

  private releaseFlushers(): void {
    for (const release of this.flushers.splice(0)) release();
  }

  /** The last chance, without a turn of the event loop: what memory holds goes to disk. */
  private spillAtExit(): void {
    const left = [...this.leaving, ...this.inFlight, ...this.waiting];
    try {
      if (left.length > 0 && this.around.spill) this.around.spill.appendSync(left.map(({ line }) => line));
      else this.giveUp(left);
    } catch (error) {
      this.lastError = (error as Error).message;
      this.giveUp(left);
    }
    this.around.losses.tellAtExit();
  }

  private giveUp(lines: readonly ForwardedLine[]): void {
    const ids = lines.map(({ id }) => id);
    this.around.losses.add('EXIT', this.lastError ?? 'the process ended before they were sent', ids);
  }
}
