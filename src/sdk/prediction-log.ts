/** Logging decisions at inference: one call, microseconds, never an exception, nothing lost in silence. */
import { randomUUID } from 'node:crypto';

import type { AttestationDeclaration } from '../domain/declaration.js';
import { formatUrn } from '../domain/urn.js';
import { prediction, type PredictionArgs } from './builders.js';
import { systemClientClock, type ClientClock } from './client-clock.js';
import { DecisionProfiles, type DecisionProfileOptions } from './drift/decision-profiles.js';
import { Forwarder } from './forwarder.js';
import { idOf } from './links.js';
import { Losses, type Loss, type LossReason } from './losses.js';
import type { OutboxOptions } from './outbox.js';
import { DEFAULT_RETRIES, type RetryOptions } from './retry.js';
import { applySampling, checkSampling, type SamplingPolicy } from './sampling.js';
import { Server, type ServerOptions } from './server.js';
import { Spill } from './spill.js';

/** What all decisions of a log have in common. */
type Common = Pick<PredictionArgs, 'namespace' | 'name' | 'model'>;
/** What they may have in common. */
type Shared = Pick<PredictionArgs, 'mode' | 'endpoint' | 'preprocessing'>;

export interface PredictionLogOptions
  extends
    Common,
    Shared,
    Pick<ServerOptions, 'url' | 'token'>,
    Partial<Pick<ServerOptions, 'fetch' | 'timeoutMs'>>,
    Partial<OutboxOptions>,
    Partial<Pick<RetryOptions, 'baseMs' | 'capMs'>> {
  readonly sampling?: SamplingPolicy;
  /** Makes a profile of the decisions of each window, and declares it about the model; none, if left out. */
  readonly profile?: DecisionProfileOptions;
  /** Where decisions are kept while the server is away; only in memory, if left out. Several processes may share it. */
  readonly folder?: string;
  /** Most bytes in the folder, by this process. */
  readonly maxSpillBytes?: number;
  /** Called with what was lost and why. If left out, it becomes a warning of the process. */
  readonly onLoss?: (loss: Loss) => void;
  readonly clock?: ClientClock;
  /** Uniform in [0, 1); the jitter of retries. */
  readonly random?: () => number;
}

/** One decision; what is left out comes from the log, a random version, and the clock. */
export type LoggedPrediction = Omit<PredictionArgs, keyof Common | 'version' | 'occurredAt'> &
  Partial<Pick<PredictionArgs, keyof Common | 'version' | 'occurredAt'>>;

/** At rest, `logged + adopted = delivered + queued + spilled + the sum of lost`, but for `TORN` lines, in no other count. */
export interface PredictionLogStats {
  /** Decisions, and profiles of them. */
  readonly logged: number;
  /** Found in the folder, from processes that are gone. */
  readonly adopted: number;
  readonly delivered: number;
  /** In memory. */
  readonly queued: number;
  /** On disk. */
  readonly spilled: number;
  readonly spilledBytes: number;
  readonly lost: Readonly<Record<LossReason, number>>;
  /** Profiles of decisions among what was logged, and decisions that no profile has yet. */
  readonly profiles: number;
  readonly unprofiled: number;
  /** What is wrong with the server or the disk at the moment. */
  readonly lastError: string | undefined;
}

/**
 * Declares decisions in the background.
 *
 * @example
 * const log = new PredictionLog({ url, token, namespace: 'lending', name: 'decision', model, folder: 'spill' });
 * log.logPrediction({ subjects: ['applicant-17'], features: { lvr: { value: 0.92 } }, score: 0.146, outcome: 'APPROVE' });
 */
export class PredictionLog {
  private readonly forwarder: Forwarder;
  private readonly spill: Spill | undefined;
  private readonly losses: Losses;
  private readonly clock: ClientClock;
  private readonly sampling: SamplingPolicy;
  private readonly common: Common & Shared;
  private readonly profiles: DecisionProfiles | undefined;
  private profiled = 0;
  private logged = 0;
  private adoptedElsewhere = 0;
  private closed = false;

