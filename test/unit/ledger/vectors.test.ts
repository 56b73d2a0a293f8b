/** Known answers: what an implementation in Python made of docs/entry-format.md, ours must make of it, too. */
import { hash } from 'node:crypto';

import { describe, expect, test } from '@jest/globals';

import { parseDeclaration } from '../../../src/capture/parse-declaration.js';
import { isPedigreeError, type ErrorCode } from '../../../src/domain/errors.js';
import { canonicalJson, checkJson, parseStrictJson, type Json } from '../../../src/domain/json.js';
import { ENTRY_KINDS, type EntryKind } from '../../../src/domain/kinds.js';
import { formatUrn, parseUrn, type Urn } from '../../../src/domain/urn.js';
import { packBundles, unpackLeaves } from '../../../src/ledger/bundle.js';
import { digestOf, disclosure, disclosureDigest } from '../../../src/ledger/disclosure.js';
import { leafOf, makeEntry } from '../../../src/ledger/entry.js';
import { decoy, groupDigest, type GroupName } from '../../../src/ledger/group.js';
import { entryKey, LINEAGE_ENTRIES, salt, sealingKey, subjectIndex } from '../../../src/ledger/keys.js';
import { membersOf, type Member, type Members } from '../../../src/ledger/members.js';
import { leafHash, TreeHasher } from '../../../src/ledger/merkle.js';
import { seal, unseal } from '../../../src/ledger/sealing.js';
import { failureOf } from '../../support/failure.js';
import { toChecked, toWire, VECTORS, type DeclarationVector } from './entry-vectors.js';

test('every group of the vectors is tested here', () => {
  const tested = 'jcs numbers ids keys salts disclosures decoys groups largeGroups declarations aead merkle';
  expect(Object.keys(VECTORS)).toEqual(['about', ...tested.split(' '), 'bundles', 'rfc9901', 'refused']);
});

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('canonical JSON', () => {
  test.each(VECTORS.jcs)('$name', ({ input, canonical }) => {
    expect(canonicalJson(JSON.parse(input) as Json)).toBe(canonical);
    expect(canonicalJson(JSON.parse(canonical) as Json)).toBe(canonical);
    // The format has this name, but nothing that we take in may: too many programs trip over it.
    if (!input.includes('__proto__')) expect(canonicalJson(parseStrictJson(input) as Json)).toBe(canonical);
  });

  test.each(VECTORS.numbers)('the number $double is $text', ({ double, text, admitted }) => {
    const value = hex(double).readDoubleBE();
    expect(canonicalJson(value)).toBe(text);
    expect(refusalOf(() => checkJson(value))).toBe(admitted ? undefined : 'UNSAFE_NUMBER');
  });
});

test.each(VECTORS.ids)('the id of $name', ({ parts, id, parsed }) => {
  expect(formatUrn(toUrn(parts))).toBe(id);
  expect(parseUrn(id)).toEqual(toUrn(parsed));
});

test.each(VECTORS.keys)('$name', (keys) => {
  const { logKey, t = LINEAGE_ENTRIES, id = '', idxKey, subject = '', subjectKey } = keys;
  if (logKey !== undefined) expect(entryKey(hex(logKey), t, id).toString('hex')).toBe(keys.entryKey);
  if (idxKey !== undefined) expect(subjectIndex(hex(idxKey), subject)).toBe(keys.index);
  if (subjectKey !== undefined) expect(sealingKey(hex(subjectKey)).toString('hex')).toBe(keys.aeadKey);
  expect.assertions(1);
});

test.each(VECTORS.salts)('the salt under $name', (vector) => {
  expect(salt(hex(vector.key), vector.id, vector.path)).toBe(vector.salt);
});

describe('disclosures', () => {
  test.each(VECTORS.disclosures)('$name', (vector) => {
    const { id, path, value } = vector;
    expect(salt(hex(vector.key), id, path)).toBe(vector.salt);
    expect(disclosure(vector.salt, path, canonicalJson(value))).toBe(vector.disclosure);
    expect(digestOf(vector.salt, path, canonicalJson(value))).toBe(vector.digest);
  });

  test.each(VECTORS.rfc9901)('RFC 9901: $name', (vector) => {
    expect(disclosureDigest(vector.disclosure)).toBe(vector.digest);
  });
});

