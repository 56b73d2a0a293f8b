/** Holders of grants, as tests issue and use them. */
import type { Answer, TestServer } from './server.js';

export interface Holder {
  readonly id: string;
  readonly token: string;
  /** Asks under the grant. */
  graphql(query: string, variables?: object): Promise<Answer>;
  /** The same, and fails the test if there is any error. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  ask(query: string, variables?: object): Promise<any>;
  /** Any other door. */
  get(path: string): Promise<Response>;
}

const ISSUE = `mutation ($input: GrantInput!) {
  issueGrant(input: $input) { token grant { id asOf } }
}`;

/** Issues a grant as an admin, for an hour of the server's clock unless the input says otherwise. */
export async function issueGrant(server: TestServer, input: object): Promise<Holder> {
  const { issueGrant: issued } = (await server.ask(ISSUE, {
    input: {
      holder: 'regulator',
      purpose: 'case 7',
      expiresAt: new Date(server.clock.now + 3_600_000).toISOString(),
      ...input,
    },
  })) as { issueGrant: { token: string; grant: { id: string } } };
  return holderOf(server, issued.grant.id, issued.token);
}

/** Somebody with a grant's token, at this server. */
export function holderOf(server: TestServer, id: string, token: string): Holder {
  const graphql: Holder['graphql'] = (query, variables = {}) =>
    server.graphql(query, variables, 'reader', token);
  return {
    id,
    token,
    graphql,
    ask: async (query, variables) => {
      const answer = await graphql(query, variables);
      if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors, null, 2));
      return answer.data as unknown;
    },
    get: (path) => fetch(`${server.url}${path}`, { headers: { Authorization: `Bearer ${token}` } }),
  };
}

export async function revokeGrant(server: TestServer, id: string, reason = 'over'): Promise<void> {
  await server.ask('mutation ($id: ID!, $reason: String!) { revokeGrant(id: $id, reason: $reason) { id } }', {
    id,
    reason,
  });
}
