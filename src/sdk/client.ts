/** The client: declarations out, receipts back, and questions answered. */
import type { AcceptedReceipt, Declaration, Receipt } from '../domain/declaration.js';
import { systemClientClock, type ClientClock } from './client-clock.js';
import { deliver } from './delivery.js';
import { DeclarationRefused, RequestFailed } from './errors.js';
import { Outbox, type OutboxOptions } from './outbox.js';
import { ReceiptTally, renumbered, type DeclareAllResult, type DeclareProgress } from './receipt-tally.js';
import { DEFAULT_RETRIES, Retry, type RetryOptions } from './retry.js';
import { Server, type ServerOptions } from './server.js';

export interface PedigreeClientOptions
  extends
    Pick<ServerOptions, 'url' | 'token'>,
    Partial<Pick<ServerOptions, 'fetch' | 'timeoutMs'>>,
    Partial<OutboxOptions> {
  readonly retries?: Partial<RetryOptions>;
  readonly clock?: ClientClock;
  /** Uniform in [0, 1); the jitter of retries. */
  readonly random?: () => number;
}

export interface DeclareAllOptions {
  /** Called for each declaration, refused or not; `index` is its position in the sequence. */
  readonly onReceipt?: (receipt: Receipt) => void;
  /** Called after each receipt, with the counts so far; for a bar or a log line of a long load. */
  readonly onProgress?: (progress: DeclareProgress) => void;
}

/**
 * A producer's and reader's way to a Pedigree server. One client per process is enough; it may be used concurrently.
 *
 * @example
 * const client = new PedigreeClient({ url: 'http://127.0.0.1:4000', token });
 * const { leafIndex } = await client.declare(dataset({ namespace: 'lending', name: 'loans', version: '7', occurredAt }));
 * await client.close();
 */
export class PedigreeClient {
  private readonly server: Server;
  private readonly retry: Retry;
  private readonly outbox: Outbox;
  private closed = false;

  constructor(options: PedigreeClientOptions) {
    const {
      url,
      token,
      timeoutMs = 60_000,
      retries,
      clock = systemClientClock,
      random = Math.random,
    } = options;
    const { maxBatch = 500, maxDelayMs = 20, maxQueue = 10_000 } = options;
    this.server = new Server({ url, token, timeoutMs, fetch: options.fetch ?? fetch });
    this.retry = new Retry({ ...DEFAULT_RETRIES, ...retries }, clock, random);
    const send = (lines: readonly string[]): AsyncIterable<Receipt> => this.server.declare(lines);
    this.outbox = new Outbox((items) => deliver(items, send, this.retry), clock, {
      maxBatch,
      maxDelayMs,
      maxQueue,
    });
  }

  /**
   * Declares one artifact or attestation; resolves once it is durable. Calls made together travel together, in order.
   * Declaring the same again is harmless and gives the first receipt.
   *
   * While the queue is full, the declaration waits for room. A loop that does not await its calls awaits
   * {@link ready} instead, so that it slows down with the server.
   *
   * Errors: `DeclarationRefused` if the server refused it; `RequestFailed` if it could not be sent.
   */
  async declare(declaration: Declaration): Promise<AcceptedReceipt> {
    const line = JSON.stringify(declaration);
    const full = this.reserve();
    if (full) await full;
    const receipt = await this.outbox.push(line);
    if ('error' in receipt) throw new DeclarationRefused(renumbered(receipt, 0));
    return { ...receipt, index: 0 };
  }

  /**
   * Declares a sequence of any length, reading it no faster than the server takes it.
   *
   * Errors: as for {@link declare}. With `onReceipt`, refusals go there; without, the first one is thrown after all
   * was sent, so that a bad item costs no good one and is still not overlooked.
   */
  async declareAll(
    declarations: Iterable<Declaration> | AsyncIterable<Declaration>,
    options: DeclareAllOptions = {},
  ): Promise<DeclareAllResult> {
    return this.declareLines(toLines(declarations), options);
  }

  /**
   * The same for declarations that are JSON text already, one a line: they are sent as they are, so that the server sees
   * what a parser here would hide (repeated names, numbers beyond 2^53).
   */
  async declareLines(
    lines: Iterable<string> | AsyncIterable<string>,
    options: DeclareAllOptions = {},
  ): Promise<DeclareAllResult> {
    const tally = new ReceiptTally(options);
    const sent = new Set<Promise<void>>();
    for await (const line of lines) {
      if (tally.failed) break;
      await this.reserve();
      const index = tally.send();
      const answer = this.outbox.push(line).then(
        (receipt) => tally.count(receipt, index),
        (error: unknown) => tally.fail(error),
      );
      sent.add(answer);
      void answer.then(() => sent.delete(answer));
    }
    await Promise.all(sent);
    return tally.result();
  }

  /**
   * Asks a GraphQL question and returns its data.
   *
   * Errors: `QueryFailed` with the `extensions.code` of the first error; `RequestFailed` if there was no answer.
   */
  async query<T>(document: string, variables: Readonly<Record<string, unknown>> = {}): Promise<T> {
    return (await this.retry.run(() => this.server.query(document, variables))) as T;
  }

  /** Resolves when the queue has room. */
  async ready(): Promise<void> {
    await this.outbox.reserve();
    this.outbox.release();
  }

  /** Sends what waits without delay; resolves when nothing is on its way any more. Failures go to their own callers. */
  async flush(): Promise<void> {
    await this.outbox.flush();
  }

  /** Flushes, then refuses further declarations. Queries still work. */
  async close(): Promise<void> {
    this.closed = true;
    await this.outbox.flush();
  }

  private reserve(): Promise<void> | undefined {
    if (!this.closed) return this.outbox.reserve();
    throw new RequestFailed('CLIENT_CLOSED', 'this client was closed: make a new one', { retriable: false });
  }
}

async function* toLines(
  declarations: Iterable<Declaration> | AsyncIterable<Declaration>,
): AsyncGenerator<string> {
  for await (const declaration of declarations) yield JSON.stringify(declaration);
}
