/** Declarations that are found in every way: by name, owner and column, finished and not, declared and only named. */
import type { Declaration } from '../../src/domain/declaration.js';
import { artifact, attestation, edge, id, prediction } from './declarations.js';

const version = (of: string, number: number): string => of.replace('@1', `@${String(number)}`);

/** Data sets in three versions, an owner, columns, a placeholder, runs that ended and one that did not. */
export function findable(): Declaration[] {
  const loans = artifact('Dataset', 'loan-applications', [], {
    fields: {
      owner: 'Team Credit',
      schema: [
        { name: 'debt_ratio', type: 'float' },
        { name: 'Zip Code', type: 'text' },
      ],
    },
  });
  return [
    loans,
    ...[2, 3].map((number) => ({ ...loans, id: version(loans.id, number) })),
    artifact('Dataset', 'loan'),
    artifact('Dataset', 'old-loan-book'),
    artifact('Dataset', 'Rates'),
    artifact(
      'FeatureDef',
      'ratio',
      [edge('DERIVED_FROM', loans.id, { props: { columns: ['debt_ratio'] } })],
      {
        fields: { owner: 'risk' },
      },
    ),
    artifact('Model', 'credit', [
      edge('TRAINED_ON', loans.id),
      edge('TRAINED_BY', id('Transform', 'missing')),
    ]),
    artifact('Transform', 'ended'),
    artifact('Transform', 'open'),
    artifact('Transform', 'failed'),
    attestation('end-1', 'SUPPLEMENTS', [id('Transform', 'ended')], { fields: { state: 'COMPLETED' } }),
    attestation('end-2', 'SUPPLEMENTS', [id('Transform', 'failed')], {
      fields: { state: 'FAILED', owners: [{ name: 'night shift' }] },
    }),
    attestation('begun', 'SUPPLEMENTS', [id('Transform', 'open')], { fields: { state: 'RUNNING' } }),
    attestation('good', 'CONTRACT_CHECK', [loans.id], {
      fields: { contract: 'c', passed: true, checks: [] },
    }),
    attestation('bad', 'CONTRACT_CHECK', [loans.id, id('Dataset', 'Rates')], {
      fields: { contract: 'c', passed: false, checks: [] },
    }),
    attestation('calm', 'DRIFT', [id('Model', 'credit')], {
      fields: { statistic: 'PSI', value: 0.01, threshold: 0.2, drifted: false },
    }),
    attestation('drift', 'DRIFT', [id('Model', 'credit')], {
      fields: { statistic: 'PSI', value: 0.9, threshold: 0.2, drifted: true },
    }),
    attestation('incident', 'INCIDENT', [loans.id], {
      fields: { title: '"value/passed":false', severity: 'HIGH', status: 'OPEN' },
    }),
    ...['a', 'b', 'c'].map((name) =>
      prediction(name, 'credit', [], {
        subjects: ['planted-person'],
        fields: { explanation: 'planted-word' },
      }),
    ),
  ];
}
