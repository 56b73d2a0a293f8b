/**
 * A declaration sent again after an erasure is still the same declaration: it is compared in everything but the values
 * that are gone. What its entry committed to in their place was kept, so the entry is made again from both.
 */
import type { CheckedDeclaration } from '../domain/declaration.js';
import { makeEntry } from '../ledger/entry.js';
import { membersOf, type ErasedMember, type Member } from '../ledger/members.js';
import type { KeptNode } from '../store/entry-writer.js';
import type { KeysByName, KeyStore } from '../store/keys/key-store.js';
import { erasedPlaces, kidsOf, sealedPlaces } from '../store/stored-values.js';

/** A declaration's first receipt, found although it was refused as a conflict. */
export interface FirstReceipt {
  readonly digest: string;
  readonly leafIndex: number;
  /** False if its values are still there, under a key that is being erased or was replaced. */
  readonly erased: boolean;
}

/** Reads what the nodes of these ids keep. */
type ReadKept = (ids: readonly string[]) => Promise<ReadonlyMap<string, KeptNode>>;

/** Compares declarations with the nodes of the same ids; the answer has those that are the same. */
export async function findErasedRepeats(
  declarations: readonly CheckedDeclaration[],
  readKept: ReadKept,
  keyStore: Pick<KeyStore, 'keysOf' | 'logKey'>,
): Promise<ReadonlyMap<CheckedDeclaration, FirstReceipt>> {
  const ids = declarations.map(({ id }) => id);
  let nodes = await readKept(ids);
  let keys = await keyStore.keysOf(kidsOf([...nodes.values()]));
  // A key that was destroyed since the nodes were read has left its digests on them: read them once more.
  if ([...keys.values()].includes('DESTROYED')) {
    nodes = await readKept(ids);
    keys = await keyStore.keysOf(kidsOf([...nodes.values()]));
  }
  return new Map(
    declarations.flatMap((declaration) => {
      const node = nodes.get(declaration.id);
      if (!node || !isSame(declaration, node, keys, keyStore)) return [];
      const { digest, leafIndex } = node;
      return [[declaration, { digest, leafIndex, erased: node.erased !== null }]];
    }),
  );
}

function isSame(
  declaration: CheckedDeclaration,
  node: KeptNode,
  keys: KeysByName,
  keyStore: Pick<KeyStore, 'logKey'>,
): boolean {
  const members = membersOf(declaration);
  const values = asKept(members.values, node, keys);
  if (!values) return false;
  const { k, id } = node;
  // Members name the key itself here, in place of the subject who had it.
  const subjectKey = (kid: string): Uint8Array => keys.get(kid) as Uint8Array;
  const entry = makeEntry(id, { ...members, values }, '', { k, logKey: keyStore.logKey(k), subjectKey });
  return entry.digest === node.digest;
}

/** The members with the keys and digests of the first time; undefined if one was not personal then, or is beyond recall. */
function asKept(
  values: readonly Member[],
  node: KeptNode,
  keys: KeysByName,
): (Member | ErasedMember)[] | undefined {
  const erased = new Map(erasedPlaces({ erased: node.erased }).map((place) => [place.path, place]));
  const sealed = new Map(sealedPlaces({ sealed: node.sealed }).map((member) => [member.path, member]));
  const kept: (Member | ErasedMember)[] = [];
  for (const member of values) {
    const { path, json, subject } = member;
    const digest = erased.get(path)?.digest;
    const kid = sealed.get(path)?.kid ?? '';
    if (subject === undefined) kept.push(member);
    else if (digest !== undefined) kept.push({ path, digest });
    else if (keys.get(kid) instanceof Uint8Array) kept.push({ path, json, subject: kid });
    else return undefined;
  }
  return kept;
}
