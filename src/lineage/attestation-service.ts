/** `attestations`: what was attested, newest first, about one artifact or about anything. */
import type { CursorSealer } from '../access/cursor.js';
import { PedigreeError, required } from '../domain/errors.js';
import { isAttestationType } from '../domain/kinds.js';
import { parseUrn } from '../domain/urn.js';
import { AttestationReader } from '../store/attestation-reader.js';
import type { Database } from '../store/database.js';
import { LineageReader } from '../store/lineage-reader.js';
import type { StoredProps } from '../store/stored-values.js';
import { resolveAsOf, type AsOfInput } from './as-of.js';
import { requireArtifact } from './lineage-service.js';

export interface AttestationArgs {
  readonly of?: string | null | undefined;
  readonly types?: readonly string[] | null | undefined;
  readonly findingsOnly: boolean;
  readonly asOf?: AsOfInput | null | undefined;
  readonly first: number;
  readonly after?: string | null | undefined;
}

export interface AttestationPage {
  readonly asOf: number;
  readonly items: readonly StoredProps[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

/** Most types that one question may name: each is a seek of its own. */
const MAX_TYPES = 50;

export class AttestationService {
  constructor(
    private readonly database: Database,
    private readonly cursors: CursorSealer,
  ) {}

  /** One page. Errors: `BAD_URN`, `NOT_FOUND`, `BAD_INPUT`, `BAD_CURSOR`, `AS_OF_IN_FUTURE`. */
  async page(args: AttestationArgs, reader: string): Promise<AttestationPage> {
    const { first, after, findingsOnly: findings } = args;
    const of = args.of ?? null;
    const types = checkTypes(args.types);
    if (of !== null) parseUrn(of);
    const scope = { reader, question: ['attestations', of ?? '', types ?? 'all', findings] };
    const resumed = after == null ? undefined : this.cursors.open(after, scope);
    return this.database.read(async (runner) => {
      const asOf = resumed?.asOf ?? (await resolveAsOf(args.asOf, runner));
      if (of !== null) await requireArtifact(new LineageReader(runner), of, asOf);
      const before = resumed?.position[0] ?? asOf;
      const found = await new AttestationReader(runner).page({ of, types, findings }, before, first + 1);
      const items = found.slice(0, first);
      const last = items.at(-1);
      return {
        asOf,
        items,
        endCursor: last ? this.cursors.seal({ asOf, position: [last.leafIndex as number] }, scope) : null,
        hasNextPage: found.length > first,
      };
    });
  }
}

/** Each once, in a fixed order. */
function checkTypes(types: readonly string[] | null | undefined): string[] | null {
  if (types == null) return null;
  const unknown = types.find((type) => !isAttestationType(type));
  if (unknown !== undefined) {
    throw new PedigreeError(
      'BAD_INPUT',
      required('types must be attestation types or begin with "x-"', unknown),
    );
  }
  const each = [...new Set(types)].sort();
  if (each.length > 0 && each.length <= MAX_TYPES) return each;
  throw new PedigreeError(
    'BAD_INPUT',
    required(`types must name 1 to ${String(MAX_TYPES)} types, or be left out for all`, each.length),
  );
}
