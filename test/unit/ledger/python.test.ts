/** The entry format's second implementation, in Python: its vectors are fresh, and it agrees on declarations at random. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';
import fc from 'fast-check';

import { parseDeclaration } from '../../../src/capture/parse-declaration.js';
import type { CheckedDeclaration } from '../../../src/domain/declaration.js';
import { formatUrn } from '../../../src/domain/urn.js';
import { makeEntry } from '../../../src/ledger/entry.js';
import { membersOf } from '../../../src/ledger/members.js';
import { anyJson, anyJsonObject, anyName, anyNumber, anyText } from '../../support/arbitrary-json.js';
import { VECTORS_FOLDER } from './entry-vectors.js';

/** In CI a missing Python fails; elsewhere these tests are for those who have one. */
const withPython = process.env.CI !== undefined || hasPython() ? test : test.skip;

withPython('the vectors are what their generator makes', () => {
  expect(() => python([join(VECTORS_FOLDER, 'make_vectors.py'), '--check'], '')).not.toThrow();
});

withPython('both implementations give the same digest, for any declaration', () => {
  const declarations = fc.sample(anyDeclaration(), 200).map((declaration) => parseDeclaration(declaration));
  const lines = declarations.map((declaration) => JSON.stringify(toPython(declaration)));
  const digests = python(['-c', DIGESTS, VECTORS_FOLDER], lines.join('\n')).trim().split('\n');
  expect(digests).toHaveLength(declarations.length);
  declarations.forEach((declaration, i) => {
    const { digest } = makeEntry(declaration.id, membersOf(declaration), 'ci', {
      k: 1,
      logKey: LOG_KEY,
      subjectKey: () => SUBJECT_KEY,
    });
    expect({ digest, of: lines[i] }).toEqual({ digest: digests[i], of: lines[i] });
  });
});

const LOG_KEY = Buffer.alloc(32, 1);
const SUBJECT_KEY = Buffer.alloc(32, 2);

const DIGESTS = `
import json, sys
sys.path.insert(0, sys.argv[1])
import entry_format as f
log_key, subject_key = bytes([1] * 32), bytes([2] * 32)
for line in sys.stdin.buffer.read().decode().split("\\n"):
    declaration = json.loads(line)
    subjects = {name: subject_key for name in declaration.get("subjects", [])}
    print(f.digest(f.decl(declaration, 1, log_key, subjects)))
`;

function python(args: readonly string[], input: string): string {
  return execFileSync('python3', args, {
    input,
    encoding: 'utf8',
    timeout: 60_000,
    env: pythonEnvironment(),
  });
}

/** No compiled files beside the sources. */
function pythonEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' };
}

function hasPython(): boolean {
  try {
    return python(['--version'], '') !== '';
  } catch {
    return false;
  }
}

/** What the page calls edges and fields of an attestation stands beside them over the wire. */
function toPython(declaration: CheckedDeclaration): unknown {
  const { id, kind, occurredAt, fields, features, subjects, personal, edges, about, withdraws } = declaration;
  return {
    ...{ id, kind, occurredAt, features, subjects, personal },
    fields: { ...fields, ...(withdraws.length === 0 ? {} : { withdraws }) },
    edges: [
      ...about.map((to) => ({ type: 'ABOUT', to })),
      ...edges.map(({ from, ...edge }) => (from === id ? edge : { ...edge, from })),
    ],
  };
}

function anyDeclaration(): fc.Arbitrary<unknown> {
  return fc.oneof(anyModel(), anyPrediction(), anyAttestation());
}

const part = anyText.filter((text) => text !== '' && text.length < 20);
const time = fc.nat(2_000_000_000_000);
const fieldName = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,20}$/).filter((name) => !TAKEN.includes(name));
const TAKEN = ['type', 'mode', 'features', 'subjects', 'withdraws'];
const subjectList = fc.uniqueArray(part, { maxLength: 3 });

function anyId(kind: 'Dataset' | 'Model' | 'Prediction' | 'Attestation'): fc.Arbitrary<string> {
  return fc
    .record({ namespace: part, name: part, version: part })
    .map((parts) => formatUrn({ kind, ...parts }));
}

function anyModel(): fc.Arbitrary<unknown> {
  return fc.record({
    id: anyId('Model'),
    kind: fc.constant('Model'),
    occurredAt: time,
    fields: fc.record({ hyperparameters: anyJsonObject, metrics: anyJsonObject }, { requiredKeys: [] }),
    edges: fc.uniqueArray(
      fc.record(
        {
          type: fc.constantFrom('TRAINED_ON', 'EVALUATED_ON'),
          to: anyId('Dataset'),
          props: fc.record({ split: part }, { requiredKeys: [] }),
          toDigest: fc.constant('ab'.repeat(32)),
        },
        { requiredKeys: ['type', 'to'] },
      ),
      { maxLength: 10, selector: ({ type, to }) => `${type} ${to}` },
    ),
  });
}

function anyPrediction(): fc.Arbitrary<unknown> {
  const feature = fc.record({ value: anyJson, contribution: anyNumber });
  return fc.record({
    id: anyId('Prediction'),
    kind: fc.constant('Prediction'),
    occurredAt: time,
    fields: fc.record({ verbatim: anyJson, notes: part, outcome: part }, { requiredKeys: ['outcome'] }),
    features: fc.dictionary(
      anyName.filter((name) => name !== ''),
      feature,
      { maxKeys: 12 },
    ),
    subjects: subjectList,
    edges: fc.tuple(
      anyId('Model').map((to) => ({ type: 'MADE_BY', to })),
      fc.record({
        type: fc.constant('SCORED'),
        to: anyId('Dataset'),
        props: fc.constant({ role: 'INPUT' }),
        row: fc.array(fc.oneof(anyText, fc.maxSafeInteger(), fc.boolean()), { minLength: 1, maxLength: 4 }),
      }),
    ),
  });
}

function anyAttestation(): fc.Arbitrary<unknown> {
  return fc
    .record({
      id: anyId('Attestation'),
      kind: fc.constant('Attestation'),
      type: fc.constant('x-note'),
      occurredAt: time,
      fields: fc.dictionary(fieldName, anyJson, { minKeys: 1, maxKeys: 5 }),
      about: fc.uniqueArray(fc.oneof(anyId('Dataset'), anyId('Prediction')), { minLength: 1, maxLength: 3 }),
      subjects: subjectList,
    })
    .map((declaration) => ({
      ...declaration,
      personal: declaration.subjects.length === 0 ? [] : Object.keys(declaration.fields).slice(1),
    }));
}
