/** What a grant may say: checking what an issuer asks for, before anything is looked up. */
import type { Grant, GrantDirection, GrantTerms, Reveal } from '../../access/grant.js';
import { PedigreeError, required } from '../../domain/errors.js';
import type { Json } from '../../domain/json.js';
import { ARTIFACT_KINDS, type ArtifactKind } from '../../domain/kinds.js';
import { parseUrn } from '../../domain/urn.js';
import type { AsOfInput } from '../../lineage/as-of.js';
import { openValues, type StoredProps } from '../../store/stored-values.js';

/** What an issuer asks for; null is as good as left out. Times are in milliseconds since the epoch. */
export interface GrantInput {
  readonly holder: string;
  readonly purpose: string;
  readonly caseRef?: string | null;
  readonly roots: readonly string[];
  readonly direction: GrantDirection;
  readonly depth?: number | null;
  readonly kinds?: readonly ArtifactKind[] | null;
  readonly decidedFrom?: number | null;
  readonly decidedTo?: number | null;
  readonly asOf?: AsOfInput | null;
  readonly reveal: Reveal;
  readonly personal: boolean;
  readonly profile?: { readonly name: string; readonly digest?: string | null } | null;
  readonly budget?: number | null;
  readonly expiresAt: number;
}

const DAY_MS = 86_400_000;
/** Longest that a grant may last: whoever needs it longer gets another. */
const MAX_DAYS = 366;
const MAX_ROOTS = 100;
const MAX_TEXT = 500;

/** Error: `BAD_INPUT`, `BAD_URN`. @param now milliseconds since the epoch */
export function checkGrantInput(input: GrantInput, now: number): void {
  const { roots, depth, kinds, decidedFrom, decidedTo, budget, expiresAt } = input;
  for (const name of ['holder', 'purpose', 'caseRef'] as const) checkText(name, input[name]);
  if (roots.length < 1 || roots.length > MAX_ROOTS || new Set(roots).size < roots.length)
    refuse(`roots must be 1 to ${String(MAX_ROOTS)} different ids`, roots.length);
  for (const root of roots) {
    if (parseUrn(root).kind === 'Attestation') refuse('a root must be an artifact', root);
  }
  if (depth != null && depth < 1) refuse('depth must be 1 or more, or left out for all of it', depth);
  if (kinds?.length === 0) refuse('kinds must name at least one, or be left out for all', kinds);
  if (decidedFrom != null && decidedTo != null && decidedFrom >= decidedTo)
    refuse('decidedFrom must be earlier than decidedTo', { decidedFrom, decidedTo });
  if (budget != null && budget < 1) refuse('budget must be 1 or more units of cost a minute', budget);
  if (expiresAt <= now || expiresAt > now + MAX_DAYS * DAY_MS)
    refuse(
      `expiresAt must be later than now and at most ${String(MAX_DAYS)} days ahead`,
      new Date(expiresAt),
    );
}

function checkText(name: string, text: string | null | undefined): void {
  if (text == null || (text.trim() !== '' && text.length <= MAX_TEXT)) return;
  refuse(`${name} must be a text of 1 to ${String(MAX_TEXT)} characters`, text);
}

function refuse(what: string, got: unknown): never {
  throw new PedigreeError('BAD_INPUT', required(what, got));
}

/** The terms as the access log keeps them, member by member; members without a value are left out. */
export function toSaid(terms: GrantTerms): Readonly<Record<string, Json>> {
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined));
}

/** The grant that a record says was issued. */
export function toGrant(props: StoredProps): Grant {
  const terms = [...openValues(props)].flatMap(([path, value]) =>
    path === 'value/event' ? [] : [[path.slice('value/'.length), value] as const],
  );
  return { ...(Object.fromEntries(terms) as unknown as GrantTerms), id: props.request as string };
}

/** The kinds that are visible, in the order of the domain; undefined for all. */
export function kindsOf(kinds: readonly ArtifactKind[] | null | undefined): ArtifactKind[] | undefined {
  return kinds == null ? undefined : ARTIFACT_KINDS.filter((kind) => kinds.includes(kind));
}
