/** Who owns what, by what a declaration says openly: its own owner, or those that a run's event gives. */
import type { CheckedDeclaration } from './declaration.js';
import type { SupplementedDataset, SupplementFields } from './supplement.js';

export interface Owned {
  /** Id of the artifact. */
  readonly of: string;
  readonly owner: string;
}

/** The owners that a declaration names, without those that are personal. A decision's are left out: nobody looks for it by them. */
export function ownersIn({
  id,
  kind,
  fields,
  personal,
  about,
}: Pick<CheckedDeclaration, 'id' | 'kind' | 'fields' | 'personal' | 'about'>): readonly Owned[] {
  const open = (name: string): boolean => !personal.includes(name);
  if (kind === 'Attestation') {
    if (fields.type !== 'SUPPLEMENTS') return [];
    const { owners, datasets } = fields as {
      readonly owners?: SupplementFields['owners'];
      readonly datasets?: readonly SupplementedDataset[];
    };
    return [
      ...(open('owners') ? about.flatMap((of) => namesIn(owners, of)) : []),
      ...(open('datasets') ? (datasets ?? []).flatMap((set) => namesIn(set.owners, set.id)) : []),
    ];
  }
  const { owner } = fields;
  return kind !== 'Prediction' && typeof owner === 'string' && open('owner') ? [{ of: id, owner }] : [];
}

function namesIn(owners: SupplementFields['owners'], of: string): Owned[] {
  return (owners ?? []).map(({ name }) => ({ of, owner: name }));
}
