/** The evidence file, versions 1 and 2 (docs/evidence.md): its types, and reading it strictly. */
import { base64 } from '@scure/base';
import { PedigreeError, required } from '../domain/errors.js';
import { canonicalJson, parseStrictJson, type Json, type JsonObject } from '../domain/json.js';

export const EVIDENCE_FORMAT = 'pedigree/evidence/1';
/** The same with masked values, and only where there are some: a file without any has one spelling, and that is version 1. */
export const MASKED_EVIDENCE_FORMAT = 'pedigree/evidence/2';

export interface EvidenceFile {
  readonly format: typeof EVIDENCE_FORMAT | typeof MASKED_EVIDENCE_FORMAT;
  readonly question: EvidenceQuestion;
  readonly answer: EvidenceAnswer;
  /** Links that the server asserts and does not show. */
  readonly surrogates: readonly Surrogate[];
  /** SHA-256 in hex of JCS({answer, question, surrogates}): no proof, only a guard against accidents. */
  readonly checksum: string;
  /** Ascending by index. */
  readonly entries: readonly EvidenceEntry[];
  /** By what the masked values of the entries were made; in version 2 and only there. */
  readonly masking?: Masking;
  /** The shared inclusion proof of all entries, base64. */
  readonly proof: readonly string[];
  /** The signed note. */
  readonly checkpoint: string;
  /** That the checkpoint's tree extends an earlier one, if that was asked for. */
  readonly consistency?: EvidenceConsistency;
}

export interface Masking {
  /** Digest of the redaction profile, 64 hex digits. */
  readonly profile: string;
  /** SHA-256 in hex of JCS({masked: [{index, masked}], profile}): no proof, only a guard against accidents. */
  readonly checksum: string;
}

/** RFC 6962 §2.1.2, with the earlier tree's root, so that the proof can be checked by itself. Hashes are base64. */
export interface EvidenceConsistency {
  readonly from: number;
  readonly root: string;
  readonly hashes: readonly string[];
}

/**
 * What was asked, as of a tree size: everything upstream of an artifact; or some entries by themselves, as those that a
 * report names.
 */
export interface EvidenceQuestion {
  readonly ask: 'ancestry' | 'entries';
  /** Id of the artifact; of entries what they belong to, in the server's words. */
  readonly of: string;
  readonly asOf: number;
}

export interface EvidenceAnswer {
  /** By depth, then by id. */
  readonly artifacts: readonly AnswerArtifact[];
  /** By where they leave, type, where they lead, and the entry that states them. */
  readonly edges: readonly AnswerEdge[];
  /** By leaf index. */
  readonly attestations: readonly AnswerAttestation[];
}

export interface AnswerArtifact {
  readonly id: string;
  readonly depth: number;
  /** Left out for what was named and not declared. */
  readonly leafIndex?: number;
}

export interface AnswerEdge {
  readonly from: string;
  readonly type: string;
  readonly to: string;
  /** Of the entry that states it. */
  readonly leafIndex: number;
}

export interface AnswerAttestation {
  readonly id: string;
  readonly type: string;
  readonly leafIndex: number;
  /** Those artifacts of the answer that it is about. */
  readonly about: readonly string[];
}

export interface EvidenceEntry {
  readonly index: number;
  /** The leaf's text. */
  readonly leaf: string;
  readonly disclosures: readonly string[];
  /** What the server says of values that the entry commits to and that are withheld; at least one, or left out. */
  readonly masked?: readonly MaskedMember[];
}

/** Less than what was declared: nothing commits to it. */
export interface MaskedMember {
  /** Disclosure path of the member that it stands for. */
  readonly path: string;
  /** Numbers of the profile's rules, from 0: one for each part of a row key, one for any other value. */
  readonly rules: readonly number[];
  /** Canonical JSON of what the mask left; a verifier does not look into it. */
  readonly value: string;
}

export interface Surrogate {
  readonly id: string;
  /** The artifact whose hidden cause it stands for. */
  readonly of: string;
  readonly reason: string;
}

/** The text of a file: canonical JSON and a newline. */
export function formatEvidence(file: EvidenceFile): string {
  return `${canonicalJson(file as unknown as Json)}\n`;
}

