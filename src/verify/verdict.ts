/** What a verifier says about an evidence file: what is proved, and what is not. */
import type { EvidenceQuestion } from './evidence-file.js';

/**
 * `VERIFIED`: the whole ancestry is proved, or all entries that were asked for. `INCOMPLETE`: what is there is proved, but part of the ancestry is withheld,
 * missing or only asserted. `ALTERED`: something does not fit. `UNREADABLE`: it is no evidence file of a known version.
 */
export type Outcome = 'VERIFIED' | 'ALTERED' | 'INCOMPLETE' | 'UNREADABLE';

export interface Verdict {
  readonly outcome: Outcome;
  /** The parts that do not fit, or cannot be read, and why. */
  readonly problems: readonly { readonly part: string; readonly message: string }[];
  readonly question?: EvidenceQuestion;
  readonly checkpoint?: VerifiedCheckpoint;
  /** Left out where nothing was proved. */
  readonly proved?: Proved;
  /** Named by an edge, but without an entry here: never declared, or left out; nobody can tell which from a file. */
  readonly missing: readonly { readonly id: string; readonly namedBy: readonly string[] }[];
  /** Members of entries that are committed to and not shown; null: not even how many. Values do not matter to ancestry. */
  readonly withheld: readonly {
    readonly id: string;
    readonly values: number | null;
    readonly edges: number | null;
  }[];
  /** What the server says of some of the withheld values: asserted, not proved. They are counted as withheld, too. */
  readonly masked: readonly MaskedValue[];
  /** Links that rest on the server's word alone. */
  readonly asserted: readonly { readonly id: string; readonly of: string; readonly reason: string }[];
  /** What no evidence file can prove. */
  readonly unproved: readonly string[];
}

/** What a redaction profile left of a value. Nobody can tell from a file whether it fits the value that was declared. */
export interface MaskedValue {
  /** The artifact whose value it stands for. */
  readonly id: string;
  /** Disclosure path of that value. */
  readonly path: string;
  /** JSON, as the server wrote it. */
  readonly value: string;
  /** Digest of the profile. */
  readonly profile: string;
  /** Numbers of the profile's rules, from 0. */
  readonly rules: readonly number[];
}

export interface VerifiedCheckpoint {
  readonly origin: string;
  readonly size: number;
  /** Root of the tree, base64. */
  readonly root: string;
  /** Names of keys whose signatures are in the note and were not checked, as witnesses'. */
  readonly unchecked: readonly string[];
  /** Size of the earlier checkpoint that this one was proved to extend. */
  readonly extends?: number;
}

export interface Proved {
  readonly entries: number;
  readonly artifacts: number;
  readonly edges: number;
  readonly attestations: number;
  readonly values: number;
  /** When the last of the entries was recorded by the server's clock, in milliseconds since the epoch. */
  readonly recordedUpTo: number;
}

export const EXIT_CODES: Readonly<Record<Outcome, number>> = {
  VERIFIED: 0,
  ALTERED: 1,
  INCOMPLETE: 2,
  UNREADABLE: 3,
};