describe('groups', () => {
  test.each(VECTORS.decoys)('decoy of $name', ({ entryKey: key, id, group, i, decoy: expected }) => {
    expect(decoy(hex(key), id, group, i)).toBe(expected);
  });

  test.each(VECTORS.groups)('$name', ({ entryKey: key, id, group, members, n, count, digest }) => {
    expect(members).toEqual(numbered(hex(key), id, n));
    expect(digestAt(hex(key), id, `${group}#`, n)).toBe(count);
    expect(groupDigest(hex(key), id, group, members)).toBe(digest);
    expect(groupDigest(hex(key), id, group, members.toReversed())).toBe(digest);
  });

  test.each(VECTORS.largeGroups)('$name', ({ entryKey: key, id, group, n, digest }) => {
    expect(groupDigest(hex(key), id, group, numbered(hex(key), id, n))).toBe(digest);
  });
});

describe('declarations', () => {
  test.each(VECTORS.declarations)('$name', (vector) => {
    const { id, kind, occurredAt } = vector.declaration;
    const key = entryKey(hex(vector.keys.logKey), vector.t, id);
    const members = membersOf(toChecked(vector.declaration));
    expect(key.toString('hex')).toBe(vector.entryKey);
    expect(members.head).toBe(canonicalJson({ id, kind, occurredAt }));
    expect(digestAt(key, id, 'head', { id, kind, occurredAt })).toBe(vector.head.digest);
    expect(digestAt(key, id, 'by', vector.principal)).toBe(vector.by.digest);
    for (const group of ['values', 'edges'] as const) {
      expect(disclosedBy(vector, key, members[group])).toEqual(byPath(vector[group].members));
      expect(digestAt(key, id, `${group}#`, members[group].length)).toBe(vector[group].count.digest);
    }
    const entry = entryOf(vector, members);
    expect(entry).toEqual({ decl: vector.decl, digest: vector.digest, by: vector.by.digest });
    expect(leafOf(entry, vector.at).toString('utf8')).toBe(vector.leaf);
    expect(toHex(leafHash(Buffer.from(vector.leaf)))).toBe(vector.leafHash);
  });

  test('those in the words of the wire format come through its parser', () => {
    const accepted = VECTORS.declarations.filter(
      ({ declaration }) => refusalOf(() => parseDeclaration(toWire(declaration))) === undefined,
    );
    expect(accepted.map(({ name }) => name)).toContain('transform with no members');
    for (const vector of accepted) {
      const members = membersOf(parseDeclaration(toWire(vector.declaration)));
      expect(entryOf(vector, members)).toMatchObject({ decl: vector.decl, digest: vector.digest });
    }
  });
});

describe('sealed values', () => {
  test.each(VECTORS.aead)('$path of $kid', ({ subjectKey, nonce, sealed, value, id, path, kid }) => {
    const context = { id, path, kid };
    const text = hex(sealed).toString('base64url');
    expect(unseal(hex(subjectKey), context, text)).toBe(canonicalJson(value));
    expect(seal(hex(subjectKey), context, canonicalJson(value), hex(nonce))).toBe(text);
  });
});

describe('the log', () => {
  test.each(VECTORS.merkle)('$name', ({ leaves, roots }) => {
    const tree = new TreeHasher();
    expect(toHex(tree.root())).toBe(roots[0]);
    leaves.forEach((leaf, i) => {
      tree.add(leafHash(hex(leaf)));
      expect(tree.size).toBe(i + 1);
      expect(toHex(tree.root())).toBe(roots[i + 1]);
    });
  });

  test.each(VECTORS.bundles)('$name', ({ leaves, bundles, tile }) => {
    const parts = bundles.map((bundle) => unpackLeaves(hex(bundle)));
    const start = bundles.length === 1 ? 0 : 256 - parts[0]!.length;
    const bytes = leaves.map((leaf) => Buffer.from(leaf));
    expect(packBundles(start, bytes).map((bundle) => toHex(bundle.bytes))).toEqual(bundles);
    expect(unpackLeaves(hex(tile)).map((leaf) => leaf.toString('utf8'))).toEqual(leaves);
    expect(parts.flat().map((leaf) => leaf.toString('utf8'))).toEqual(leaves);
  });
});

