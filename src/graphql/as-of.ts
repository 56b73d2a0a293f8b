/** The input `AsOf` as the schema's scalars give it, in the terms of the services. */
import type { AsOfInput } from '../lineage/as-of.js';

/** A tree size arrives as the library's own integer. */
export interface AsOfArg {
  readonly treeSize?: { toNumber(): number } | null;
  readonly time?: number | null;
}

/** A service's arguments as a resolver gets them. */
export type WithAsOf<Args> = Omit<Args, 'asOf'> & { readonly asOf?: AsOfArg | null };

export function toAsOf(arg: AsOfArg | null | undefined): AsOfInput | null | undefined {
  return arg?.treeSize == null
    ? (arg as AsOfInput | null | undefined)
    : { ...arg, treeSize: arg.treeSize.toNumber() };
}
