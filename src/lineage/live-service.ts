/** What happens to a watched lineage, as it happens: for subscriptions. */
import type { AttestedAbout, LogFollower } from '../store/log-follower.js';
import type { Direction } from '../store/walk.js';
import type { StoredProps } from '../store/stored-values.js';

export interface LineageChange {
  readonly asOf: number;
  readonly artifacts: readonly string[];
}

export interface AttestedChange {
  readonly asOf: number;
  readonly attestation: StoredProps;
  readonly about: readonly string[];
}

/** Where a subscription begins and what ends it. */
export interface Following {
  /** Tree size after which changes are told. */
  readonly since: number;
  readonly signal: AbortSignal;
}

const ATTESTATION = 'attestation:';

export class LiveService {
  constructor(private readonly follower: LogFollower) {}

  /** A change for each step of the log that touches the lineage of an artifact; ends with the signal. */
  async *lineageChanged(
    of: string,
    direction: Direction,
    { since, signal }: Following,
  ): AsyncGenerator<LineageChange> {
    for (let asOf = since; ;) {
      const step = await this.follower.next(asOf, signal);
      if (!step) return;
      asOf = step.size;
      const attested = await this.attested(step.ids);
      const touched = step.ids.flatMap((id) => attested.get(id)?.about ?? [id]);
      const within = await this.follower.withinLineage(of, direction, asOf, [...new Set(touched)]);
      const artifacts = [...new Set(touched)].filter((id) => within.has(id));
      if (artifacts.length > 0) yield { asOf, artifacts };
    }
  }

  /** Attestations of these types about an artifact or anything upstream of it, in log order; ends with the signal. */
  async *attestedAbout(
    of: string,
    types: readonly string[] | undefined,
    { since, signal }: Following,
  ): AsyncGenerator<AttestedChange> {
    for (let asOf = since; ;) {
      const step = await this.follower.next(asOf, signal);
      if (!step) return;
      asOf = step.size;
      const wanted = [...(await this.attested(step.ids)).values()].filter(
        ({ props }) => types === undefined || types.includes(props.type as string),
      );
      const about = [...new Set(wanted.flatMap((attestation) => attestation.about))];
      const within = await this.follower.withinLineage(of, 'UPSTREAM', asOf, about);
      for (const { props, about: targets } of wanted) {
        const watched = targets.filter((id) => within.has(id));
        if (watched.length > 0) yield { asOf, attestation: props, about: watched };
      }
    }
  }

  private attested(ids: readonly string[]): Promise<ReadonlyMap<string, AttestedAbout>> {
    return this.follower.attestations(ids.filter((id) => id.startsWith(ATTESTATION)));
  }
}
