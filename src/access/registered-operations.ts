/**
 * Operations that an operator has registered: a client may send the hash of one instead of its text, and those whom the
 * operator restricts may run nothing else. The file is what Apollo's tools write for a client (the persisted query manifest);
 * ids are SHA-256 of the text, so an id can stand for one text only.
 */
import { hash } from 'node:crypto';
import { PedigreeError, required } from '../domain/errors.js';
import type { Principal } from './principal.js';

/** Who may run registered operations only. */
export const RESTRICTIONS = ['nobody', 'grants', 'everybody'] as const;

export type Restriction = (typeof RESTRICTIONS)[number];

/** What a request says about the operation that it wants to run. */
export interface AskedText {
  readonly text?: string | undefined;
  /** SHA-256 of a registered text, in hex: `extensions.persistedQuery.sha256Hash`. */
  readonly hash?: string | undefined;
}

export class RegisteredOperations {
  private readonly texts: ReadonlyMap<string, string>;

  constructor(
    texts: Iterable<string>,
    private readonly restricted: Restriction,
  ) {
    this.texts = new Map([...texts].map((text) => [hash('sha256', text), text]));
  }

  /**
   * The text to run: the one that was sent, or the registered one of the hash that was sent instead; undefined for a hash
   * that is not registered. Error: `OPERATION_NOT_REGISTERED` if only registered ones may be run.
   */
  textOf(asked: AskedText, { grant }: Pick<Principal, 'grant'>): string | undefined {
    const text = asked.text ?? this.texts.get(asked.hash ?? '');
    if (this.restricted === 'nobody' || (this.restricted === 'grants' && !grant)) return text;
    if (text !== undefined && this.texts.has(hash('sha256', text))) return text;
    throw new PedigreeError(
      'OPERATION_NOT_REGISTERED',
      required('only registered operations may be run', asked.text ?? asked.hash ?? 'none'),
    );
  }
}
