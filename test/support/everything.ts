/** Declarations from which every type of the schema has an object to show. */
import type { Declaration } from '../../src/domain/declaration.js';
import {
  contractDeclaration,
  parseContract,
  parseContractYaml,
  Profiler,
  profileStatement,
  type Profile,
} from '../../src/sdk/index.js';
import { artifact, attestation, edge, id, prediction } from './declarations.js';
import { deliveryStory } from './delivery-story.js';
import { LOANS } from './loan-contract.js';
import { storyline } from './storyline.js';

/** Which person may be erased, so that there is a certificate to show. */
export const ERASED = 'erased-person';

export function everything(): Declaration[] {
  const [wrong, right] = [id('Dataset', 'train-6'), id('Dataset', 'train-7')];
  const credit = id('Model', 'credit');
  return [
    ...storyline(),
    ...deliveryStory({ north: 'aaaaaaa', south: 'aaaaaaa', west: 'bbbbbbb' }),
    ...versions('one', 1),
    ...versions('two', 2),
    artifact('Dataset', 'train-6'),
    artifact('Dataset', 'train-7'),
    attestation('fix', 'CORRECTS', [credit, wrong], {
      fields: { reason: 'the script named the old data', from: wrong, to: right },
      edges: [{ ...edge('EVALUATED_ON', right), from: credit }],
    }),
    attestation('live', 'DEPLOYED', [credit], { fields: { endpoint: '/score', environment: 'production' } }),
    attestation('profile', 'DATA_PROFILE', [id('Dataset', 'clean')], { fields: { profile: { rows: 9 } } }),
    attestation('letter', 'HUMAN_DECISION', [id('Prediction', 'loan')], {
      subjects: ['applicant-42'],
      fields: { decision: 'UPHELD', explanation: 'a letter came' },
    }),
    prediction('gone', 'credit', [edge('SCORED', id('Dataset', 'joined'), { props: { role: 'INPUT' } })], {
      subjects: [ERASED],
      fields: { outcome: 'DENIED', explanation: 'of somebody who is erased' },
    }),
    ...columns(),
    ...contracted(),
  ];
}

/** Two models that depend on two versions of one data set, and on one data set each. */
function versions(name: string, version: number): Declaration[] {
  const data = `dataset:test/versioned@${String(version)}`;
  return [
    { ...artifact('Dataset', 'versioned', [], { fields: { rowCount: version } }), id: data },
    artifact('Dataset', `only-${name}`),
    artifact('Model', `compared-${name}`, [
      edge('TRAINED_ON', data),
      edge('TRAINED_ON', id('Dataset', `only-${name}`)),
    ]),
  ];
}

/** Two versions of a data set under a contract, the second without a column, and who reads it. */
function contracted(): Declaration[] {
  const table = {
    ...artifact('Dataset', 'contracted', [], { fields: { schema: [{ name: 'dti', type: 'double' }] } }),
  };
  return [
    table,
    { ...table, id: 'dataset:test/contracted@2', fields: { schema: [{ name: 'lvr', type: 'double' }] } },
    artifact('FeatureDef', 'contracted', [edge('DERIVED_FROM', table.id, { props: { columns: ['dti'] } })]),
    artifact('Model', 'contracted', [edge('TRAINED_ON', table.id)]),
    ...[table.id, 'dataset:test/contracted@2'].map((about) =>
      profileStatement(profileOf(3), { about, occurredAt: 0 }),
    ),
    contractDeclaration(parseContract(parseContractYaml(LOANS)), { about: table.id, occurredAt: 0 }),
  ];
}

function profileOf(rows: number): Profile {
  const profiler = new Profiler();
  for (let dti = 1; dti <= rows; dti += 1) profiler.add({ dti });
  return profiler.profile();
}

function columns(): Declaration[] {
  const source = { dataset: id('Dataset', 'raw-columns'), column: 'income' };
  return [
    artifact('Transform', 'cleaning', [edge('READ', source.dataset)]),
    artifact('Dataset', 'columns', [
      edge('PRODUCED_BY', id('Transform', 'cleaning'), {
        props: { columns: [{ column: 'dti', from: [{ ...source, transformation: 'DIRECT/IDENTITY' }] }] },
      }),
    ]),
  ];
}
