/** Edges as one writes them: a bare reference, or a reference with what is to be said about the edge. */
import type { EdgeDeclaration, RowKey } from '../domain/declaration.js';
import type { Json } from '../domain/json.js';
import type { EdgeType } from '../domain/kinds.js';

/** An artifact: its id, or anything that has one, such as its declaration or its receipt. */
export type Ref = string | { readonly id: string };

/** An edge to `to`, with the properties `P` of its type and, where the producer knows it, the parent's digest. */
export type Link<P = unknown> = Ref | (P & { readonly to: Ref; readonly toDigest?: string });

/** One link or several. */
export type Links<P = unknown> = Link<P> | readonly Link<P>[];

/** What any link may carry, once the properties of its type no longer matter. */
type AnyLink = Link<{ readonly row?: RowKey; readonly [property: string]: unknown }>;

export function idOf(ref: Ref): string {
  return typeof ref === 'string' ? ref : ref.id;
}

/** One, several or none as a list. */
export function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/** The edges of one type, in the order given; none if left out. */
export function edgesOf(type: EdgeType, links: Links | undefined): EdgeDeclaration[] {
  return listOf(links).map((link) => edgeOf(type, link));
}

function edgeOf(type: EdgeType, link: AnyLink): EdgeDeclaration {
  if (typeof link === 'string' || !('to' in link)) return { type, to: idOf(link) };
  const { to, toDigest, row, ...props } = link;
  return {
    type,
    to: idOf(to),
    ...(Object.keys(props).length === 0 ? {} : { props: props as Readonly<Record<string, Json>> }),
    ...(toDigest === undefined ? {} : { toDigest }),
    ...(row === undefined ? {} : { row }),
  };
}
