/** Retention rules, and people of whom each is under another one: what a run has to tell apart. */
import type { Declaration } from '../../src/domain/declaration.js';
import { artifact, attestation, edge, id, prediction } from './declarations.js';

export const PURPOSE = 'tax audit';
export const RULES = {
  format: 'pedigree-retention/1',
  version: '2026-1',
  rules: [
    {
      id: 'credit-files',
      kinds: ['Prediction', 'Attestation'],
      namespaces: ['te*'],
      eraseAfter: 'P2Y',
      basis: 'data protection plan, 4.2',
    },
    {
      id: 'books',
      kinds: ['Prediction'],
      classifications: ['SPECIAL'],
      keepFor: 'P10Y',
      basis: 'Fiscal Code, section 147',
      purpose: PURPOSE,
    },
  ],
};

/** A decision about a person, made from a data set. */
export function decided(person: string, name: string, data: string): Declaration {
  const scored = edge('SCORED', id('Dataset', data), { props: { role: 'INPUT' }, row: [name] });
  return prediction(name, 'credit', [scored], {
    subjects: [person],
    fields: { outcome: 'DENIED', explanation: `why ${name}` },
    features: { lvr: { value: 0.95 } },
  });
}

export const STORY: readonly Declaration[] = [
  artifact('Dataset', 'plain', [], { fields: { classification: 'PERSONAL' } }),
  artifact('Dataset', 'health', [], { fields: { classification: 'SPECIAL' } }),
  decided('ann', 'ann-1', 'plain'),
  decided('bea', 'bea-1', 'health'),
  decided('cy', 'cy-1', 'plain'),
  decided('eve', 'eve-1', 'health'),
  decided('fay', 'fay-1', 'health'),
  decided('gil', 'gil-1', 'health'),
  artifact('Dataset', 'dee', [], {
    subjects: ['dee'],
    personal: ['description'],
    fields: { description: 'all about dee' },
  }),
  attestation('hold', 'LEGAL_HOLD', [id('Prediction', 'cy-1')], { fields: { basis: 'case 12' } }),
  // One hold that outlasts the longest duty, and one that a duty outlasts.
  attestation('long', 'LEGAL_HOLD', [id('Prediction', 'fay-1')], {
    fields: { basis: 'case 13', until: Date.parse('2037-01-01T00:00:00Z') },
  }),
  attestation('short', 'LEGAL_HOLD', [id('Prediction', 'gil-1')], { fields: { basis: 'case 14' } }),
];

/** What a preview or a run says of one key, as GraphQL gives it. */
export interface RetainedItem {
  readonly key: string;
  readonly action: string;
  readonly reason: string;
  readonly erasure: string | null;
  readonly restricted: boolean;
}
