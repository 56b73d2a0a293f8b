/** Small declarations for tests, with ids in one namespace. */
import type {
  ArtifactDeclaration,
  AttestationDeclaration,
  EdgeDeclaration,
} from '../../src/domain/declaration.js';
import type { ArtifactKind, AttestationType } from '../../src/domain/kinds.js';

const OCCURRED_AT = '2026-02-01T00:00:00Z';

type Extra<K extends ArtifactKind> = Partial<Omit<ArtifactDeclaration<K>, 'id' | 'kind' | 'edges'>>;

/** `id('Model', 'm')` → `model:test/m@1` */
export function id(kind: ArtifactKind | 'Attestation', name: string): string {
  return `${kind.toLowerCase()}:test/${name}@1`;
}

export function artifact<K extends ArtifactKind>(
  kind: K,
  name: string,
  edges: readonly EdgeDeclaration[] = [],
  extra: Extra<K> = {},
): ArtifactDeclaration<K> {
  return { id: id(kind, name), kind, occurredAt: OCCURRED_AT, edges, ...extra };
}

/** A decision of a model about a subject; nobody if the subject is left out. */
export function prediction(
  name: string,
  model: string,
  edges: readonly EdgeDeclaration[] = [],
  extra: Extra<'Prediction'> = {},
): ArtifactDeclaration<'Prediction'> {
  return artifact('Prediction', name, [edge('MADE_BY', id('Model', model)), ...edges], {
    subjects: [],
    ...extra,
  });
}

export function attestation(
  name: string,
  type: AttestationType,
  about: readonly string[],
  extra: Partial<AttestationDeclaration> = {},
): AttestationDeclaration {
  return { id: id('Attestation', name), kind: 'Attestation', type, about, occurredAt: OCCURRED_AT, ...extra };
}

export function edge(
  type: EdgeDeclaration['type'],
  to: string,
  rest: Omit<EdgeDeclaration, 'type' | 'to'> = {},
): EdgeDeclaration {
  return { type, to, ...rest };
}
