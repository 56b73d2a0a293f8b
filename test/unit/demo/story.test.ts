import { existsSync } from 'node:fs';

import { beforeAll, describe, expect, test } from '@jest/globals';

import { codeVersions, environment, STEPS, type CodeVersions } from '../../../demo/code-versions.js';
import { writeStory, type Story } from '../../../demo/story.js';
import { parseDeclaration } from '../../../src/capture/parse-declaration.js';
import type { CheckedDeclaration } from '../../../src/domain/declaration.js';

const CODE = Object.fromEntries(
  STEPS.map((step, i) => [step, { repository: 'pedigree', commit: `abcdef${String(i).padStart(2, '0')}` }]),
) as unknown as CodeVersions;
const ENVIRONMENT = { node: '20.19.0', 'csv-parse': '1', 'ml-matrix': '1' };

let story: Story;
let declared: Map<string, CheckedDeclaration>;

beforeAll(async () => {
  story = await writeStory(CODE, ENVIRONMENT);
  const declarations = story.scenes.flatMap((scene) => scene.declarations);
  declared = new Map(
    declarations.map((one) => [one.id, parseDeclaration(JSON.parse(JSON.stringify(one)))] as const),
  );
  expect(declared.size).toBe(declarations.length);
});

const ofKind = (kind: string): CheckedDeclaration[] =>
  [...declared.values()].filter((one) => one.kind === kind);

function at(id: string): CheckedDeclaration {
  const found = declared.get(id);
  if (!found) throw new Error(`not declared: ${id}`);
  return found;
}

describe('the story', () => {
  test('is what it says it is', () => {
    expect(ofKind('Prediction')).toHaveLength(2380 + 900);
    expect(ofKind('FeatureDef')).toHaveLength(12);
    expect(ofKind('Model')).toHaveLength(1);
    expect(story.cast.suspects).toHaveLength(264);
    expect(story.cast.controls).toHaveLength(636);
  });

  test('is the same when it is told again, and another one when any code is another', async () => {
    const again = await writeStory(CODE, ENVIRONMENT);
    expect(JSON.stringify(again.scenes) === JSON.stringify(story.scenes)).toBe(true);
    const changed = { ...CODE, 'train-model': { repository: 'pedigree', commit: 'fedcba99' } };
    const other = await writeStory(changed, ENVIRONMENT);
    const ids = new Set(other.scenes.flatMap((scene) => scene.declarations).map(({ id }) => id));
    expect([...declared.keys()].filter((id) => ids.has(id))).toEqual([]);
  });

  test('every denial has its reasons by name, each of them a feature that was scored; an approval has none', () => {
    for (const { id, fields, features } of ofKind('Prediction')) {
      const reasons = (fields.reasons ?? []) as string[];
      const told = reasons.filter((name) => (features[name]?.contribution ?? 0) > 0);
      expect([id, fields.outcome, told.length]).toEqual([id, fields.outcome, reasons.length]);
      expect(reasons.length > 0).toBe(fields.outcome === 'DENY');
    }
  });

  test('names nothing that it does not declare, and nothing before it is declared', () => {
    const known = new Set<string>();
    const unknown = [...declared.values()].flatMap(({ id, edges, about }) => {
      const others = [...edges.map(({ to }) => to), ...about].filter((other) => !known.has(other));
      known.add(id);
      return others;
    });
    expect(unknown).toEqual([]);
  });

  test('gives every run a code version and its end', () => {
    const ended = new Set(
      ofKind('Attestation')
        .filter(({ fields }) => fields.state === 'COMPLETED')
        .flatMap(({ about }) => about),
    );
    for (const { id, fields } of ofKind('Transform')) {
      expect(fields.code).toMatchObject({ repository: 'pedigree' });
      expect(ended).toContain(id);
    }
  });
});

