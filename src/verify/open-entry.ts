/** An entry opened by its disclosures: each must be one that the leaf commits to (RFC 9901 §7.1). */
import { sha256 } from '../ledger/sha256.js';
import { base64urlnopad } from '@scure/base';
import { PedigreeError } from '../domain/errors.js';
import { canonicalJson, parseStrictJson, type Json } from '../domain/json.js';
import type { EvidenceEntry } from './evidence-file.js';

/** The entries of the lineage log say which log they belong to. */
const LINEAGE_ENTRIES = 'pedigree/lineage/1';

export interface OpenEdge {
  readonly from: string;
  readonly type: string;
  readonly to: string;
  /** The parent's digest, where the producer knew it. */
  readonly toDigest?: string;
}

export interface OpenEntry {
  readonly index: number;
  readonly id: string;
  /** SHA-256 of its declaration, in hex. */
  readonly digest: string;
  /** When it was recorded, by the server's clock, in milliseconds since the epoch. */
  readonly at: number;
  readonly by?: string;
  /** Disclosed values by path. */
  readonly values: ReadonlyMap<string, Json>;
  readonly edges: readonly OpenEdge[];
  /** How many members are not disclosed; undefined if not even their number is. */
  readonly withheldValues: number | undefined;
  readonly withheldEdges: number | undefined;
}

interface Disclosed {
  readonly path: string;
  readonly value: Json;
}

const EDGE_PATH = /^edge\/([A-Z_]+)\/([a-z]+:[^/]+\/[^/@]+@[^/]+)(?:\/from\/([a-z]+:[^/]+\/[^/@]+@[^/]+))?$/;

/** Error: `EVIDENCE_ALTERED`, naming the entry. */
export function openEntry({ index, leaf, disclosures }: EvidenceEntry): OpenEntry {
  const part = `entry ${String(index)}`;
  const { at, by, decl } = parseLeaf(part, leaf);
  const left = new Map(disclosures.map((text) => [digestOf(text), parseDisclosure(part, text)]));
  if (left.size !== disclosures.length) throw altered(part, 'it has a disclosure twice');
  const take = (digest: string, path: string): Json | undefined => {
    const found = left.get(digest);
    if (!found) return undefined;
    if (found.path !== path) throw altered(part, `${found.path} is disclosed in the place of ${path}`);
    left.delete(digest);
    return found.value;
  };
  const head = take(decl.head, 'head') as { id?: Json; kind?: Json } | undefined;
  const { id, kind } = head ?? {};
  if (typeof id !== 'string' || typeof kind !== 'string' || kindOf(id) !== kind.toLowerCase())
    throw altered(part, 'its head must be disclosed, and say its id and kind');
  const principal = take(by, 'by');
  const edges = openGroup(part, 'edges', take(decl.edges, 'edges'), left);
  const values = openGroup(part, 'values', take(decl.values, 'values'), left);
  const [unknown] = left.values();
  if (unknown) throw altered(part, `the log does not commit to what is disclosed as ${unknown.path}`);
  return {
    ...{ index, id, at, digest: hex(sha256(utf8(canonicalJson(decl)))) },
    ...(typeof principal === 'string' ? { by: principal } : {}),
    values: new Map(values.members.map(({ path, value }) => [path, value])),
    edges: edges.members.map((member) => openEdge(part, id, member)),
    withheldValues: values.withheld,
    withheldEdges: edges.withheld,
  };
}

interface Leaf {
  readonly at: number;
  readonly by: string;
  readonly decl: Readonly<Record<'edges' | 'head' | 't' | 'values', string>> & { readonly k: number };
}

function parseLeaf(part: string, text: string): Leaf {
  try {
    const leaf = parseStrictJson(text) as Leaf;
    const { at, by, decl } = leaf;
    const { edges, head, k, t, values } = decl;
    const isWhole = canonicalJson({ at, by, decl: { edges, head, k, t, values } }) === text;
    if (isWhole && t === LINEAGE_ENTRIES) return leaf;
  } catch {
    // Said below: whatever it is, it is no leaf.
  }
  throw altered(part, `its leaf must be a canonical entry of ${LINEAGE_ENTRIES}`);
}

function parseDisclosure(part: string, text: string): Disclosed {
  try {
    const json = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      base64urlnopad.decode(text),
    );
    const [salt, path, value] = parseStrictJson(json) as [Json, Json, Json];
    if (typeof path === 'string' && canonicalJson([salt, path, value]) === json) return { path, value };
  } catch {
    // Said below: whatever it is, it is no disclosure.
  }
  throw altered(part, 'a disclosure must be base64url of the canonical JSON of [salt, path, value]');
}

interface OpenGroup {
  readonly members: readonly Disclosed[];
  readonly withheld: number | undefined;
}

/** Takes a group's members from what is left, through the chunks of a large one. */
function openGroup(
  part: string,
  group: 'values' | 'edges',
  top: Json | undefined,
  left: Map<string, Disclosed>,
): OpenGroup {
  if (top === undefined) return { members: [], withheld: undefined };
  const members: Disclosed[] = [];
  const queue = [...listOf(part, group, top)];
  let count: number | undefined;
  for (let digest = queue.pop(); digest !== undefined; digest = queue.pop()) {
    const found = left.get(digest);
    if (!found) continue;
    left.delete(digest);
    if (found.path.startsWith(`${group}/n`)) queue.push(...listOf(part, found.path, found.value));
    else if (found.path === `${group}#`) count = found.value as number;
    else if (MEMBER_PATHS[group].test(found.path)) members.push(found);
    else throw altered(part, `${found.path} is disclosed among its ${group}`);
  }
  if (count === undefined) return { members, withheld: undefined };
  if (members.length > count)
    throw altered(part, `it has ${String(count)} ${group}, but ${String(members.length)} are disclosed`);
  return { members, withheld: count - members.length };
}

const MEMBER_PATHS = { values: /^(value|row)\//, edges: /^edge\// };

function listOf(part: string, path: string, value: Json): readonly string[] {
  const digests = (value as { readonly _sd?: unknown })._sd;
  if (Array.isArray(digests) && digests.every((digest) => typeof digest === 'string')) return digests;
  throw altered(part, `${path} must be a list of digests`);
}

function openEdge(part: string, owner: string, { path, value }: Disclosed): OpenEdge {
  const [, type, to, from = owner] = EDGE_PATH.exec(path) ?? [];
  if (type === undefined || to === undefined) throw altered(part, `${path} is no edge`);
  const { toDigest } = value as { readonly toDigest?: string };
  return { from, type, to, ...(toDigest === undefined ? {} : { toDigest }) };
}

export function altered(part: string, message: string): PedigreeError {
  return new PedigreeError('EVIDENCE_ALTERED', `${part}: ${message}`, { part });
}

function kindOf(id: string): string {
  return id.slice(0, id.indexOf(':'));
}

function digestOf(text: string): string {
  return base64urlnopad.encode(sha256(utf8(text)));
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
