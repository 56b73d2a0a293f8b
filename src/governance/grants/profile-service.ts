/**
 * Redaction profiles as they were declared: entries of the access log, each version under the digest of its text. A grant pins
 * the digest; only the current version of a name can be pinned, so that nobody is given an older, weaker one.
 */
import type { ProfileRef } from '../../access/grant.js';
import type { Principal } from '../../access/principal.js';
import {
  checkProfile,
  profileDigest,
  profileText,
  type RedactionProfile,
} from '../../access/redaction-profile.js';
import type { Clock } from '../../domain/clock.js';
import { PedigreeError, required } from '../../domain/errors.js';
import { profileRecord, type AccessLog } from '../../store/access-log.js';
import { openValues, type StoredProps } from '../../store/stored-values.js';
import { prepareAccess, type LogKeys } from '../access-entry.js';

export interface DeclaredProfile extends RedactionProfile {
  readonly digest: string;
  readonly declaredBy: string;
  /** Milliseconds since the epoch. */
  readonly declaredAt: number;
}

/** Most versions of all names that are listed. */
const MAX_LISTED = 1_000;

export class ProfileService {
  constructor(
    private readonly log: Pick<AccessLog, 'append' | 'find' | 'listProfiles'>,
    private readonly keys: LogKeys,
    private readonly clock: Clock,
  ) {}

  /**
   * Declares a version; the current one again is a no-op. Errors: `BAD_INPUT`; `PROFILE_SUPERSEDED` for the text of a
   * version that was replaced: a profile does not go back.
   */
  async declare(profile: RedactionProfile, by: Principal): Promise<DeclaredProfile> {
    checkProfile(profile);
    const digest = profileDigest(profile);
    const { name } = profile;
    if ((await this.current(name))?.digest !== digest) {
      if (await this.find({ name, digest })) throw superseded(name, digest);
      const id = profileRecord(name, digest);
      const head = { id, request: name, phase: 'profile', by: by.name, occurredAt: this.clock() } as const;
      await this.log.append([
        prepareAccess(head, { event: 'PROFILE_DECLARED', text: profileText(profile) }, this.keys),
      ]);
    }
    return (await this.find({ name, digest })) as DeclaredProfile;
  }

  /** Every version of every name, newest first; at most {@link MAX_LISTED}. */
  async list(): Promise<readonly DeclaredProfile[]> {
    return (await this.log.listProfiles(undefined, MAX_LISTED)).map(toProfile);
  }

  /** What a grant pins. Errors: `NOT_FOUND`; `PROFILE_SUPERSEDED` for any but the current version. */
  async pin({
    name,
    digest,
  }: {
    readonly name: string;
    readonly digest?: string | null;
  }): Promise<ProfileRef> {
    const current = await this.current(name);
    if (!current)
      throw new PedigreeError(
        'NOT_FOUND',
        required('a redaction profile that was declared is required', name),
      );
    if (digest != null && digest !== current.digest) throw superseded(name, digest);
    return { name, digest: current.digest };
  }

  /** A pinned version. Error: `LOG_DIVERGED` where its text is not what the digest is of: nothing is shown then. */
  async read(ref: ProfileRef): Promise<RedactionProfile> {
    const found = await this.find(ref);
    if (found && profileDigest({ name: found.name, rules: found.rules }) === ref.digest) return found;
    throw new PedigreeError(
      'LOG_DIVERGED',
      `the redaction profile ${ref.name} is not stored as its digest ${ref.digest} says: pedigree fsck says what differs`,
    );
  }

  private async current(name: string): Promise<DeclaredProfile | undefined> {
    const [props] = await this.log.listProfiles(name, 1);
    return props && toProfile(props);
  }

  private async find({ name, digest }: ProfileRef): Promise<DeclaredProfile | undefined> {
    const id = profileRecord(name, digest);
    const props = (await this.log.find([id])).get(id);
    return props && toProfile(props);
  }
}

function toProfile(props: StoredProps): DeclaredProfile {
  const { name, rules } = JSON.parse(openValues(props).get('value/text') as string) as RedactionProfile;
  const digest = (props.id as string).slice((props.id as string).lastIndexOf('@') + 1);
  return { name, rules, digest, declaredBy: props.by as string, declaredAt: props.recordedAt as number };
}

function superseded(name: string, digest: string): PedigreeError {
  return new PedigreeError(
    'PROFILE_SUPERSEDED',
    required(
      `the current version of the redaction profile ${name} is required, and never an older one`,
      digest,
    ),
    { name, digest },
  );
}
