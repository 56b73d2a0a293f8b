/** A small log with everything in it that an entry can hold: sealed values, row keys, attested and withdrawn edges. */
import type { Declaration } from '../../src/domain/declaration.js';
import { artifact, attestation, edge, id, prediction } from './declarations.js';

/** @param many data sets without anything in them, before all others; more than 256 fill a group's tree */
export function richLog(many: number): Declaration[] {
  const plain = Array.from({ length: many }, (_, i) => artifact('Dataset', `many${i}`));
  return [
    ...plain,
    artifact(
      'Dataset',
      'rich',
      [
        edge('PRODUCED_BY', id('Transform', 'rich'), {
          props: { rows: [{ from: id('Dataset', 'many1'), mode: 'JOIN', keyMap: [0] }] },
          toDigest: 'ab'.repeat(32),
        }),
      ],
      {
        fields: {
          rowCount: 2,
          description: 'ö "\\ \u{1F600}',
          schema: [{ name: 'a', type: 'int' }],
          extra: { z: [1.5, true, {}] },
        },
      },
    ),
    artifact('FeatureDef', 'rich', [
      edge('DERIVED_FROM', id('Dataset', 'rich')),
      edge('DERIVED_FROM', id('FeatureDef', 'base')),
    ]),
    artifact('Model', 'rich', [
      edge('USES', id('FeatureDef', 'rich'), { props: { input: 'f' } }),
      ...plain.map(({ id: dataset }) => edge('TRAINED_ON', dataset)),
    ]),
    prediction(
      'rich',
      'rich',
      [edge('SCORED', id('Dataset', 'rich'), { props: { role: 'INPUT' }, row: ['k', 1, true] })],
      {
        subjects: ['person-1', 'person-2'],
        personal: ['score', 'outcome'],
        fields: {
          score: 1,
          outcome: 'DENIED',
          explanation: 'because',
          notes: 'n',
          baseValue: -0.5,
          mode: 'BACKFILL',
        },
        features: { f: { value: 1e-7, contribution: 0.25 }, g: { value: 'x', subject: 'person-2' } },
      },
    ),
    ...richAttestations(),
  ];
}

function richAttestations(): Declaration[] {
  return [
    attestation('rich', 'HUMAN_DECISION', [id('Prediction', 'rich')], {
      subjects: ['person-1', 'person-2'],
      fields: { decision: 'UPHELD', explanation: 'checked by hand', notes: 'long' },
    }),
    attestation('rich2', 'CORRECTS', [id('Dataset', 'rich'), id('Model', 'rich'), id('Transform', 'rich')], {
      fields: { reason: 'r' },
      edges: [
        {
          type: 'READ',
          from: id('Transform', 'rich'),
          to: id('Dataset', 'unseen'),
          toDigest: 'cd'.repeat(32),
        },
      ],
      withdraws: [{ type: 'TRAINED_ON', from: id('Model', 'rich'), to: id('Dataset', 'many3') }],
    }),
  ];
}
