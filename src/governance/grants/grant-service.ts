/**
 * Grants: issued, revoked, listed, and looked up at every request. Both events are entries of the access log and are kept
 * there and nowhere else, so that a grant cannot be changed after it was issued, nor used after it was revoked.
 */
import { randomUUID } from 'node:crypto';
import type { CursorSealer } from '../../access/cursor.js';
import type { Grant, GrantTerms } from '../../access/grant.js';
import type { GrantTokens } from '../../access/grant-tokens.js';
import type { Principal } from '../../access/principal.js';
import type { Scope } from '../../access/scopes.js';
import type { Clock } from '../../domain/clock.js';
import { PedigreeError, required } from '../../domain/errors.js';
import type { Json } from '../../domain/json.js';
import type { GraphSource } from '../../lineage/lineage-graph.js';
import { notFound } from '../../lineage/lineage-service.js';
import { grantRecord, revocationRecord, type AccessLog } from '../../store/access-log.js';
import { openValues, type StoredProps } from '../../store/stored-values.js';
import { prepareAccess, type AccessHead, type LogKeys } from '../access-entry.js';
import { grantEnded } from '../read-audit.js';
import type { ProfileService } from './profile-service.js';
import { checkGrantInput, kindsOf, toGrant, toSaid, type GrantInput } from './grant-terms.js';

/** That a grant was ended before its time. */
export interface Revocation {
  readonly by: string;
  readonly reason: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A grant with its history. */
export interface IssuedGrant extends Grant {
  readonly issuedBy: string;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
  readonly revocation?: Revocation;
}

export interface GrantPage {
  readonly items: readonly IssuedGrant[];
  readonly hasNextPage: boolean;
  readonly endCursor?: string;
}

export interface GrantParts {
  readonly log: Pick<AccessLog, 'append' | 'find' | 'listGrants'>;
  readonly graphs: GraphSource;
  readonly profiles: Pick<ProfileService, 'pin'>;
  readonly keys: LogKeys;
  readonly tokens: GrantTokens;
  readonly cursors: CursorSealer;
  readonly clock: Clock;
}

const MAX_REASON = 500;
/** Before every record. */
const NEWEST = Number.MAX_SAFE_INTEGER;

export class GrantService {
  constructor(private readonly parts: GrantParts) {}

  /**
   * Issues a grant; the token is shown once and kept nowhere. Errors: `BAD_INPUT`, `BAD_URN`, `NOT_FOUND` for a root
   * or a profile, `PROFILE_SUPERSEDED`, `AS_OF_IN_FUTURE`, `FORBIDDEN` for personal values that the issuer may not read.
   */
  async issue(input: GrantInput, issuer: Principal): Promise<{ grant: IssuedGrant; token: string }> {
    checkGrantInput(input, this.parts.clock());
    if (input.personal && !issuer.scopes.has('READ_PERSONAL'))
      throw new PedigreeError(
        'FORBIDDEN',
        'nobody can grant what they may not read: a grant with personal values needs the scope READ_PERSONAL',
      );
    const terms = await this.termsOf(input);
    const id = randomUUID();
    const head = { id: grantRecord(id), request: id, phase: 'granted', by: issuer.name } as const;
    await this.append(head, { event: 'GRANT_ISSUED', ...toSaid(terms) });
    const grant = await this.find(id);
    if (!grant) throw new TypeError(`the grant ${id} was committed and is not there`);
    return { grant, token: await this.parts.tokens.sign(grant) };
  }

  /** Ends a grant at once, on every server; again is harmless, and the first reason stands. Errors: `NOT_FOUND`, `BAD_INPUT`. */
  async revoke(id: string, reason: string, by: Principal): Promise<IssuedGrant> {
    if (reason.trim() === '' || reason.length > MAX_REASON)
      throw new PedigreeError(
        'BAD_INPUT',
        required(`reason must be a text of 1 to ${String(MAX_REASON)} characters`, reason),
      );
    const grant = await this.grant(id);
    if (grant.revocation) return grant;
    const head = { id: revocationRecord(id), request: id, phase: 'revoked', by: by.name } as const;
    try {
      await this.append(head, { event: 'GRANT_REVOKED', reason });
    } catch (error) {
      // Two may revoke at once: the record's id is unique, so the second finds the first's.
      if (!(await this.grant(id)).revocation) throw error;
    }
    return this.grant(id);
  }

