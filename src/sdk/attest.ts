import type { AttestationDeclaration } from '../domain/declaration.js';
import { canonicalJson, type Json } from '../domain/json.js';
import { formatUrn, parseUrn } from '../domain/urn.js';
import { sha256Hex } from './content-digest.js';
import { idOf, listOf, type Ref } from './links.js';

export interface AttestArgs extends Omit<AttestationDeclaration, 'id' | 'kind' | 'about'> {
  /** One artifact or several. */
  readonly about: Ref | readonly Ref[];
  /** The first artifact's, if left out. */
  readonly namespace?: string;
  /** The type in lower case, if left out. */
  readonly name?: string;
  /** A digest of all that is said, if left out: saying the same twice is one attestation. */
  readonly version?: string;
}

/**
 * A later fact about artifacts. What `fields` holds depends on the type.
 *
 * @example attest({ type: 'APPROVED', about: model, occurredAt, fields: { approver: 'Model risk', decision: 'APPROVED' } })
 */
export function attest({
  about,
  namespace,
  name,
  version,
  ...statement
}: AttestArgs): AttestationDeclaration {
  const ids = listOf(about).map(idOf);
  const [first = ''] = ids;
  const id = formatUrn({
    kind: 'Attestation',
    namespace: namespace ?? parseUrn(first).namespace,
    name: name ?? statement.type.toLowerCase().replaceAll('_', '-'),
    version:
      version ?? sha256Hex(canonicalJson({ ...statement, about: ids } as unknown as Json)).slice(0, 32),
  });
  return { id, kind: 'Attestation', about: ids, ...statement };
}
