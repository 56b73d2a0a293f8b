/**
 * Profiles of decisions, made on the way in: one for each model and window of time, declared about the model. What is sealed
 * in the decisions leaves through a profile only as counts of many.
 */
import type { AttestationDeclaration, FeatureValue } from '../../domain/declaration.js';
import { Profiler, profileStatement } from './profiler.js';

export interface DecisionProfileOptions {
  /** Length of a window in milliseconds; windows begin at its multiples since 1970, in UTC. A day is 86,400,000. */
  readonly everyMs: number;
  /** Features to look at; all, if left out. */
  readonly columns?: readonly string[];
  /**
   * Least decisions of a profile and of each bin in it, and least decisions and people of a category that is named: 10.
   */
  readonly least?: number;
}

/** What is looked at of a decision. */
export interface ProfiledDecision {
  /** Id of the model. */
  readonly model: string;
  /** Milliseconds since the epoch. */
  readonly occurredAt: number;
  readonly subjects: readonly string[];
  readonly features: Readonly<Record<string, FeatureValue>>;
}

/** A profile that is being made. */
interface Open {
  readonly profiler: Profiler;
  decisions: number;
  /** Of the windows of its decisions: where the first one begins, and the last one ends. */
  from: number;
  to: number;
  /** Time of the last decision. */
  last: number;
}

const LEAST = 10;

export class DecisionProfiles {
  private readonly open = new Map<string, Open>();
  private readonly least: number;

  /** @param declare takes each profile when its window is over. Error: `RangeError` for an option out of its range. */
  constructor(
    private readonly options: DecisionProfileOptions & { readonly namespace: string },
    private readonly declare: (profile: AttestationDeclaration) => void,
  ) {
    const { everyMs, least = LEAST } = options;
    if (!Number.isSafeInteger(everyMs) || everyMs < 1)
      throw new RangeError(`everyMs must be a whole number of milliseconds from 1, but got: ${everyMs}`);
    if (!Number.isSafeInteger(least) || least < 2)
      throw new RangeError(`least must be a whole number from 2, but got: ${least}`);
    this.least = least;
  }

  /** Decisions that are in no declared profile: their window is not over, or had too few. */
  get waiting(): number {
    return [...this.open.values()].reduce((sum, { decisions }) => sum + decisions, 0);
  }

  /**
   * A decision of a later window ends the one before it. One that comes late is counted in the profile that is open, which
   * then says so by where it begins.
   */
  add({ model, occurredAt, subjects, features }: ProfiledDecision): void {
    const { everyMs } = this.options;
    const from = Math.floor(occurredAt / everyMs) * everyMs;
    if (from >= (this.open.get(model)?.to ?? Infinity)) this.end(model);
    const open = this.open.get(model) ?? this.begin(model, from);
    open.profiler.addFeatures(features, subjects);
    open.decisions += 1;
    open.from = Math.min(open.from, from);
    open.to = Math.max(open.to, from + everyMs);
    open.last = Math.max(open.last, occurredAt);
  }

  /** Ends the windows that are open. */
  end(model?: string): void {
    for (const each of model === undefined ? [...this.open.keys()] : [model]) this.endOne(each);
  }

  private begin(model: string, from: number): Open {
    const { columns } = this.options;
    const profiler = new Profiler({
      ...{ leastCategory: this.least, leastBin: this.least },
      ...(columns === undefined ? {} : { columns }),
    });
    const open = { profiler, decisions: 0, from, to: from + this.options.everyMs, last: from };
    this.open.set(model, open);
    return open;
  }

  /** One with too few decisions stays open, and goes on with the next window. */
  private endOne(model: string): void {
    const open = this.open.get(model);
    if (open === undefined || open.decisions < this.least) return;
    this.open.delete(model);
    const { from, to, last, profiler } = open;
    this.declare(
      profileStatement(profiler.profile(), {
        ...{ about: model, namespace: this.options.namespace, occurredAt: last },
        fields: { extra: { decisions: { from, to, least: this.least } } },
      }),
    );
  }
}
