/** A small graph to grant parts of: p → m → trained → run → raw, another decision, and a model beside it. */
import type { Declaration } from '../../src/domain/declaration.js';
import { artifact, attestation, edge, id, prediction } from './declarations.js';

export const DECISION = id('Prediction', 'p');
export const MODEL = id('Model', 'm');
export const TRAINED = id('Dataset', 'trained');
export const RAW = id('Dataset', 'raw');
export const RUN = id('Transform', 'run');
export const HIDDEN_KINDS = ['Dataset', 'Model', 'Prediction', 'FeatureDef'];

export function grantedStory(): Declaration[] {
  return [
    artifact('Dataset', 'raw'),
    artifact('Dataset', 'other'),
    artifact('Transform', 'run', [edge('READ', RAW)]),
    artifact('Dataset', 'trained', [
      edge('PRODUCED_BY', RUN, { props: { rows: [{ from: RAW, mode: 'SAME_KEYS' }] } }),
    ]),
    artifact('Model', 'm', [edge('TRAINED_ON', TRAINED)]),
    artifact('Model', 'unrelated', [edge('TRAINED_ON', id('Dataset', 'other'))]),
    prediction('p', 'm', [], { features: { income: { value: 12 } } }),
    prediction('q', 'm'),
    attestation('check', 'x-note', [RUN, TRAINED], {
      fields: { note: `made by ${RUN}.` },
    }),
  ];
}
