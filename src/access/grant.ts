/**
 * A grant: what one outsider may read, for a purpose, until a time. It is fixed when it is issued; only its revocation
 * comes later, and ends it.
 */
import type { ArtifactKind } from '../domain/kinds.js';

/** Which way a grant goes from its roots. */
export type GrantDirection = 'UPSTREAM' | 'DOWNSTREAM' | 'BOTH';

/**
 * What the holder learns of artifacts that lie between visible ones: `NOTHING` but that something is there, or the `KIND`
 * of each and how they hang together.
 */
export type Reveal = 'NOTHING' | 'KIND';

/** Which part of the graph a grant opens. */
export interface GrantScope {
  /** Ids; always visible. */
  readonly roots: readonly string[];
  readonly direction: GrantDirection;
  /** Greatest distance from a root, counted in the graph as the holder sees it; left out: any. */
  readonly depth?: number;
  /** Kinds that are visible; left out: all. */
  readonly kinds?: readonly ArtifactKind[];
  /** Decisions decided from this moment on, in milliseconds since the epoch. */
  readonly decidedFrom?: number;
  /** Up to but not including this moment. */
  readonly decidedTo?: number;
  /** The tree size as of which everything is read, for the whole life of the grant. */
  readonly asOf: number;
}

/** A redaction profile by name, and by the digest of what it says. */
export interface ProfileRef {
  readonly name: string;
  /** SHA-256 of its canonical text, 64 hex digits. */
  readonly digest: string;
}

/** What a grant says when it is issued. */
export interface GrantTerms extends GrantScope {
  /** Whom it is for. */
  readonly holder: string;
  /** Why, in the issuer's words; every read under it is recorded with this. */
  readonly purpose: string;
  /** The case or file number of the holder's procedure. */
  readonly caseRef?: string;
  readonly reveal: Reveal;
  /** True if personal values may be read, as far as the profile lets them through. */
  readonly personal: boolean;
  readonly profile?: ProfileRef;
  /** Most units of query cost a minute; left out: the server's. */
  readonly budget?: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export interface Grant extends GrantTerms {
  /** A UUID. */
  readonly id: string;
}
