/** Which members of a declaration are personal (docs/entry-format.md, "Which members are personal"). */
import type { CheckedDeclaration } from './declaration.js';

/** Fields of a decision, and of attestations about one, that hold text written by or about a person. */
export const FREE_TEXT_FIELDS: readonly string[] = ['explanation', 'notes', 'verbatim'];

/** True if this field of the declaration is sealed under its first subject's key. */
export function isPersonalField(
  declaration: Pick<CheckedDeclaration, 'kind' | 'about' | 'subjects' | 'personal'>,
  field: string,
): boolean {
  if (declaration.subjects.length === 0) return false;
  if (declaration.personal.includes(field)) return true;
  if (field === 'reasons' && declaration.kind === 'Prediction') return true;
  return FREE_TEXT_FIELDS.includes(field) && concernsDecision(declaration);
}

/** True for a decision and for an attestation about one. */
export function concernsDecision({ kind, about }: Pick<CheckedDeclaration, 'kind' | 'about'>): boolean {
  return kind === 'Prediction' || about.some((id) => id.startsWith('prediction:'));
}
