/** The known answers of docs/entry-format.md, as test/vectors/make_vectors.py writes them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { CheckedDeclaration, CheckedEdge, FeatureValue } from '../../../src/domain/declaration.js';
import type { Json, JsonObject } from '../../../src/domain/json.js';
import type { EntryKind } from '../../../src/domain/kinds.js';
import type { GroupName } from '../../../src/ledger/group.js';

export const VECTORS_FOLDER = join(import.meta.dirname, '../../vectors');

type Named<T> = readonly (T & { readonly name: string })[];

interface Parts {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
}

interface Disclosed {
  readonly disclosure: string;
  readonly digest: string;
}

interface Group {
  readonly entryKey: string;
  readonly id: string;
  readonly group: GroupName;
  readonly n: number;
  readonly count: string;
  readonly digest: string;
}

interface VectorGroup extends Disclosed {
  readonly members: readonly (Disclosed & { readonly path: string; readonly subject: string | null })[];
  readonly count: Disclosed;
}

/** A declaration as the vectors write it: what it is about is among its edges, its type among its fields. */
export interface VectorDeclaration {
  readonly id: string;
  readonly kind: EntryKind;
  readonly occurredAt: number;
  readonly fields: JsonObject;
  readonly edges: readonly {
    readonly type: string;
    readonly to: string;
    readonly from?: string;
    readonly props?: JsonObject;
    readonly toDigest?: string;
    readonly row?: readonly (string | number | boolean)[];
  }[];
  readonly features?: Readonly<Record<string, FeatureValue>>;
  readonly subjects?: readonly string[];
  readonly personal?: readonly string[];
}

export interface DeclarationVector {
  readonly declaration: VectorDeclaration;
  readonly keys: {
    readonly k: number;
    readonly logKey: string;
    readonly subjects: Readonly<Record<string, string>>;
  };
  readonly t: string;
  readonly at: number;
  readonly principal: string;
  readonly entryKey: string;
  readonly head: Disclosed;
  readonly by: Disclosed;
  readonly values: VectorGroup;
  readonly edges: VectorGroup;
  readonly decl: string;
  readonly digest: string;
  readonly leaf: string;
  readonly leafHash: string;
}

interface Vectors {
  readonly about: Readonly<Record<string, string>>;
  readonly jcs: Named<{ readonly input: string; readonly canonical: string }>;
  readonly numbers: Named<{ readonly double: string; readonly text: string; readonly admitted: boolean }>;
  readonly ids: Named<{ readonly parts: Parts; readonly id: string; readonly parsed: Parts }>;
  readonly keys: Named<{
    readonly logKey?: string;
    readonly t?: string;
    readonly id?: string;
    readonly entryKey?: string;
    readonly idxKey?: string;
    readonly subject?: string;
    readonly index?: string;
    readonly subjectKey?: string;
    readonly aeadKey?: string;
  }>;
  readonly salts: Named<{
    readonly key: string;
    readonly id: string;
    readonly path: string;
    readonly salt: string;
  }>;
  readonly disclosures: Named<
    Disclosed & {
      readonly key: string;
      readonly id: string;
      readonly path: string;
      readonly value: Json;
      readonly salt: string;
    }
  >;
  readonly decoys: Named<{
    readonly entryKey: string;
    readonly id: string;
    readonly group: GroupName;
    readonly i: number;
    readonly decoy: string;
  }>;
  readonly groups: Named<Group & { readonly members: readonly string[] }>;
  readonly largeGroups: Named<Group>;
  readonly declarations: Named<DeclarationVector>;
  readonly aead: Named<{
    readonly subjectKey: string;
    readonly id: string;
    readonly path: string;
    readonly kid: string;
    readonly value: Json;
    readonly nonce: string;
    readonly sealed: string;
  }>;
  readonly merkle: Named<{ readonly leaves: readonly string[]; readonly roots: readonly string[] }>;
  readonly bundles: Named<{
    readonly leaves: readonly string[];
    readonly bundles: readonly string[];
    readonly tile: string;
  }>;
  readonly rfc9901: Named<Disclosed>;
  readonly refused: {
    readonly json: Named<{ readonly input: string }>;
    readonly ids: Named<{ readonly id: string }>;
    readonly declarations: Named<{ readonly declaration: VectorDeclaration }>;
  };
}

export const VECTORS = JSON.parse(readFileSync(join(VECTORS_FOLDER, 'entry-v1.json'), 'utf8')) as Vectors;

/** The same declaration over the wire; an attestation's type and what it is about stand beside its fields. */
export function toWire({ fields, edges, ...rest }: VectorDeclaration): JsonObject {
  if (rest.kind !== 'Attestation') return { ...rest, fields, edges } as unknown as JsonObject;
  const { type, ...others } = fields;
  return {
    ...rest,
    ...(type === undefined ? {} : { type }),
    about: aboutOf(edges),
    fields: others,
    edges: edges.filter((edge) => edge.type !== 'ABOUT'),
  } as unknown as JsonObject;
}

/** The same declaration as if it had been checked: the vectors' own words are not those of the wire format. */
export function toChecked(declaration: VectorDeclaration): CheckedDeclaration {
  const { id, kind, occurredAt, fields, edges } = declaration;
  const { features = {}, subjects = [], personal = [] } = declaration;
  return {
    ...{ id, kind, occurredAt, fields, features, subjects, personal },
    ...{ namespace: '', name: '', version: '', withdraws: [] },
    about: aboutOf(edges),
    edges: edges
      .filter((edge) => edge.type !== 'ABOUT')
      .map((edge) => ({ from: id, props: {}, ...edge }) as CheckedEdge),
  };
}

function aboutOf(edges: VectorDeclaration['edges']): string[] {
  return edges.filter((edge) => edge.type === 'ABOUT').map((edge) => edge.to);
}
