import { endsOf } from '../../capture/prepare-entry.js';
import type { EdgeRef } from '../../domain/declaration.js';
import type { LabelledEntry } from '../../store/stored-entry-reader.js';
import { checkedEdge, openFields } from './check-entry.js';

/** The edges that a stored attestation ends; none if its values cannot be read, which is a finding of its own. */
export function storedEnds(entry: LabelledEntry): ReturnType<typeof endsOf> {
  try {
    const fields = openFields(entry.props);
    const edges = entry.edges.filter(({ type }) => type !== 'ABOUT').map(checkedEdge);
    return endsOf({ fields, edges, withdraws: (fields.withdraws ?? []) as unknown as readonly EdgeRef[] });
  } catch {
    return [];
  }
}