  /** Error: `NOT_FOUND`. */
  async grant(id: string): Promise<IssuedGrant> {
    const grant = await this.find(id);
    if (grant) return grant;
    throw new PedigreeError('NOT_FOUND', required('the id of a grant that was issued is required', id));
  }

  /** Newest first. Error: `BAD_CURSOR`. */
  async page(first: number, after: string | null | undefined, reader: string): Promise<GrantPage> {
    const scope = { reader, question: ['grants'] };
    const [before = NEWEST] = after == null ? [] : this.parts.cursors.open(after, scope).position;
    const pairs = await this.parts.log.listGrants(before, first + 1);
    const shown = pairs.slice(0, first);
    const last = shown.at(-1)?.grant.leafIndex as number | undefined;
    return {
      items: shown.map(({ grant, revocation }) => toIssued(grant, revocation ?? undefined)),
      hasNextPage: pairs.length > shown.length,
      ...(last === undefined
        ? {}
        : { endCursor: this.parts.cursors.seal({ asOf: 0, position: [last] }, scope) }),
    };
  }

  /** The principal of a grant's token with what the grant opens; asked at every request. Error: `GRANT_ENDED`. */
  async admit(principal: Principal): Promise<Principal> {
    const found = await this.find(principal.grantId ?? '');
    if (!found || found.revocation || found.expiresAt <= this.parts.clock()) throw grantEnded();
    const scopes: Scope[] = found.personal ? ['READ_GRANTED', 'READ_PERSONAL'] : ['READ_GRANTED'];
    return { ...principal, scopes: new Set(scopes), grant: found };
  }

  /** Those of some grants that were revoked. */
  async revoked(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await this.parts.log.find(ids.map(revocationRecord));
    return new Set(ids.filter((id) => found.has(revocationRecord(id))));
  }

  private async find(id: string): Promise<IssuedGrant | undefined> {
    const [issued, revoked] = [grantRecord(id), revocationRecord(id)];
    const found = await this.parts.log.find([issued, revoked]);
    const props = found.get(issued);
    return props && toIssued(props, found.get(revoked));
  }

  /** What was asked for, with the as-of point pinned and every root known there. */
  private async termsOf(input: GrantInput): Promise<GrantTerms> {
    const { holder, purpose, caseRef, roots, direction, depth, decidedFrom, decidedTo } = input;
    const { reveal, personal, budget, expiresAt } = input;
    const asOf = await this.parts.graphs.read(async (graph) => {
      const size = await graph.asOf(input.asOf);
      const known = await graph.nodes(roots, size);
      const unknown = roots.find((root) => !known.has(root));
      if (unknown !== undefined) throw notFound(unknown);
      return size;
    });
    const kinds = kindsOf(input.kinds);
    const profile = input.profile == null ? undefined : await this.parts.profiles.pin(input.profile);
    return {
      ...{ holder, purpose, roots, direction, reveal, personal, asOf, expiresAt },
      ...(caseRef == null ? {} : { caseRef }),
      ...(depth == null ? {} : { depth }),
      ...(kinds === undefined ? {} : { kinds }),
      ...(decidedFrom == null ? {} : { decidedFrom }),
      ...(decidedTo == null ? {} : { decidedTo }),
      ...(profile === undefined ? {} : { profile }),
      ...(budget == null ? {} : { budget }),
    };
  }

  private async append(
    head: Omit<AccessHead, 'occurredAt'>,
    said: Readonly<Record<string, Json>>,
  ): Promise<void> {
    const { log, keys, clock } = this.parts;
    await log.append([prepareAccess({ ...head, occurredAt: clock() }, said, keys)]);
  }
}

function toIssued(props: StoredProps, revoked: StoredProps | undefined): IssuedGrant {
  return {
    ...toGrant(props),
    issuedBy: props.by as string,
    issuedAt: props.recordedAt as number,
    ...(revoked ? { revocation: toRevocation(revoked) } : {}),
  };
}

function toRevocation(props: StoredProps): Revocation {
  return {
    by: props.by as string,
    reason: openValues(props).get('value/reason') as string,
    at: props.recordedAt as number,
  };
}
