/**
 * Everything that proved something before an erasure, kept by an outsider: inclusion proofs of all entries, consistency
 * proofs, evidence files with and without personal values, all tied to a signed checkpoint. After the erasure each must
 * verify as it did, and the log must give out the same proofs for the same tree.
 */
import { openCheckpoint, type OpenCheckpoint } from '../../../src/ledger/checkpoint.js';
import { parseVerifierKey } from '../../../src/ledger/signed-note.js';
import { verifyConsistency, verifyInclusion } from '../../../src/ledger/verify-proof.js';
import { verifyEvidence } from '../../../src/verify/index.js';

/** Asks a server that may change: GraphQL, and texts of the served log. */
export interface Door {
  graphql(query: string): Promise<object>;
  text(path: string, role?: 'auditor' | 'reader'): Promise<string>;
}

interface Inclusion {
  readonly leafIndex: string;
  readonly leafHash: string;
  readonly hashes: readonly string[];
}

interface Head extends OpenCheckpoint {
  readonly note: string;
}

/** Ids asked for in one request. */
const AT_ONCE = 20;

export class EarlierProofs {
  private constructor(
    private readonly key: string,
    private readonly head: Head,
    private readonly inclusions: ReadonlyMap<string, Inclusion>,
    /** From some sizes to that of the head. */
    private readonly consistencies: ReadonlyMap<
      number,
      { readonly root: string; readonly hashes: readonly string[] }
    >,
    /** With personal values and without, of each artifact. */
    private readonly files: readonly string[],
  ) {}

  /** How many proofs and files there are. */
  get count(): number {
    return this.inclusions.size + this.consistencies.size + this.files.length;
  }

  /** @param ids artifacts, all declared; evidence is kept of each of them */
  static async collect(door: Door, ids: readonly string[]): Promise<EarlierProofs> {
    const files: string[] = [];
    for (const of of ids) {
      const path = `/v1/evidence?of=${encodeURIComponent(of)}`;
      files.push(await door.text(path, 'auditor'), await door.text(path, 'reader'));
    }
    const key = (await door.text('/log/lineage/vkey')).trim();
    const head = await headOf(door, key);
    const inclusions = await inclusionsOf(door, ids, head.size);
    const consistencies = new Map<number, { root: string; hashes: readonly string[] }>();
    for (let size = 1; size < head.size; size = 2 * size + 1)
      consistencies.set(size, await consistencyOf(door, size, head.size));
    return new EarlierProofs(key, head, inclusions, consistencies, files);
  }

  /** What no longer verifies, or is given out otherwise than before. */
  async check(door: Door): Promise<string[]> {
    const faults = [...this.checkKept(), ...this.checkFiles()];
    const now = await headOf(door, this.key);
    const grown = await consistencyOf(door, this.head.size, now.size);
    faults.push(
      ...failure('the new head extends the old one', () => {
        verifyConsistency(this.head, now, decoded(grown.hashes));
      }),
    );
    const again = await inclusionsOf(door, [...this.inclusions.keys()], this.head.size);
    for (const [id, proof] of this.inclusions) {
      if (JSON.stringify(again.get(id)) !== JSON.stringify(proof))
        faults.push(`${id}: another inclusion proof than before`);
    }
    for (const [size, proof] of this.consistencies) {
      if (JSON.stringify(await consistencyOf(door, size, this.head.size)) !== JSON.stringify(proof))
        faults.push(`another consistency proof from ${size} than before`);
    }
    return faults;
  }

  private checkKept(): string[] {
    const { head } = this;
    return [
      ...failure('the old checkpoint', () => {
        openCheckpoint(head.note, parseVerifierKey(this.key));
      }),
      ...[...this.inclusions].flatMap(([id, { leafIndex, leafHash, hashes }]) =>
        failure(`inclusion of ${id}`, () => {
          const claim = { index: Number(leafIndex), leafHash: Buffer.from(leafHash, 'base64'), head };
          verifyInclusion(claim, decoded(hashes));
        }),
      ),
      ...[...this.consistencies].flatMap(([size, { root, hashes }]) =>
        failure(`consistency from ${size}`, () => {
          verifyConsistency({ size, root: Buffer.from(root, 'base64') }, head, decoded(hashes));
        }),
      ),
    ];
  }

  private checkFiles(): string[] {
    return this.files.flatMap((text, i) => {
      const { outcome } = verifyEvidence(text, { key: this.key });
      return outcome === 'VERIFIED' ? [] : [`evidence file ${i}: ${outcome}`];
    });
  }
}

/** What is newly made must verify, too; the files, to be searched. */
export async function checkNewEvidence(
  door: Door,
  ids: readonly string[],
): Promise<{ faults: string[]; texts: string[] }> {
  const key = (await door.text('/log/lineage/vkey')).trim();
  const texts = await Promise.all(ids.map((of) => door.text(`/v1/evidence?of=${encodeURIComponent(of)}`)));
  const faults = texts.flatMap((text, i) => {
    const { outcome } = verifyEvidence(text, { key });
    return outcome === 'VERIFIED' ? [] : [`new evidence of ${ids[i]!}: ${outcome}`];
  });
  return { faults, texts };
}

async function headOf(door: Door, key: string): Promise<Head> {
  const note = await door.text('/log/lineage/checkpoint');
  return { ...openCheckpoint(note, parseVerifierKey(key)), note };
}

async function inclusionsOf(
  door: Door,
  ids: readonly string[],
  size: number,
): Promise<Map<string, Inclusion>> {
  const found = new Map<string, Inclusion>();
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const fields = some.map(
      (of, i) => `p${i}: inclusionProof(of: "${of}", treeSize: "${size}") { leafIndex leafHash hashes }`,
    );
    const proofs = (await door.graphql(`{ ${fields.join(' ')} }`)) as Record<string, Inclusion>;
    some.forEach((of, i) => found.set(of, proofs[`p${i}`]!));
  }
  return found;
}

async function consistencyOf(
  door: Door,
  from: number,
  to: number,
): Promise<{ root: string; hashes: readonly string[] }> {
  const query = `{ consistencyProof(from: "${from}", to: "${to}") { fromRoot hashes } }`;
  const { consistencyProof: found } = (await door.graphql(query)) as {
    consistencyProof: { fromRoot: string; hashes: readonly string[] };
  };
  return { root: found.fromRoot, hashes: found.hashes };
}

function decoded(hashes: readonly string[]): Uint8Array[] {
  return hashes.map((hash) => Buffer.from(hash, 'base64'));
}

function failure(what: string, verify: () => void): string[] {
  try {
    verify();
    return [];
  } catch (error) {
    return [`${what}: ${(error as Error).message}`];
  }
}
