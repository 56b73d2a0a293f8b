/** A lineage of the usual shape: layers of data sets, each made by a run from two of the layer before, and a model on top. */
import type { Declaration } from '../src/domain/declaration.js';
import { artifact, edge, id, prediction } from '../test/support/declarations.js';

const LAYERS = 25;
const WIDTH = 100;
const FEATURES = 10;
export const PREDICTIONS = 1_000;

const CODE = { repository: 'https://example.org/pipeline.git', commit: '0123456789abcdef' };
const TOP = id('Dataset', `d${LAYERS - 1}-0`);

/** 5,000 data sets and runs, a model with its features, and 1,000 decisions. */
export function layeredGraph(): Declaration[] {
  const layers = Array.from({ length: LAYERS }, (_, layer) =>
    Array.from({ length: WIDTH }, (_, place) => madeFrom(layer, place)).flat(),
  );
  return [...layers.flat(), ...modelOnTop(), ...Array.from({ length: PREDICTIONS }, (_, i) => decision(i))];
}

/** The decision whose storyline is measured. */
export const DECISION = id('Prediction', 'p7');
export const MODEL = id('Model', 'scorer');

function madeFrom(layer: number, place: number): Declaration[] {
  const name = `d${layer}-${place}`;
  const fields = { rowCount: 1_000 + place, location: `s3://lake/${name}.parquet`, owner: 'data team' };
  if (layer === 0) {
    return [
      artifact('Dataset', name, [], { fields }),
      artifact('Transform', `t${name}`, [], { fields: { code: CODE } }),
    ];
  }
  const [near, next] = [place, (place + 1) % WIDTH].map((from) => id('Dataset', `d${layer - 1}-${from}`)) as [
    string,
    string,
  ];
  const rows = [
    { from: near, mode: 'SAME_KEYS' },
    { from: next, mode: 'AGGREGATE' },
  ];
  return [
    artifact('Dataset', name, [edge('PRODUCED_BY', id('Transform', `t${name}`), { props: { rows } })], {
      fields,
    }),
    artifact('Transform', `t${name}`, [edge('READ', near), edge('READ', next)], { fields: { code: CODE } }),
  ];
}

function modelOnTop(): Declaration[] {
  const features = Array.from({ length: FEATURES }, (_, i) => `f${i}`);
  return [
    ...features.map((name) =>
      artifact('FeatureDef', name, [], { fields: { code: CODE, expression: `log(${name})` } }),
    ),
    artifact('Transform', 'train', [edge('READ', TOP)], { fields: { code: CODE } }),
    artifact('Model', 'scorer', [
      edge('TRAINED_ON', TOP),
      edge('TRAINED_BY', id('Transform', 'train')),
      ...features.map((name) => edge('USES', id('FeatureDef', name))),
    ]),
  ];
}

function decision(i: number): Declaration {
  const features = Array.from({ length: FEATURES }, (_, f) => [
    `f${f}`,
    { value: i / 7, contribution: f - 5 },
  ]);
  return prediction(`p${i}`, 'scorer', [edge('SCORED', TOP, { props: { role: 'INPUT' }, row: [i] })], {
    subjects: [`person-${i}`],
    fields: { outcome: 'GRANTED', score: 0.5, preprocessing: CODE },
    features: Object.fromEntries(features) as never,
  });
}