  constructor(options: PredictionLogOptions) {
    const { url, token, timeoutMs = 10_000, folder, maxSpillBytes = 268_435_456 } = options;
    const { clock = systemClientClock, random = Math.random } = options;
    const server = new Server({ url, token, timeoutMs, fetch: options.fetch ?? fetch });
    this.sampling = checkSampling(options.sampling ?? 'full');
    this.common = commonOf(options);
    this.clock = clock;
    const { namespace, profile } = options;
    this.profiles =
      profile &&
      new DecisionProfiles({ ...profile, namespace }, (statement) => {
        this.logProfile(statement);
      });
    this.losses = new Losses(options.onLoss);
    this.spill = folder === undefined ? undefined : this.openSpill(folder, maxSpillBytes);
    const send = (lines: readonly string[]): ReturnType<Server['declare']> => server.declare(lines);
    this.forwarder = new Forwarder(
      { send, spill: this.spill, losses: this.losses, clock, random },
      {
        maxBatch: options.maxBatch ?? 500,
        maxDelayMs: options.maxDelayMs ?? 1_000,
        maxQueue: options.maxQueue ?? 10_000,
        baseMs: options.baseMs ?? DEFAULT_RETRIES.baseMs,
        capMs: options.capMs ?? DEFAULT_RETRIES.capMs,
      },
    );
  }

  /**
   * Takes a decision to be declared, and returns its id at once; undefined if it was lost here and now, which is counted
   * and told. The arguments are copied: they may change afterwards.
   */
  logPrediction(args: LoggedPrediction): string | undefined {
    this.logged++;
    let id: string | undefined;
    try {
      const now = this.clock.now();
      const whole = { ...this.common, version: args.version ?? randomUUID(), occurredAt: now, ...args };
      id = formatUrn({ kind: 'Prediction', ...whole });
      const line = JSON.stringify(prediction(applySampling(whole, id, this.sampling)));
      if (!this.closed) this.profile(whole);
      if (this.closed) this.losses.add('CLOSED', 'this log was closed: make a new one', [id]);
      else if (this.forwarder.push({ id, line, since: now })) return id;
      else
        this.losses.add('QUEUE_FULL', this.forwarder.lastError ?? 'more comes than the server takes', [id]);
    } catch (error) {
      this.losses.add('NOT_DECLARABLE', String(error), id === undefined ? [] : [id], 1);
    }
    return undefined;
  }

  /** What became of everything so far. */
  get stats(): PredictionLogStats {
    return {
      logged: this.logged,
      adopted: this.forwarder.adopted - this.adoptedElsewhere,
      delivered: this.forwarder.delivered,
      queued: this.forwarder.queued,
      spilled: this.spill?.items ?? 0,
      spilledBytes: this.spill?.bytes ?? 0,
      lost: { ...this.losses.counts },
      profiles: this.profiled,
      unprofiled: this.profiles?.waiting ?? 0,
      lastError: this.forwarder.lastError,
    };
  }

  /** Sends what waits without delay; resolves when all is delivered or, if the server does not take it, on disk. */
  async flush(): Promise<void> {
    await this.forwarder.flush();
  }

  /** Declares the profiles of the windows that are open, flushes and stops. What is on disk stays there for the next process; what could not be put there is lost and told. */
  async close(): Promise<void> {
    if (!this.closed) this.profiles?.end();
    this.closed = true;
    await this.forwarder.close();
  }

  /** Of every decision, also of those whose values sampling leaves out. */
  private profile({ model, occurredAt, subjects, features }: PredictionArgs): void {
    const at = typeof occurredAt === 'number' ? occurredAt : Date.parse(occurredAt);
    if (!Number.isFinite(at)) return;
    this.profiles?.add({ model: idOf(model), occurredAt: at, subjects, features: features ?? {} });
  }

  /** It goes the way of the decisions: queue, disk, retries. */
  private logProfile(statement: AttestationDeclaration): void {
    const { id } = statement;
    this.logged++;
    this.profiled++;
    if (!this.forwarder.push({ id, line: JSON.stringify(statement), since: this.clock.now() }))
      this.losses.add('QUEUE_FULL', this.forwarder.lastError ?? 'more comes than the server takes', [id]);
  }

  private openSpill(folder: string, maxBytes: number): Spill {
    return new Spill({ folder, maxBytes }, (items, adopted) => {
      // Another process that started at the same time had found it too, and has delivered it.
      if (adopted) this.adoptedElsewhere += items;
      else this.losses.add('SPILL_REMOVED', `a file in ${folder} was removed by someone else`, [], items);
    });
  }
}

function commonOf({ namespace, name, model, ...options }: PredictionLogOptions): Common & Shared {
  const { mode, endpoint, preprocessing } = options;
  return {
    namespace,
    name,
    model,
    ...(mode === undefined ? {} : { mode }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(preprocessing === undefined ? {} : { preprocessing }),
  };
}