/** Reads a file. It has one spelling only, so that no change of it goes unseen. Error: `EVIDENCE_UNREADABLE`. */
export function parseEvidence(text: string): EvidenceFile {
  let value: unknown;
  try {
    value = parseStrictJson(text);
  } catch (error) {
    throw unreadable('the file', (error as Error).message);
  }
  const format = (value as Partial<EvidenceFile> | null)?.format;
  if (format !== EVIDENCE_FORMAT && format !== MASKED_EVIDENCE_FORMAT) {
    const known = `${EVIDENCE_FORMAT} or ${MASKED_EVIDENCE_FORMAT}`;
    throw unreadable('format', required(`the format must be ${known}`, format));
  }
  check('', value, format === EVIDENCE_FORMAT ? FILE : MASKED_FILE);
  const { ask } = (value as { readonly question: { readonly ask: string } }).question;
  if (ask !== 'ancestry' && ask !== 'entries')
    throw unreadable('question.ask', required('it must be "ancestry" or "entries"', ask));
  if (`${canonicalJson(value as JsonObject)}\n` !== text)
    throw unreadable('the file', 'it must be canonical JSON (RFC 8785) and one newline');
  return value as EvidenceFile;
}

function unreadable(part: string, message: string): PedigreeError {
  return new PedigreeError('EVIDENCE_UNREADABLE', `${part}: ${message}`, { part });
}

/** The shape of a value: a name, a list of one shape, or members, of which those with `?` may be left out. */
type Shape =
  | 'text'
  | 'count'
  | 'hash'
  | { readonly list: Shape }
  | { readonly members: Readonly<Record<string, Shape>> };

const ARTIFACT: Shape = { members: { id: 'text', depth: 'count', 'leafIndex?': 'count' } };
const EDGE: Shape = { members: { from: 'text', type: 'text', to: 'text', leafIndex: 'count' } };
const ATTESTATION: Shape = {
  members: { id: 'text', type: 'text', leafIndex: 'count', about: { list: 'text' } },
};
const ENTRY = { index: 'count', leaf: 'text', disclosures: { list: 'text' } } as const;
const MASKED: Shape = { members: { path: 'text', rules: { list: 'count' }, value: 'text' } };
const FILE = {
  members: {
    format: 'text',
    question: { members: { ask: 'text', of: 'text', asOf: 'count' } },
    answer: {
      members: {
        artifacts: { list: ARTIFACT },
        edges: { list: EDGE },
        attestations: { list: ATTESTATION },
      },
    },
    surrogates: { list: { members: { id: 'text', of: 'text', reason: 'text' } } },
    checksum: 'text',
    entries: { list: { members: ENTRY } },
    proof: { list: 'hash' },
    checkpoint: 'text',
    'consistency?': { members: { from: 'count', root: 'hash', hashes: { list: 'hash' } } },
  },
} as const satisfies Shape;
const MASKED_FILE: Shape = {
  members: {
    ...FILE.members,
    entries: { list: { members: { ...ENTRY, 'masked?': { list: MASKED } } } },
    masking: { members: { profile: 'text', checksum: 'text' } },
  },
};

function check(path: string, value: unknown, shape: Shape): void {
  if (typeof shape === 'string') checkPlain(path, value, shape);
  else if ('list' in shape) {
    if (!Array.isArray(value)) throw unreadable(path, 'a list is required');
    value.forEach((item, i) => {
      check(`${path}[${String(i)}]`, item, shape.list);
    });
  } else checkMembers(path, value, shape.members);
}

function checkMembers(path: string, value: unknown, members: Readonly<Record<string, Shape>>): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw unreadable(path, 'an object is required');
  const left = new Set(Object.keys(value));
  for (const [key, shape] of Object.entries(members)) {
    const name = key.replace('?', '');
    const member = (value as Record<string, unknown>)[name];
    if (member === undefined && name !== key) continue;
    check(path === '' ? name : `${path}.${name}`, member, shape);
    left.delete(name);
  }
  const [unknown] = left;
  if (unknown !== undefined)
    throw unreadable(path === '' ? 'the file' : path, `it may not have "${unknown}"`);
}

function checkPlain(path: string, value: unknown, shape: 'text' | 'count' | 'hash'): void {
  if (shape === 'count') {
    if (!Number.isSafeInteger(value) || (value as number) < 0)
      throw unreadable(path, required('a whole number from 0 is required', value));
  } else if (typeof value !== 'string') throw unreadable(path, required('a text is required', value));
  else if (shape === 'hash') decodeHash(path, value);
}

/** 32 bytes of strict base64. Error: `EVIDENCE_UNREADABLE`. */
export function decodeHash(path: string, text: string): Uint8Array {
  try {
    const bytes = base64.decode(text);
    if (bytes.length === 32) return bytes;
  } catch {
    // Said below: whatever it is, it is no hash.
  }
  throw unreadable(path, required('a hash of 32 bytes in base64 is required', text));
}