describe('refused', () => {
  const JSON_CODES: Readonly<Record<string, ErrorCode>> = {
    null: 'NULL_VALUE',
    'null inside': 'NULL_VALUE',
    'duplicate names': 'DUPLICATE_KEY',
    'duplicate names after unescaping': 'DUPLICATE_KEY',
    'lone high surrogate': 'LONE_SURROGATE',
    'lone low surrogate': 'LONE_SURROGATE',
    'surrogates the wrong way round': 'LONE_SURROGATE',
    'lone surrogate in a name': 'LONE_SURROGATE',
    NaN: 'BAD_JSON',
    Infinity: 'BAD_JSON',
  };

  test.each(VECTORS.refused.json)('JSON: $name', ({ name, input }) => {
    expect(refusalOf(() => parseStrictJson(input))).toBe(JSON_CODES[name] ?? 'UNSAFE_NUMBER');
  });

  test.each(VECTORS.refused.ids)('id: $name', ({ name, id }) => {
    expect(refusalOf(() => parseUrn(id))).toBe(name === 'unknown kind' ? 'UNKNOWN_KIND' : 'BAD_URN');
  });

  test.each(VECTORS.refused.declarations)('declaration: $name', ({ declaration }) => {
    expect(refusalOf(() => parseDeclaration(toWire(declaration)))).toBeDefined();
  });
});

function refusalOf(work: () => unknown): ErrorCode | undefined {
  const failure = failureOf(work);
  if (failure === undefined || isPedigreeError(failure)) return failure?.code;
  throw failure as Error;
}

function toUrn({ kind, ...parts }: Omit<Urn, 'kind'> & { readonly kind: string }): Urn {
  return { kind: ENTRY_KINDS.find((known) => known.toLowerCase() === kind) as EntryKind, ...parts };
}

/** d(path, value) of the entry format. */
function digestAt(key: Uint8Array, id: string, path: string, value: Json): string {
  return digestOf(salt(key, id, path), path, canonicalJson(value));
}

/** The digests d("value/f<i>", i) of n members. */
function numbered(key: Uint8Array, id: string, n: number): string[] {
  return Array.from({ length: n }, (_, i) => digestAt(key, id, `value/f${String(i)}`, i));
}

function disclosedBy({ declaration, keys }: DeclarationVector, key: Uint8Array, members: readonly Member[]) {
  return byPath(
    members.map(({ path, json, subject = null }) => {
      const own = salt(subject === null ? key : hex(keys.subjects[subject]!), declaration.id, path);
      return {
        path,
        subject,
        disclosure: disclosure(own, path, json),
        digest: digestOf(own, path, json),
      };
    }),
  );
}

function byPath<T extends { readonly path: string }>(members: readonly T[]): Map<string, T> {
  return new Map(members.map((member) => [member.path, member]));
}

/** Our entry; for the access log, which has no maker of its own yet, from the same parts. */
function entryOf(vector: DeclarationVector, members: Members): ReturnType<typeof makeEntry> {
  const { declaration, keys, principal, t } = vector;
  const subjectKey = (subject: string): Uint8Array => hex(keys.subjects[subject]!);
  if (t === LINEAGE_ENTRIES) {
    return makeEntry(declaration.id, members, principal, { k: keys.k, logKey: hex(keys.logKey), subjectKey });
  }
  const key = hex(vector.entryKey);
  const digests = (group: GroupName): string[] =>
    [...disclosedBy(vector, key, members[group]).values()].map(({ digest }) => digest);
  const decl = canonicalJson({
    edges: groupDigest(key, declaration.id, 'edges', digests('edges')),
    head: digestAt(key, declaration.id, 'head', JSON.parse(members.head) as Json),
    k: keys.k,
    t,
    values: groupDigest(key, declaration.id, 'values', digests('values')),
  });
  return { decl, digest: hash('sha256', decl), by: digestAt(key, declaration.id, 'by', principal) };
}
