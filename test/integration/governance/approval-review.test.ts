/** What was approved against what ran, and retiring a model, over GraphQL. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { artifact, attestation, edge, id, prediction } from '../../support/declarations.js';
import { TestServer } from '../../support/server.js';

const REVIEW = `query ($models: [ID!], $namespace: String, $asOf: AsOf) {
  approvalReview(models: $models, namespace: $namespace, asOf: $asOf) {
    asOf truncated decisions unapproved
    items {
      model decisions unapproved
      periods { from until approved decisions ruling { id } }
      deployments { approved deployment { id } ruling { id } }
    }
  }
}`;
const CHECK = `query ($model: ID!) {
  retirementCheck(model: $model) { model truncated dependents { dependence model endpoint refuses } }
}`;
const RETIRE = `mutation ($model: ID!, $reason: String!, $force: Boolean) {
  retireModel(model: $model, reason: $reason, force: $force) { id leafIndex check { dependents { model } } }
}`;
const day = (number: number): string => `2026-02-${String(number).padStart(2, '0')}T00:00:00.000Z`;
const model = (name: string): string => id('Model', name);

let server: TestServer;

const fact = (name: string, type: string, about: string, when: number, fields: object) =>
  attestation(name, type as never, [model(about)], { occurredAt: day(when), fields: fields as never });
const decision = (
  name: string,
  by: string,
  when: number,
  mode = 'LIVE',
  edges: Parameters<typeof prediction>[2] = [],
) => prediction(name, by, edges, { occurredAt: day(when), fields: { mode: mode as never } });

beforeAll(async () => {
  server = await TestServer.start();
  await server.declareAll([
    ...['base', 'free', 'next', 'idle'].map((name) => artifact('Model', name)),
    artifact('Model', 'ensemble', [edge('MEMBER', model('base'))]),
    artifact('Model', 'sleeping', [edge('MEMBER', model('base'))]),
    artifact('Model', 'tuned', [edge('TUNED_FROM', model('base'))]),
    artifact('Model', 'consumer'),
    fact('no', 'APPROVED', 'base', 10, { approver: 'board', decision: 'REJECTED' }),
    fact('yes', 'APPROVED', 'base', 5, { approver: 'board', decision: 'APPROVED' }),
    fact('short', 'APPROVED', 'next', 5, {
      approver: 'board',
      decision: 'APPROVED',
      until: Date.parse(day(7)),
    }),
    fact('d-early', 'DEPLOYED', 'base', 4, { endpoint: '/early' }),
    fact('d-base', 'DEPLOYED', 'base', 6, { endpoint: '/base' }),
    fact('d-next', 'DEPLOYED', 'next', 7, { endpoint: '/early' }),
    fact('d-ensemble', 'DEPLOYED', 'ensemble', 6, { endpoint: '/ensemble' }),
    fact('d-tuned', 'DEPLOYED', 'tuned', 6, { endpoint: '/tuned' }),
    fact('d-consumer', 'DEPLOYED', 'consumer', 6, { endpoint: '/consumer' }),
    ...[4, 5, 7, 9, 10, 12].map((when) => decision(`base-${String(when)}`, 'base', when)),
    decision('base-shadow', 'base', 4, 'SHADOW'),
    decision('next-6', 'next', 6),
    decision('next-8', 'next', 8),
    decision('free-1', 'free', 1),
    decision('uses', 'consumer', 7, 'LIVE', [edge('USED_OUTPUT_OF', id('Prediction', 'base-7'))]),
  ] as never);
}, 60_000);

afterAll(() => server.stop());

describe('approved against ran', () => {
  test('counts the live decisions inside and outside of approvals, at the very moments of their ends, too', async () => {
    const { approvalReview } = await server.ask(REVIEW, { models: [model('base')] }, 'reader');
    const [base] = approvalReview.items;
    expect(
      base.periods.map((each: Record<string, unknown>) => [
        each.from,
        each.until,
        each.approved,
        each.decisions,
      ]),
    ).toEqual([
      [null, day(5), false, '1'],
      [day(5), day(10), true, '3'],
      [day(10), null, false, '2'],
    ]);
    expect(base.periods.map(({ ruling }: { ruling: { id: string } | null }) => ruling?.id ?? null)).toEqual([
      null,
      id('Attestation', 'yes'),
      id('Attestation', 'no'),
    ]);
    expect([base.decisions, base.unapproved, approvalReview.unapproved]).toEqual(['6', '3', '3']);
    expect(
      base.deployments.map((each: { approved: boolean; deployment: { id: string } }) => [
        each.deployment.id,
        each.approved,
      ]),
    ).toEqual([
      [id('Attestation', 'd-early'), false],
      [id('Attestation', 'd-base'), true],
    ]);
  });

  test('an approval ends when its time is over, and a model without one has none of its decisions approved', async () => {
    const { approvalReview } = await server.ask(REVIEW, { models: [model('next'), model('free')] }, 'reader');
    expect(
      approvalReview.items.map((each: Record<string, unknown>) => [
        each.model,
        each.decisions,
        each.unapproved,
      ]),
    ).toEqual([
      [model('next'), '2', '1'],
      [model('free'), '1', '1'],
    ]);
    const { servedAt } = await server.ask(
      'query ($time: Timestamp!) { servedAt(endpoint: "/early", time: $time) { items { model { id } approved } } }',
      { time: day(8) },
      'reader',
    );
    expect(servedAt.items).toEqual([{ model: { id: model('next') }, approved: false }]);
  });

  test('of a namespace it has every model; as of an earlier point what was known then', async () => {
    const all = (await server.ask(REVIEW, { namespace: 'test' }, 'reader')).approvalReview;
    expect([all.items.length, all.decisions, all.unapproved]).toEqual([8, '10', '6']);
    expect((await server.ask(REVIEW, { namespace: 'none' }, 'reader')).approvalReview.items).toEqual([]);
    const early = (await server.ask(REVIEW, { models: [model('base')], asOf: { treeSize: 9 } }, 'reader'))
      .approvalReview;
    expect([early.asOf, early.decisions, early.items[0].periods.length]).toEqual(['9', '0', 2]);
  });

  test.each([
    [{ models: [] }, 'BAD_INPUT', '1 to 200'],
    [{ models: [id('Dataset', 'd')] }, 'URN_KIND_MISMATCH', 'ids of models'],
    [{ models: [model('none')] }, 'NOT_FOUND', 'there is no artifact'],
    [{ models: [model('base')], namespace: 'test' }, 'BAD_INPUT', 'cannot be given both'],
  ])('%p is refused', async (variables, code, said) => {
    const { errors } = await server.graphql(REVIEW, variables, 'reader');
    expect(errors[0]?.extensions.code).toBe(code);
    expect(errors[0]?.message).toContain(said);
  });
});

describe('retiring a model', () => {
  test('names everybody who depends on it, and those first because of whom it is refused', async () => {
    const { retirementCheck } = await server.ask(CHECK, { model: model('base') }, 'reader');
    expect(
      retirementCheck.dependents.map((each: Record<string, unknown>) => [
        each.dependence,
        each.model,
        each.endpoint,
        each.refuses,
      ]),
    ).toEqual([
      ['SERVES', model('base'), '/base', true],
      ['CASCADE_IN_SERVICE', model('consumer'), '/consumer', true],
      ['MEMBER_IN_SERVICE', model('ensemble'), '/ensemble', true],
      ['MEMBER', model('sleeping'), null, false],
      ['TUNED', model('tuned'), '/tuned', false],
    ]);
  });

  test('is refused while it is in use, and then nothing is written', async () => {
    const { log: before } = await server.ask('{ log { treeSize } }');
    const { errors } = await server.graphql(RETIRE, { model: model('base'), reason: 'old' }, 'writer');
    expect(errors[0]?.extensions.code).toBe('STILL_IN_USE');
    expect(errors[0]?.message).toContain(
      `SERVES ${model('base')} at /base, CASCADE_IN_SERVICE ${model('consumer')} at /consumer`,
    );
    expect((await server.ask('{ log { treeSize } }')).log).toEqual(before);
  });

  test('is declared where nobody needs the model, or by force, and ends its approval', async () => {
    const { retireModel } = await server.ask(
      RETIRE,
      { model: model('free'), reason: 'never used' },
      'writer',
    );
    expect(retireModel.id).toMatch(/^attestation:test\/retirement-of-free@1-\d+$/);
    const { artifact: retired } = await server.ask(
      'query ($id: ID!) { artifact(id: $id) { attestations { items { type fields } } } }',
      { id: model('free') },
    );
    expect(retired.attestations.items).toEqual([
      { type: 'RETIRED', fields: { reason: 'never used', type: 'RETIRED' } },
    ]);
    await server.ask(RETIRE, { model: model('ensemble'), reason: 'replaced', force: true }, 'writer');
    const { retirementCheck } = await server.ask(CHECK, { model: model('base') }, 'reader');
    expect(retirementCheck.dependents).toContainEqual(
      expect.objectContaining({ model: model('ensemble'), dependence: 'MEMBER', refuses: false }),
    );
  });

  test.each([
    [{ model: model('idle'), reason: ' ' }, 'writer', 'BAD_INPUT', 'the reason must be a text'],
    [{ model: model('none'), reason: 'x' }, 'writer', 'NOT_FOUND', 'there is no artifact'],
    [
      { model: id('Dataset', 'd'), reason: 'x' },
      'writer',
      'URN_KIND_MISMATCH',
      'only a model can be retired',
    ],
  ] as const)('%p is refused', async (variables, role, code, said) => {
    const { errors } = await server.graphql(RETIRE, variables, role);
    expect(errors[0]?.extensions.code).toBe(code);
    expect(errors[0]?.message).toContain(said);
  });

  test('is for those who may write where the model is', async () => {
    const token = await server.token('writer', { namespaces: ['other'] });
    const { errors } = await server.graphql(RETIRE, { model: model('idle'), reason: 'x' }, 'writer', token);
    expect(errors[0]?.extensions.code).toBe('NAMESPACE_FORBIDDEN');
  });
});
