/** Issuing, using, recording and ending grants, on one server and on two. */
import { hash } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';

import { artifact, edge, id, prediction } from '../../support/declarations.js';
import { issueGrant, revokeGrant } from '../../support/granted.js';
import { TestServer } from '../../support/server.js';

const DECISION = id('Prediction', 'p');
const ASK = `{ artifact(id: "${DECISION}") { id } }`;
const GRANTS = `query ($first: PageSize, $after: String) {
  grants(first: $first, after: $after) {
    hasNextPage endCursor
    items { id holder purpose caseRef roots direction depth kinds asOf reveal personal budget expiresAt issuedBy issuedAt
      revocation { by reason at } }
  }
}`;

let server: TestServer;
let second: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  second = await TestServer.start({ keep: true, keysDir: server.keysDir });
  await server.declareAll([
    artifact('Dataset', 'd'),
    artifact('Model', 'm', [edge('TRAINED_ON', id('Dataset', 'd'))]),
    prediction('p', 'm', [], { subjects: ['ann'], features: { income: { value: 12 } } }),
  ]);
});

afterAll(async () => {
  await second.stop();
  await server.stop();
});

describe('issuing', () => {
  test('fixes what was asked for, pins the point, and is listed', async () => {
    const { id: grant } = await issueGrant(server, {
      roots: [DECISION],
      caseRef: 'K-77',
      depth: 3,
      kinds: ['Prediction', 'Model'],
      budget: 5_000,
    });
    await server.declareAll([artifact('Dataset', 'later')]);
    const { grants } = await server.ask(GRANTS, { first: 1 });
    expect(grants.items).toEqual([
      {
        id: grant,
        holder: 'regulator',
        purpose: 'case 7',
        caseRef: 'K-77',
        roots: [DECISION],
        direction: 'UPSTREAM',
        depth: 3,
        kinds: ['Model', 'Prediction'],
        asOf: '3',
        reveal: 'NOTHING',
        personal: false,
        budget: 5000,
        expiresAt: '2026-03-01T10:00:00.000Z',
        issuedBy: 'test-admin',
        issuedAt: '2026-03-01T09:00:00.000Z',
        revocation: null,
      },
    ]);
  });

  test.each([
    ['an unknown root', { roots: [id('Model', 'none')] }, 'NOT_FOUND'],
    ['no root', { roots: [] }, 'BAD_INPUT'],
    ['a bad id', { roots: ['model'] }, 'BAD_URN'],
    ['a depth of nothing', { roots: [DECISION], depth: 0 }, 'BAD_INPUT'],
    [
      'an empty window',
      { roots: [DECISION], decidedFrom: '2026-01-02T00:00:00Z', decidedTo: '2026-01-01T00:00:00Z' },
      'BAD_INPUT',
    ],
    ['a point that is not there yet', { roots: [DECISION], asOf: { treeSize: '99' } }, 'AS_OF_IN_FUTURE'],
    ['an end in the past', { roots: [DECISION], expiresAt: '2026-02-01T00:00:00Z' }, 'BAD_INPUT'],
    ['an end too far ahead', { roots: [DECISION], expiresAt: '2028-02-01T00:00:00Z' }, 'BAD_INPUT'],
    ['no purpose', { roots: [DECISION], purpose: ' ' }, 'BAD_INPUT'],
  ])('refuses %s', async (_, input, code) => {
    await expect(issueGrant(server, input)).rejects.toThrow(code);
  });

  test('needs the scope, and personal values need that of the issuer', async () => {
    const input = { holder: 'x', purpose: 'y', roots: [DECISION], expiresAt: '2026-03-01T10:00:00Z' };
    const mutation = 'mutation ($input: GrantInput!) { issueGrant(input: $input) { token } }';
    const codes = await Promise.all(
      (
        [
          ['reader', input],
          ['writer', input],
          ['auditor', input],
          ['governance', { ...input, personal: true }],
          ['governance', input],
        ] as const
      ).map(async ([role, asked]) => {
        const { errors } = await server.graphql(mutation, { input: asked }, role);
        return errors[0]?.extensions.code;
      }),
    );
    // A writer has other mutations, so it is told of this one what it would be told of any that is not there.
    expect(codes).toEqual(['FORBIDDEN', 'GRAPHQL_VALIDATION_FAILED', 'FORBIDDEN', 'FORBIDDEN', undefined]);
  });

  test('gives a token that names the grant and says nothing of its content', async () => {
    const { token, id: grant } = await issueGrant(server, { roots: [DECISION] });
    expect(decodeJwt(token)).toEqual({
      grant,
      jti: grant,
      sub: 'regulator',
      iss: 'pedigree-grants',
      aud: 'pedigree',
      iat: expect.any(Number),
      exp: expect.any(Number),
    });
  });
});

