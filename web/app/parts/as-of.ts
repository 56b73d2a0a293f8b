/** The point in the log at which a page is read: from its address, as the API takes it. */
import type { AsOf } from '../graphql/operations.gen.js';

/** A tree size; null, for now, if the address has none or another text. */
export function asOfFrom(text: string | null): AsOf | null {
  return text !== null && /^\d{1,16}$/.test(text) ? { treeSize: text } : null;
}
