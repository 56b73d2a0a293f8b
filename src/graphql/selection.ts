/** Which fields a request selects, for what would be costly to compute in vain. */
import { Kind, type FieldNode, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';

/**
 * The selections of a field below the one being resolved, by its path; empty if it is not selected. Directives are
 * not looked at: what `@skip` leaves out counts as selected.
 *
 * @example selections(info, 'totals', 'byDepth').length > 0
 */
export function selections(info: GraphQLResolveInfo, ...path: readonly string[]): readonly FieldNode[] {
  let fields: readonly FieldNode[] = info.fieldNodes;
  for (const name of path) {
    fields = fields
      .flatMap((field) => fieldsOf(field.selectionSet, info))
      .filter((field) => field.name.value === name);
  }
  return fields;
}

function fieldsOf(set: SelectionSetNode | undefined, info: GraphQLResolveInfo): FieldNode[] {
  return (set?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : info.fragments[selection.name.value];
    return fieldsOf(inner?.selectionSet, info);
  });
}