describe('a read under a grant', () => {
  test('is recorded with its holder, purpose and how much was hidden, which the answer does not say', async () => {
    const holder = await issueGrant(server, { roots: [DECISION], kinds: ['Prediction'], caseRef: 'K-1' });
    const { artifact: found } = await holder.ask(ASK);
    expect(found).toEqual({ id: DECISION });
    expect(await recordsOf(holder.id)).toEqual([
      {
        grant: holder.id,
        holder: 'regulator',
        purpose: 'case 7',
        caseRef: 'K-1',
        door: 'graphql',
        state: 'COMPLETE',
        operationDigest: hash('sha256', ASK),
        hidden: 2,
      },
    ]);
  });

  test('is recorded on the other doors, and by the words of who reads', async () => {
    const holder = await issueGrant(server, { roots: [DECISION] });
    const response = await fetch(`${server.url}/v1/export?of=${encodeURIComponent(DECISION)}`, {
      headers: { Authorization: `Bearer ${holder.token}`, 'Pedigree-Purpose': 'file 9' },
    });
    await response.text();
    expect(await recordsOf(holder.id)).toMatchObject([
      { door: 'export', purpose: 'file 9', state: 'COMPLETE' },
    ]);
  });

  test('takes no more than its own budget', async () => {
    const holder = await issueGrant(server, { roots: [DECISION], budget: 1 });
    const { status, errors } = await holder.graphql(
      `{ lineage(of: "${DECISION}", direction: UPSTREAM) { asOf } }`,
    );
    expect([status, errors[0]?.extensions]).toMatchObject([429, { code: 'RATE_LIMITED', limit: 1 }]);
  });
});

interface Recorded {
  readonly state: string;
}

/** The reads under a grant, once all have ended: an outcome follows its answer, which has come here already. */
async function recordsOf(grant: string): Promise<readonly Recorded[]> {
  for (let tries = 0; ; tries++) {
    const { accessLog } = await server.ask(
      `query ($by: String) { accessLog(by: $by) {
        items { grant holder purpose caseRef door state operationDigest hidden } } }`,
      { by: `grant:${grant}` },
    );
    const { items } = accessLog as { items: Recorded[] };
    if (items.every(({ state }) => state !== 'OPEN')) return items;
    expect(tries).toBeLessThan(500);
  }
}

describe('the end of a grant', () => {
  test('by revocation holds at once, on every server, and stays what it was the first time', async () => {
    const holder = await issueGrant(server, { roots: [DECISION] });
    expect((await second.graphql(ASK, {}, 'reader', holder.token)).data).toEqual({
      artifact: { id: DECISION },
    });
    await revokeGrant(server, holder.id, 'case closed');
    await revokeGrant(second, holder.id, 'again');
    for (const each of [server, second]) {
      const response = await fetch(`${each.url}/graphql`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${holder.token}` },
        body: JSON.stringify({ query: ASK }),
      });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ code: 'GRANT_ENDED' });
      const exported = await fetch(`${each.url}/v1/export?of=${encodeURIComponent(DECISION)}`, {
        headers: { Authorization: `Bearer ${holder.token}` },
      });
      expect(exported.status).toBe(401);
    }
    const { grant } = await server.ask('query ($id: ID!) { grant(id: $id) { revocation { by reason } } }', {
      id: holder.id,
    });
    expect(grant.revocation).toEqual({ by: 'test-admin', reason: 'case closed' });
  });

  test('comes with its time', async () => {
    const holder = await issueGrant(server, { roots: [DECISION] });
    const now = server.clock.now;
    server.clock.now += 3_600_001;
    const { status } = await holder.get('/v1/export?of=x');
    server.clock.now = now;
    expect(status).toBe(401);
  });

  test('revoking needs a reason and a grant', async () => {
    await expect(revokeGrant(server, 'none')).rejects.toThrow('NOT_FOUND');
    const holder = await issueGrant(server, { roots: [DECISION] });
    await expect(revokeGrant(server, holder.id, '')).rejects.toThrow('BAD_INPUT');
  });
});
