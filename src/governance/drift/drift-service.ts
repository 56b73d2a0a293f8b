/** `dataDrift`: the newest profile of an artifact, or one that is named, beside that of its baseline. */
import { PedigreeError, required } from '../../domain/errors.js';
import {
  DRIFT_LIMITS,
  measureDrift,
  type DriftLimits,
  type FeatureDrift,
} from '../../domain/profile/drift.js';
import { parseProfile, type Profile } from '../../domain/profile/profile.js';
import { parseUrn } from '../../domain/urn.js';
import { resolveAsOf, type AsOfInput } from '../../lineage/as-of.js';
import { AttestationReader } from '../../store/attestation-reader.js';
import type { Database, StatementRunner } from '../../store/database.js';
import { StoredEntryReader } from '../../store/stored-entry-reader.js';
import { openValues, type StoredProps } from '../../store/stored-values.js';

export interface DataDriftArgs {
  readonly of: string;
  readonly baseline: string;
  readonly asOf?: AsOfInput | null | undefined;
  readonly limits: DriftLimits;
}

export interface DataDrift {
  readonly asOf: number;
  /** The profiles that were compared. */
  readonly baseline: StoredProps;
  readonly sample: StoredProps;
  readonly limits: DriftLimits;
  readonly measures: readonly FeatureDrift[];
}

export class DriftService {
  constructor(private readonly database: Database) {}

  /** Errors: `BAD_URN`, `NOT_FOUND` for one without a profile, `BAD_INPUT` for a limit out of its range or a profile of another form. */
  async dataDrift({ of, baseline, asOf, limits }: DataDriftArgs): Promise<DataDrift> {
    checkLimits(limits);
    return this.database.read(async (runner) => {
      const size = await resolveAsOf(asOf, runner);
      const [before, after] = [await profileOf(runner, baseline, size), await profileOf(runner, of, size)];
      const measures = measureDrift(before.profile, after.profile, limits);
      return { asOf: size, baseline: before.props, sample: after.props, limits, measures };
    });
  }
}

async function profileOf(
  runner: StatementRunner,
  of: string,
  asOf: number,
): Promise<{ props: StoredProps; profile: Profile }> {
  const props = await (parseUrn(of).kind === 'Attestation'
    ? profileItself(runner, of, asOf)
    : newestAbout(runner, of, asOf));
  if (!props) {
    throw new PedigreeError(
      'NOT_FOUND',
      `nobody declared a profile of ${of} (DATA_PROFILE) that you may read as of this point`,
      { id: of },
    );
  }
  return { props, profile: parseProfile(openValues(props).get('value/profile'), of) };
}

async function newestAbout(
  runner: StatementRunner,
  of: string,
  asOf: number,
): Promise<StoredProps | undefined> {
  const filter = { of, types: ['DATA_PROFILE'], findings: false };
  const [newest] = await new AttestationReader(runner).page(filter, asOf, 1);
  return newest;
}

/** A profile that is named: that of an earlier window, say. */
async function profileItself(
  runner: StatementRunner,
  id: string,
  asOf: number,
): Promise<StoredProps | undefined> {
  const props = (await new StoredEntryReader(runner).entries([id])).get(id)?.props;
  const isKnown = props?.type === 'DATA_PROFILE' && (props.leafIndex as number) < asOf;
  return isKnown ? props : undefined;
}

function checkLimits(limits: DriftLimits): void {
  const ranges = { alpha: 1, stability: Infinity, missing: 1 };
  for (const name of Object.keys(DRIFT_LIMITS) as (keyof DriftLimits)[]) {
    if (limits[name] >= 0 && limits[name] <= ranges[name]) continue;
    const range = ranges[name] === 1 ? 'a number from 0 to 1' : 'a number from 0';
    throw new PedigreeError('BAD_INPUT', required(`${name} must be ${range}`, limits[name]));
  }
}
