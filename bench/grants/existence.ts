/** Whether the holder of a grant can tell by the time of an answer that something hidden exists. */
import type { RunningServer } from '../../src/app/server.js';
import type { BenchGraph } from '../graphs/graph.js';
import { timed } from '../measure.js';
import type { Figure } from '../report.js';
import { toldApart } from './rank-test.js';

const RUNS = 201;
const ISSUE = 'mutation ($input: GrantInput!) { issueGrant(input: $input) { token } }';
const NODE = 'query ($of: ID!) { artifact(id: $of) { id } }';
const LINEAGE = 'query ($of: ID!) { lineage(of: $of, direction: UPSTREAM) { totals { nodes } } }';

type Ask = (of: string) => Promise<Response>;

/** One figure a door. The grant is rooted at the first node of the graph and hides its runs. */
export async function existenceFigures(server: RunningServer, { nodes }: BenchGraph): Promise<Figure[]> {
  const [root] = nodes;
  const hidden = nodes.slice(1).find(({ kind }) => kind === 'Transform')?.id ?? '';
  const missing = hidden.replace(/@.*/, '@missing');
  const token = await tokenOf(server, root?.id ?? '');
  const doors = doorsOf(server, token);
  const figures: Figure[] = [];
  for (const [door, ask] of Object.entries(doors)) {
    const [one, other] = [await said(ask, hidden), await said(ask, missing)];
    if (one !== other) throw new Error(`${door}: ${one} beside ${other}`);
    const measure = (of: string) => (): Promise<number> => timed(async () => (await ask(of)).text());
    figures.push(
      await toldApart(`hidden beside missing: ${door}`, [measure(hidden), measure(missing)], RUNS),
    );
  }
  return figures;
}

function doorsOf(server: RunningServer, token: string): Readonly<Record<string, Ask>> {
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
  const file = (door: string) => (of: string) =>
    fetch(`${server.url}/v1/${door}?of=${encodeURIComponent(of)}`, { headers });
  const graphql = (query: string) => (of: string) => post(server, headers, { query, variables: { of } });
  return {
    node: graphql(NODE),
    lineage: graphql(LINEAGE),
    export: file('export'),
    evidence: file('evidence'),
  };
}

async function tokenOf(server: RunningServer, root: string): Promise<string> {
  const input = {
    ...{ holder: 'bench', purpose: 'bench', roots: [root], kinds: ['Model', 'Dataset'] },
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  };
  const admin = await server.tokens.sign({ name: 'bench', role: 'admin' });
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${admin}` };
  const response = await post(server, headers, { query: ISSUE, variables: { input } });
  const { data } = (await response.json()) as { readonly data: { issueGrant: { token: string } } };
  return data.issueGrant.token;
}

function post(server: RunningServer, headers: Record<string, string>, body: object): Promise<Response> {
  return fetch(`${server.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** An answer without the id that was asked about. */
async function said(ask: Ask, of: string): Promise<string> {
  const response = await ask(of);
  return `${String(response.status)} ${(await response.text()).replaceAll(of, 'X')}`;
}