describe('rows', () => {
  test('each decision leads to one raw record, in a union to its own delivery', () => {
    const sourcesOf = (dataset: CheckedDeclaration, key: number): CheckedDeclaration[] => {
      const produced = dataset.edges.filter(({ type }) => type === 'PRODUCED_BY');
      if (produced.length === 0) return [dataset];
      return produced
        .flatMap(({ props }) => props.rows as unknown as { from: string; mode: string }[])
        .filter(({ from, mode }) => mode !== 'UNION' || holds(at(from), key))
        .flatMap(({ from }) => sourcesOf(at(from), key));
    };
    for (const decision of ofKind('Prediction')) {
      const scored = decision.edges.find(({ type }) => type === 'SCORED')!;
      const [key = NaN] = scored.row as readonly number[];
      const sources = sourcesOf(at(scored.to), key);
      expect(sources).toHaveLength(1);
      expect(holds(sources[0]!, key)).toBe(true);
      expect(decision.subjects).toEqual([`applicant-${key}`]);
    }
  });

  test('the row that was left out is named where one would look for it', () => {
    const [cleaning] = ofKind('Transform').filter(({ name }) => name === 'clean-applications');
    expect(cleaning?.fields.extra).toMatchObject({ droppedRows: [[2381]], rowsIn: 2381, rowsOut: 2380 });
    const [check] = ofKind('Attestation').filter(({ about }) => about[0] === story.cast.rawDataset);
    expect(check?.fields).toMatchObject({ type: 'CONTRACT_CHECK', passed: false, rowsFailed: 1 });
    const rationale = ofKind('Attestation').find(({ fields }) => fields.type === 'RATIONALE');
    expect(rationale?.about).toEqual(expect.arrayContaining([story.cast.rawDataset, cleaning?.id]));
  });

  function holds({ fields }: CheckedDeclaration, key: number): boolean {
    const keys = fields.keys as unknown as { in?: number[][]; from: number[]; to: number[] };
    return keys.in ? keys.in.some(([one]) => one === key) : key >= keys.from[0]! && key <= keys.to[0]!;
  }
});

describe('the cast', () => {
  test('the suspects come from the delivery whose conversion is at fault, the controls do not depend on it alone', () => {
    const [west] = ofKind('Dataset').filter(({ name }) => name === 'delivery-west-raw');
    const keys = new Set((west?.fields.keys as unknown as { in: number[][] }).in.map(([key]) => key));
    const keyOf = (id: string): unknown => at(id).edges.find(({ type }) => type === 'SCORED')?.row?.[0];
    expect(story.cast.suspects.every((id) => keys.has(keyOf(id) as number))).toBe(true);
    expect(story.cast.controls.filter((id) => keys.has(keyOf(id) as number))).toHaveLength(36);
  });

  test('the denied application was denied, and says why', () => {
    const { fields, features } = at(story.cast.deniedApplication);
    expect(fields).toMatchObject({ outcome: 'DENY', mode: 'BACKFILL' });
    expect(fields.explanation).toMatch(/^Denied\. Principal reasons, strongest first: dmi = 1; lvr = 0\.897/);
    expect((fields.reasons as string[]).slice(0, 2)).toEqual(['dmi', 'lvr']);
    expect(Object.keys(features)).toHaveLength(10);
  });

  test('no model uses a protected attribute', () => {
    const [model] = ofKind('Model');
    const used = model?.edges.filter(({ type }) => type === 'USES').map(({ to }) => at(to));
    expect(used).toHaveLength(10);
    expect(used?.filter(({ fields }) => fields.classification === 'SPECIAL')).toEqual([]);
  });
});

test('code versions are commits, or say that they are not', async () => {
  const versions = await codeVersions();
  for (const step of STEPS) {
    expect(existsSync(`demo/steps/${step}.ts`)).toBe(true);
    const { repository, commit, path } = versions[step];
    expect(path).toBe(`demo/steps/${step}.ts`);
    expect(commit).toMatch(repository === 'pedigree' ? /^[0-9a-f]{40}$/ : /^[0-9a-f]{64}$/);
  }
  expect(environment()).toMatchObject({ 'ml-matrix': expect.stringMatching(/^\d+\.\d+\.\d+$/) });
});
