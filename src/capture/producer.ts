/** Who declares, and where that principal may. */
import type { CheckedDeclaration } from '../domain/declaration.js';
import { PedigreeError, required } from '../domain/errors.js';

/** Who declares, and in which namespaces that principal may. */
export interface Producer {
  /** Committed to in the entry: the token's subject. */
  readonly name: string;
  /** Whose turn and share of the queue its requests use; producers without one take turns as one. */
  readonly tokenId?: string;
  /** Namespaces as written in ids' parts; `*` stands for any, a trailing `*` for a prefix. */
  readonly namespaces: readonly string[];
}

/** Refuses namespaces in which the producer may not write. Error: `NAMESPACE_FORBIDDEN`. */
export function requireNamespaces(
  producer: Pick<Producer, 'namespaces'>,
  namespaces: Iterable<string>,
): void {
  for (const namespace of namespaces) {
    if (mayWrite(producer.namespaces, namespace)) continue;
    const bound = producer.namespaces.join(', ') || 'none';
    throw new PedigreeError(
      'NAMESPACE_FORBIDDEN',
      required(`this token may write in the namespaces ${bound} only`, namespace),
    );
  }
}

/** An attestation that adds or ends an artifact's edges writes in that artifact's namespace, too. */
export function namespacesWritten(declaration: CheckedDeclaration): Set<string> {
  const changed = [...declaration.edges, ...declaration.withdraws].map(({ from }) => namespaceOf(from));
  return new Set([declaration.namespace, ...(declaration.kind === 'Attestation' ? changed : [])]);
}

function namespaceOf(id: string): string {
  return decodeURIComponent(id.slice(id.indexOf(':') + 1, id.indexOf('/')));
}

function mayWrite(allowed: readonly string[], namespace: string): boolean {
  return allowed.some((pattern) =>
    pattern.endsWith('*') ? namespace.startsWith(pattern.slice(0, -1)) : pattern === namespace,
  );
}
