/** Producers that write whatever happens to the server: raw posts, the SDK's client, and the SDK's log of decisions. */
import { setTimeout as sleep } from 'node:timers/promises';

import { PedigreeClient, PredictionLog } from '../../../src/sdk/index.js';
import type { AcceptedReceipt, Declaration, Receipt } from '../../../src/domain/declaration.js';
import { id } from '../../support/declarations.js';
import type { Random } from '../random.js';
import { isSamePlace, itemsOf } from './posts.js';

export interface Target {
  readonly url: string;
  readonly token: string;
}

/** What was sent as one request, and the receipts once there were any. */
export interface SentBatch {
  readonly items: readonly Declaration[];
  receipts?: readonly AcceptedReceipt[];
}

/** Answers that say nothing about the items, only about the moment. */
const AWAY = new Set(['OVERLOADED', 'TIMEOUT', 'DATABASE_UNAVAILABLE']);
const PAUSE_MS = 20;
/** The log of decisions goes on while the server is away, so it has to be slower. */
const LOG_PAUSE_MS = 60;
const RETRY_MS = 50;

/** Lets producers through while it is open. */
export class Gate {
  private opened: Promise<void> = Promise.resolve();
  private open: () => void = () => undefined;
  private waiting = 0;
  private onWaiting: () => void = () => undefined;

  close(): void {
    this.opened = new Promise((resolve) => (this.open = resolve));
  }

  reopen(): void {
    this.open();
  }

  async pass(): Promise<void> {
    this.waiting++;
    this.onWaiting();
    await this.opened;
    this.waiting--;
  }

  /** Resolves when so many producers stand before the closed gate, each with everything that it sent acknowledged. */
  async stopped(producers: number): Promise<void> {
    while (this.waiting < producers) await new Promise<void>((resolve) => (this.onWaiting = resolve));
  }
}

export interface Surroundings {
  readonly target: Target;
  readonly gate: Gate;
  readonly random: Random;
  readonly stop: AbortSignal;
  /** Told of an answer that there should never be. */
  readonly violated: (what: string) => void;
}

/** Posts lists over plain HTTP, one after the other, each until it is acknowledged; some are sent again afterwards. */
export class RawWriter {
  readonly batches: SentBatch[] = [];
  attempts = 0;

  constructor(
    private readonly name: string,
    private readonly around: Surroundings,
  ) {}

  async run(): Promise<void> {
    const { gate, random, stop } = this.around;
    while (!stop.aborted) {
      await gate.pass();
      const batch: SentBatch = {
        items: itemsOf(`${this.name}-b${this.batches.length}`, 1 + random(40)),
      };
      this.batches.push(batch);
      while (!(await this.send(batch))) await sleep(RETRY_MS);
      if (random(10) === 0) await this.send(batch);
      await sleep(random(PAUSE_MS));
    }
  }

  /** True once there are receipts; they must be those of the first time. */
  async send(batch: SentBatch): Promise<boolean> {
    this.attempts++;
    const receipts = await this.post(batch.items);
    if (receipts === undefined) return false;
    const before = batch.receipts;
    if (before && receipts.some((receipt, i) => !isSamePlace(receipt, before[i])))
      this.around.violated(`${batch.items[0]!.id} got another receipt the second time`);
    batch.receipts ??= receipts;
    return true;
  }

  private async post(items: readonly Declaration[]): Promise<AcceptedReceipt[] | undefined> {
    const { target, violated } = this.around;
    try {
      const response = await fetch(`${target.url}/v1/declare`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${target.token}` },
        body: JSON.stringify(items),
        signal: AbortSignal.timeout(60_000),
      });
      const text = await response.text();
      if (response.status !== 200) {
        const { code, detail } = JSON.parse(text) as { code: string; detail: string };
        if (response.status !== 503 || !AWAY.has(code))
          violated(`status ${response.status}, ${code}: ${detail}`);
        return undefined;
      }
      const receipts = text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Receipt);
      for (const receipt of receipts) if ('error' in receipt) violated(`refused: ${receipt.error.message}`);
      return receipts.length === items.length ? (receipts as AcceptedReceipt[]) : undefined;
    } catch (error) {
      // A connection or a text that was cut off: the server was killed.
      if (!['TypeError', 'SyntaxError', 'TimeoutError'].includes((error as Error).name)) throw error;
      return undefined;
    }
  }
}

/** Declares through the SDK, which tries again by itself for as long as it takes. */
export class SdkWriter {
  readonly receipts: AcceptedReceipt[] = [];
  private readonly client: PedigreeClient;

  constructor(
    private readonly name: string,
    private readonly around: Surroundings,
  ) {
    this.client = new PedigreeClient({
      ...around.target,
      retries: { attempts: 10_000, baseMs: RETRY_MS, capMs: 500 },
    });
  }

  async run(): Promise<void> {
    const { gate, random, stop, violated } = this.around;
    for (let n = 0; !stop.aborted; n++) {
      await gate.pass();
      const items = itemsOf(`${this.name}-b${n}`, 1 + random(20));
      const answers = await Promise.allSettled(items.map((item) => this.client.declare(item)));
      for (const answer of answers) {
        if (answer.status === 'fulfilled') this.receipts.push(answer.value);
        else violated(`the client gave up: ${String(answer.reason)}`);
      }
      await sleep(random(PAUSE_MS));
    }
    await this.client.close();
  }
}

/** Logs decisions all the time, also while the server is away: they go to the folder, and from there to the server. */
export class DecisionLogger {
  readonly ids: string[] = [];
  private readonly log: PredictionLog;

  constructor(
    folder: string,
    private readonly around: Surroundings,
  ) {
    this.log = new PredictionLog({
      ...around.target,
      folder,
      namespace: 'test',
      name: 'logged',
      model: id('Model', 'shared'),
      maxDelayMs: 50,
      baseMs: RETRY_MS,
      capMs: 500,
      onLoss: ({ reason, message }) => {
        around.violated(`the log lost a decision: ${reason}, ${message}`);
      },
    });
  }

  get stats(): PredictionLog['stats'] {
    return this.log.stats;
  }

  async run(): Promise<void> {
    const { gate, random, stop } = this.around;
    while (!stop.aborted) {
      await gate.pass();
      const n = this.ids.length;
      const logged = this.log.logPrediction({
        version: String(n),
        subjects: [`person-${String(n % 50)}`],
        features: { f: { value: n } },
      });
      if (logged !== undefined) this.ids.push(logged);
      await sleep(random(LOG_PAUSE_MS));
    }
  }

  /** Resolves when everything that was logged is delivered, on whichever way. */
  async delivered(): Promise<void> {
    while (this.stats.delivered < this.ids.length) await this.log.flush();
  }

  /** Delivers what is left. */
  async close(): Promise<void> {
    await this.log.close();
  }
}
