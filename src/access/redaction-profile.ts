/**
 * Redaction profiles: how values are masked for the holders of grants, by the classification of what they are values of. Pure.
 * A profile never changes; a changed one is another version, told apart by the digest of its text.
 */
import { hash } from 'node:crypto';
import { PedigreeError, required } from '../domain/errors.js';
import { canonicalJson, type Json } from '../domain/json.js';
import type { Classification } from '../domain/kinds.js';

/** What becomes of a value. Every mask but `KEEP` and `DROP` leaves something that is asserted and no longer proved. */
export type Mask =
  | { readonly mask: 'KEEP' }
  | { readonly mask: 'DROP' }
  /** Of a text, so many characters at its beginning and its end; `***` for the rest, however long it is. */
  | { readonly mask: 'PARTIAL'; readonly first: number; readonly last: number }
  /** Of a number, the half-open range of this width that it lies in, counted from `origin`: `[20, 30)`. */
  | { readonly mask: 'RANGE'; readonly width: number; readonly origin: number }
  /** Of a text whose parts are levels (a date, a place, a code), the first so many: `1984-05-03` → `1984`. */
  | { readonly mask: 'LEVEL'; readonly separator: string; readonly levels: number };

export type RedactionRule = Mask & {
  readonly classifications: readonly Classification[];
  /** Names of features or columns that it is about; left out: all of these classifications. */
  readonly names?: readonly string[];
};

export interface RedactionProfile {
  readonly name: string;
  /** The first that fits is taken; where none fits the value is dropped. */
  readonly rules: readonly RedactionRule[];
}

/** What a value is a value of. Unclassified is taken for the strictest. */
export interface Classified {
  readonly name: string;
  readonly classification: Classification | undefined;
}

/** A value after its mask: as it was, changed, or gone. */
export type Masked =
  | { readonly state: 'OPEN'; readonly value: Json }
  | { readonly state: 'MASKED'; readonly value: Json }
  | { readonly state: 'WITHHELD' };

const STRICTEST: Classification = 'SPECIAL';
const NAME = /^[a-z][a-z0-9-]{0,63}$/;
const MAX_RULES = 100;

/** The canonical text of a profile, which its digest is of. */
export function profileText(profile: RedactionProfile): string {
  return canonicalJson(profile as unknown as Json);
}

/** SHA-256 of the profile's text, 64 hex digits. */
export function profileDigest(profile: RedactionProfile): string {
  return hash('sha256', profileText(profile));
}

/** Error: `BAD_INPUT`, naming the rule. */
export function checkProfile({ name, rules }: RedactionProfile): void {
  if (!NAME.test(name)) refuse('the name of a profile must be a short lower-case name', name);
  if (rules.length < 1 || rules.length > MAX_RULES)
    refuse(`a profile must have 1 to ${String(MAX_RULES)} rules`, rules.length);
  for (const [i, rule] of rules.entries()) checkRule(`rules[${String(i)}]`, rule);
}

function checkRule(where: string, rule: RedactionRule): void {
  if (rule.classifications.length === 0) refuse(`${where} must name a classification`, rule.classifications);
  if (rule.mask === 'PARTIAL' && !isWhole(rule.first, rule.last))
    refuse(`${where}: first and last must be whole numbers from 0`, rule);
  if (rule.mask === 'RANGE' && !(rule.width > 0 && Number.isFinite(rule.width + rule.origin)))
    refuse(`${where}: width must be a number above 0`, rule);
  if (rule.mask === 'LEVEL' && (rule.separator === '' || !isWhole(rule.levels) || rule.levels < 1))
    refuse(`${where}: separator must be a text and levels a whole number from 1`, rule);
}

function isWhole(...numbers: readonly number[]): boolean {
  return numbers.every((number) => Number.isSafeInteger(number) && number >= 0);
}

function refuse(what: string, got: unknown): never {
  throw new PedigreeError('BAD_INPUT', required(what, got));
}

/** The mask for what a value is of. */
export function maskFor(profile: RedactionProfile, of: Classified): Mask {
  return profile.rules[ruleFor(profile, of)] ?? { mask: 'DROP' };
}

/** The number of the first rule that fits, from 0; -1 where none does. */
export function ruleFor({ rules }: RedactionProfile, { name, classification }: Classified): number {
  const of = classification ?? STRICTEST;
  return rules.findIndex((rule) => rule.classifications.includes(of) && (rule.names?.includes(name) ?? true));
}

/** A value under a mask; one that the mask does not fit is dropped. */
export function applyMask(mask: Mask, value: Json): Masked {
  if (mask.mask === 'KEEP') return { state: 'OPEN', value };
  const masked = maskedValue(mask, value);
  return masked === undefined ? { state: 'WITHHELD' } : { state: 'MASKED', value: masked };
}

function maskedValue(mask: Exclude<Mask, { mask: 'KEEP' }>, value: Json): Json | undefined {
  if (mask.mask === 'RANGE') return typeof value === 'number' ? rangeOf(value, mask) : undefined;
  if (mask.mask === 'DROP' || typeof value !== 'string') return undefined;
  if (mask.mask === 'LEVEL') return value.split(mask.separator).slice(0, mask.levels).join(mask.separator);
  const chars = Array.from(value);
  // A text that is no longer than what would stay has nothing to hide behind.
  if (chars.length <= mask.first + mask.last) return '***';
  const end = mask.last === 0 ? '' : chars.slice(-mask.last).join('');
  return `${chars.slice(0, mask.first).join('')}***${end}`;
}

function rangeOf(value: number, { width, origin }: { width: number; origin: number }): string {
  const from = origin + Math.floor((value - origin) / width) * width;
  return `[${String(from)}, ${String(from + width)})`;
}
