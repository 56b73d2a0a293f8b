/** What an answer under a grant says of what it hides. */
import type { ArtifactKind } from '../../domain/kinds.js';

/** Why an answer under a grant is not whole. */
export type Incomplete = 'HIDDEN' | 'OUTSIDE_DIRECTION';

/** What stands for hidden artifacts. */
export interface Surrogate {
  /** `surrogate:` and 32 hex digits, another one under every grant. */
  readonly id: string;
  /** Where the grant reveals kinds. */
  readonly kind?: ArtifactKind;
  /** Its neighbours: visible artifacts, and, where kinds are revealed, other surrogates. Sorted. */
  readonly effects: readonly string[];
  readonly causes: readonly string[];
}
